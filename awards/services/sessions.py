"""Sign in and out, and keep what proves who somebody is."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from awards.domain.errors import Refused
from awards.domain.people import Person, SignIn
from awards.services.accounts import record
from awards.services.links import new_token, token_digest, use_link
from awards.services.stores import Act, Stores
from awards.storage.records import Records

LONGEST = timedelta(hours=12)
"""A session ends then, however much it is used."""


class CodeUsed(Refused):
    """A code of the second factor counts once."""


@dataclass(frozen=True, kw_only=True)
class SecondFactor:
    """What an authenticator and a sheet of paper are to prove; encrypted by who calls."""

    secret: str
    counter: int
    recovery_codes: tuple[str, ...]


def enable_second_factor(stores: Stores, person: str, factor: SecondFactor, *, act: Act) -> None:
    """Keep a second factor whose first code was right.

    Raises `Refused` when there is one: that is taken away by two persons only.
    """
    with stores.database.transaction() as records:
        known = records.people.hold_credentials(person)
        if known.totp_secret is not None:
            raise Refused("A second factor is set up already.")
        records.people.keep_credentials(
            person,
            replace(
                known,
                totp_secret=factor.secret,
                totp_counter=factor.counter,
                recovery_codes=factor.recovery_codes,
            ),
        )
        record(records, "second_factor.enabled", person, act=act)


def sign_in(stores: Stores, person: str, *, counter: int | None, agent: str, act: Act) -> str:
    """The token of a new session, after password and code were right.

    *counter* is the time step of the code; None where it was set up just now. Raises
    `CodeUsed` when that code, or a later one, was used before.
    """
    with stores.database.transaction() as records:
        if counter is not None:
            _use_counter(records, person, counter)
        return _begin(records, person, agent=agent, act=act, by="authenticator")


def sign_in_by_recovery(stores: Stores, person: str, *, used: str, agent: str, act: Act) -> str:
    """As `sign_in`, by the recovery code kept as *used*, which is gone then."""
    with stores.database.transaction() as records:
        known = records.people.hold_credentials(person)
        left = tuple(each for each in known.recovery_codes if each != used)
        if len(left) == len(known.recovery_codes):
            raise CodeUsed("This recovery code was used already. Take another one.")
        records.people.keep_credentials(person, replace(known, recovery_codes=left))
        return _begin(records, person, agent=agent, act=act, by="recovery-code")


def sign_in_to_demo(stores: Stores, token: str, *, agent: str, act: Act) -> str:
    """The token of a session for whoever brings an unused link of a demonstration."""
    with stores.database.transaction() as records:
        person = use_link(records, token, at=act.at).person or ""
        return _begin(records, person, agent=agent, act=act, by="demo-link")


def confirm(stores: Stores, person: str, *, counter: int, act: Act) -> None:
    """Use a code for a step that asks for it again. Raises `CodeUsed`."""
    with stores.database.transaction() as records:
        _use_counter(records, person, counter)
        record(records, "person.confirmed", person, act=act)


def find_session(stores: Stores, token: str, *, at: datetime) -> tuple[SignIn, Person] | None:
    """The session and who it belongs to; None once it ended or the person is disabled."""
    with stores.database.reading() as records:
        found = records.sign_ins.find(token_digest(token), at=at)
        person = None if found is None else records.people.find(found.person)
    return (found, person) if found and person and person.active else None


def sign_out(stores: Stores, session: SignIn, *, act: Act) -> None:
    """End a session: its cookie opens nothing any more."""
    with stores.database.transaction() as records:
        records.sign_ins.end(session.person, only=session.digest)
        record(records, "person.signed_out", session.person, act=act)


def end_other_sessions(stores: Stores, session: SignIn, *, act: Act) -> int:
    """End all sessions of the person but this one. How many there were."""
    with stores.database.transaction() as records:
        ended = records.sign_ins.end(session.person, but=session.digest)
        detail: dict[str, object] = {"sessions": ended}
        record(records, "person.sessions_ended", session.person, act=act, detail=detail)
    return ended


def change_password(stores: Stores, session: SignIn, *, password_hash: str, act: Act) -> int:
    """Keep a new password; all other sessions end. How many there were."""
    with stores.database.transaction() as records:
        known = records.people.hold_credentials(session.person)
        kept = replace(known, password_hash=password_hash)
        records.people.keep_credentials(session.person, kept)
        ended = records.sign_ins.end(session.person, but=session.digest)
        detail: dict[str, object] = {"sessions": ended}
        record(records, "password.changed", session.person, act=act, detail=detail)
    return ended


def replace_recovery_codes(
    stores: Stores, person: str, *, codes: tuple[str, ...], act: Act
) -> None:
    """Keep new recovery codes; the earlier ones are worth nothing."""
    with stores.database.transaction() as records:
        known = records.people.hold_credentials(person)
        records.people.keep_credentials(person, replace(known, recovery_codes=codes))
        record(records, "recovery_codes.replaced", person, act=act)


def _begin(records: Records, person: str, *, agent: str, act: Act, by: str) -> str:
    if not records.people.get(person).active:
        raise Refused("This account is disabled.")
    token = new_token()
    records.sign_ins.add(
        SignIn(
            digest=token_digest(token),
            person=person,
            at=act.at,
            expires_at=act.at + LONGEST,
            agent=agent,
        )
    )
    record(records, "person.signed_in", person, act=act, detail={"by": by})
    return token


def _use_counter(records: Records, person: str, counter: int) -> None:
    known = records.people.hold_credentials(person)
    if known.totp_counter is not None and counter <= known.totp_counter:
        raise CodeUsed("This code was used already. Wait for the next one.")
    records.people.keep_credentials(person, replace(known, totp_counter=counter))
