"""What takes two persons."""

from awards.domain.errors import Refused
from awards.services.stores import Act


class SamePerson(Refused):
    """Two signatures are needed, and both are one person's."""


def refuse_same_person(act: Act, second: str, *, what: str) -> None:
    """Raise `SamePerson` unless *second* is somebody else than who acts; *what* begins
    the message: "A decision is signed"."""
    if act.by.strip().casefold() == second.strip().casefold() or not second.strip():
        raise SamePerson(
            f"{what} by two different persons, but both are {act.by!r}. Name the second one."
        )


def refuse_alone(act: Act, *, second: str | None, reason: str | None, what: str) -> None:
    """Raise `Refused` when there is no *reason*, and `SamePerson` without another person."""
    if not reason or not reason.strip():
        raise Refused(f"{what} by two persons, and for a reason. Say why.")
    refuse_same_person(act, second or "", what=what)
