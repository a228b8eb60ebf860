"""Let somebody in anew who lost password or phone: two persons agree to it."""

from awards.domain.errors import Refused
from awards.domain.people import Purpose
from awards.services.accounts import record
from awards.services.links import Link, put_link
from awards.services.stores import Act, Stores


class SecondPersonNeeded(Refused):
    """Whoever asks, and whom it is about, cannot agree to it too."""


def ask_recovery(stores: Stores, person: str, *, act: Act) -> None:
    """Ask that *person* be let in anew. Nothing changes until a second person agrees."""
    if person == act.by:
        raise SecondPersonNeeded("Ask another administrator to let you in anew.")
    with stores.database.transaction() as records:
        if not records.people.get(person).active:
            raise Refused("A disabled person cannot be let in anew. Enable the account first.")
        records.recoveries.add(person, asked_by=act.by, at=act.at)
        record(records, "recovery.asked", person, act=act)


def agree_recovery(stores: Stores, person: str, *, act: Act) -> Link:
    """Agree, as a second person: a link by which *person* chooses a new password and
    sets up a new second factor.

    Raises `SecondPersonNeeded` for whoever asked and for *person*, and `Refused` when
    nobody asked; then nothing is saved.
    """
    with stores.database.transaction() as records:
        asked = records.recoveries.of(person)
        if asked is None:
            raise Refused("Nobody asked for this, or somebody agreed already.")
        if act.by in (asked.asked_by, person):
            raise SecondPersonNeeded("A second person has to agree: neither of the two concerned.")
        records.recoveries.remove(person)
        link = put_link(records, person, purpose=Purpose.RECOVER, at=act.at)
        detail: dict[str, object] = {"asked_by": asked.asked_by}
        record(records, "recovery.agreed", person, act=act, detail=detail)
    return link


def drop_recovery(stores: Stores, person: str, *, act: Act) -> None:
    """Withdraw the request, or refuse it."""
    with stores.database.transaction() as records:
        records.recoveries.remove(person)
        record(records, "recovery.dropped", person, act=act)


def recover_from_the_machine(stores: Stores, person: str, *, act: Act) -> Link:
    """A link by the hand of whoever runs the server, who could change the database too.
    The ledger says that it was made so."""
    with stores.database.transaction() as records:
        link = put_link(records, person, purpose=Purpose.RECOVER, at=act.at)
        record(records, "recovery.by_operator", person, act=act)
    return link
