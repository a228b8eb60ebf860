"""Invite people, let them join, keep them out.

Events name people by their ids: names and addresses stay out of the ledger.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from awards.domain.errors import Refused
from awards.domain.people import Credentials, Grant, Person, Purpose, Role
from awards.domain.records import Event
from awards.services.links import Link, put_link, use_link
from awards.services.stores import Act, Stores
from awards.storage.records import Records


class LastAdministrator(Refused):
    """Without them nobody could invite anybody."""


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Who is to have an account."""

    name: str
    mail: str
    language: str = "id"


def invite(
    stores: Stores, newcomer: Newcomer, *, grants: Iterable[Grant], act: Act
) -> tuple[Person, Link]:
    """Add a person with their roles, and a link by which they join.

    Raises `Refused` when somebody has that mail address; then nothing is saved.
    """
    with stores.database.transaction() as records:
        person = _add(records, newcomer)
        given = [each for each in dict.fromkeys(grants) if records.people.grant(person.id, each)]
        link = put_link(records, person.id, purpose=Purpose.JOIN, at=act.at)
        detail = {"expires_at": link.expires_at.isoformat()}
        record(records, "person.invited", person.id, act=act, detail=detail, about=person)
        for each in given:
            record(records, "role.granted", person.id, act=act, detail=role_detail(each))
    return replace(person, grants=tuple(given)), link


def invite_again(stores: Stores, person: str, *, act: Act) -> Link:
    """A new link for somebody who has not joined yet; the earlier one no longer opens."""
    with stores.database.transaction() as records:
        found = records.people.get(person)
        if found.joined:
            raise Refused(
                f"{found.name} has joined already. Whoever lost password or phone is let in "
                "anew by two persons."
            )
        link = put_link(records, person, purpose=Purpose.JOIN, at=act.at)
        detail = {"expires_at": link.expires_at.isoformat()}
        record(records, "person.invited", person, act=act, detail=detail)
    return link


def invite_first(stores: Stores, *, act: Act) -> Link | None:
    """A link by which the first administrator makes an account; None once there is one."""
    with stores.database.transaction() as records:
        if any(Role.ADMINISTRATOR in each.roles_in(None) for each in records.people.list()):
            return None
        link = put_link(records, None, purpose=Purpose.FIRST, at=act.at)
        record(records, "installation.opened", "first-administrator", act=act)
    return link


def join(
    stores: Stores, token: str, *, password_hash: str, newcomer: Newcomer | None, act: Act
) -> Person:
    """Use a link: choose a password. Sessions from before end, and for somebody who is
    let in anew the second factor goes too, to be set up again.

    *newcomer* says who the first administrator is, and only then. Raises `LinkSpent`.
    """
    with stores.database.transaction() as records:
        invitation = use_link(records, token, at=act.at)
        person = _first(records, newcomer) if invitation.person is None else invitation.person
        known = records.people.hold_credentials(person)
        kept = Credentials() if invitation.purpose is Purpose.RECOVER else known
        records.people.keep_credentials(person, replace(kept, password_hash=password_hash))
        records.sign_ins.end(person)
        detail = {"purpose": str(invitation.purpose)}
        found = records.people.get(person)
        record_act = replace(act, by=person)
        about = found if newcomer is not None else None
        record(records, "person.joined", person, act=record_act, detail=detail, about=about)
        return found


def edit_person(stores: Stores, person: Person, *, version: int, act: Act) -> Person:
    """Keep name, mail address and language. Raises `EditConflict` when *version* is old."""
    with stores.database.transaction() as records:
        saved = records.people.edit(person, version=version)
        detail = {"version": saved.version}
        record(records, "person.edited", person.id, act=act, detail=detail, about=saved)
    return saved


def disable(stores: Stores, person: str, *, act: Act) -> int:
    """Keep *person* out from the next request on. How many sessions that ended.

    Raises `LastAdministrator`, and `Refused` for oneself.
    """
    if person == act.by:
        raise Refused("Nobody disables their own account: another administrator does.")
    with stores.database.transaction() as records:
        refuse_last_administrator(records, person)
        records.people.disable(person, at=act.at)
        records.invitations.withdraw(person)
        records.recoveries.remove(person)
        ended = records.sign_ins.end(person)
        record(records, "person.disabled", person, act=act, detail={"sessions": ended})
    return ended


def enable(stores: Stores, person: str, *, act: Act) -> None:
    """Let a disabled person sign in again, with the roles they had."""
    with stores.database.transaction() as records:
        records.people.disable(person, at=None)
        record(records, "person.enabled", person, act=act)


def refuse_last_administrator(records: Records, person: str) -> None:
    """Raises `LastAdministrator` when nobody but *person* could administer."""
    others = (
        each
        for each in records.people.list()
        if each.active and each.id != person and Role.ADMINISTRATOR in each.roles_in(None)
    )
    found = records.people.get(person)
    if Role.ADMINISTRATOR in found.roles_in(None) and not any(others):
        raise LastAdministrator(
            f"{found.name} is the only administrator. Make somebody else administrator first."
        )


def record(
    records: Records,
    action: str,
    subject: str,
    *,
    act: Act,
    detail: Mapping[str, object] | None = None,
    about: Person | None = None,
) -> None:
    """Append what was done about *subject*, a person's id.

    Name and mail address of *about* are kept beside the ledger, which is committed to
    them; they can be erased.
    """
    private = {"name": about.name, "mail": about.mail} if about else {}
    event = Event(
        actor=act.by, action=action, subject=subject, detail=dict(detail or {}), private=private
    )
    records.ledger.append(event, at=act.at)


def role_detail(grant: Grant) -> dict[str, object]:
    return {"role": str(grant.role), "edition": grant.edition}


def _first(records: Records, newcomer: Newcomer | None) -> str:
    if newcomer is None:
        raise Refused("The first person says their name and mail address.")
    person = _add(records, newcomer)
    records.people.grant(person.id, Grant(role=Role.ADMINISTRATOR))
    return person.id


def _add(records: Records, newcomer: Newcomer) -> Person:
    person = Person(
        id=f"p-{secrets.token_hex(8)}",
        name=newcomer.name.strip(),
        mail=newcomer.mail.strip().casefold(),
        language=newcomer.language,
    )
    records.people.add(person)
    return person
