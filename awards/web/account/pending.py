"""Between password and code: who is about to sign in, for some minutes."""

from dataclasses import dataclass
from datetime import datetime

from flask import session

from awards.domain.people import Person
from awards.web import acting
from awards.web.account.security import SIGN_IN_WITHIN
from awards.web.parts import parts

_KEY = "pending"


@dataclass(frozen=True, kw_only=True)
class Pending:
    """``secret`` is the second factor being set up, encrypted; ``next`` where to go on."""

    person: Person
    next: str
    secret: str | None


def begin(person: Person, *, next_: str, secret: str | None = None) -> None:
    """Remember, in a session that is emptied first, that the password was right."""
    session.clear()
    session.permanent = True
    said = {"person": person.id, "at": acting.now().isoformat(), "next": next_}
    session[_KEY] = said | ({"secret": secret} if secret else {})


def pending() -> Pending | None:
    """Who is about to sign in; None when nobody is, or it took too long."""
    said = session.get(_KEY)
    committee = parts().committee
    if not said or committee is None:
        return None
    if acting.now() - datetime.fromisoformat(said["at"]) > SIGN_IN_WITHIN:
        return None
    with committee.stores.database.reading() as records:
        person = records.people.find(said["person"])
    if person is None or not person.active:
        return None
    return Pending(person=person, next=said["next"], secret=said.get("secret"))


def keep_secret(secret: str) -> None:
    session[_KEY] = session[_KEY] | {"secret": secret}
