"""People, their roles, links and sessions, within one open transaction."""

from dataclasses import fields
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from awards.domain.errors import NotFound, Refused
from awards.domain.people import (
    Credentials,
    Grant,
    Invitation,
    Person,
    Purpose,
    Recovery,
    Role,
    SignIn,
)
from awards.storage.account_models import (
    AttemptRow,
    InvitationRow,
    PersonRow,
    RecoveryRow,
    RoleGrantRow,
    SignInRow,
)
from awards.storage.edits import edit_row

_CREDENTIALS = tuple(each.name for each in fields(Credentials))


class _Shelf:
    def __init__(self, session: Session) -> None:
        self._session = session


class People(_Shelf):
    """Everybody with an account. A mail address is kept in lower case and is unique."""

    def add(self, person: Person) -> None:
        """Without grants. Raises `Refused` when the mail address is taken."""
        if self.by_mail(person.mail) is not None:
            raise Refused(f"Somebody with the address {person.mail} has an account already.")
        self._session.add(
            PersonRow(
                id=person.id,
                name=person.name,
                mail=person.mail.casefold(),
                language=person.language,
                version=person.version,
                disabled_at=person.disabled_at,
                recovery_codes=[],
            )
        )
        self._session.flush()

    def get(self, person: str) -> Person:
        """Raises `NotFound`."""
        return self._person(self._row(person))

    def find(self, person: str) -> Person | None:
        row = self._session.scalar(select(PersonRow).where(PersonRow.id == person))
        return None if row is None else self._person(row)

    def by_mail(self, mail: str) -> Person | None:
        wanted = select(PersonRow).where(PersonRow.mail == mail.strip().casefold())
        row = self._session.scalar(wanted)
        return None if row is None else self._person(row)

    def list(self) -> tuple[Person, ...]:
        """Everybody, in the order they were added."""
        found = self._session.scalars(select(PersonRow).order_by(PersonRow.seq)).all()
        return tuple(map(self._person, found))

    def edit(self, person: Person, *, version: int) -> Person:
        """Keep name, mail and language of *person*, changed from *version*.

        Raises `EditConflict` when another change came first, `Refused` when the mail
        address is somebody else's.
        """
        other = self.by_mail(person.mail)
        if other is not None and other.id != person.id:
            raise Refused(f"Somebody with the address {person.mail} has an account already.")
        mail = person.mail.casefold()
        changes = {"name": person.name, "mail": mail, "language": person.language}
        key = PersonRow.id
        edit_row(
            self._session, key, person.id, based_on=version, changes=changes, what="this person"
        )
        return self.get(person.id)

    def disable(self, person: str, *, at: datetime | None) -> None:
        """Keep *person* out from now on; with None, let them in again."""
        self._hold(person)
        self._row(person).disabled_at = at
        self._session.flush()

    def credentials(self, person: str) -> Credentials:
        row = self._row(person)
        said = {name: getattr(row, name) for name in _CREDENTIALS}
        return Credentials(**said | {"recovery_codes": tuple(row.recovery_codes)})

    def hold_credentials(self, person: str) -> Credentials:
        """As `credentials`; nobody else changes them before this transaction ends."""
        self._hold(person)
        return self.credentials(person)

    def keep_credentials(self, person: str, credentials: Credentials) -> None:
        row = self._row(person)
        for name in _CREDENTIALS:
            setattr(row, name, getattr(credentials, name))
        row.recovery_codes = list(credentials.recovery_codes)
        self._session.flush()

    def grant(self, person: str, grant: Grant) -> bool:
        """Whether that is new: a role that is held already is not given twice."""
        if grant in self.get(person).grants:
            return False
        self._session.add(RoleGrantRow(person=person, role=grant.role, edition=grant.edition))
        self._session.flush()
        return True

    def revoke(self, person: str, grant: Grant) -> bool:
        """Whether the role was held."""
        held = grant in self.get(person).grants
        self._session.execute(
            delete(RoleGrantRow).where(
                RoleGrantRow.person == person,
                RoleGrantRow.role == grant.role,
                RoleGrantRow.edition == grant.edition,
            )
        )
        return held

    def _hold(self, person: str) -> None:
        """Have other writers of *person* wait; on SQLite they do anyhow."""
        held = select(PersonRow).where(PersonRow.id == person).with_for_update()
        self._session.scalar(held.execution_options(populate_existing=True))

    def _row(self, person: str) -> PersonRow:
        row = self._session.scalar(select(PersonRow).where(PersonRow.id == person))
        if row is None:
            raise NotFound(f"No person is known as {person!r}.")
        return row

    def _person(self, row: PersonRow) -> Person:
        held = select(RoleGrantRow).where(RoleGrantRow.person == row.id).order_by(RoleGrantRow.seq)
        return Person(
            id=row.id,
            name=row.name,
            mail=row.mail,
            language=row.language,
            version=row.version,
            disabled_at=row.disabled_at,
            joined=row.password_hash is not None,
            secured=row.totp_secret is not None,
            grants=tuple(
                Grant(role=Role(each.role), edition=each.edition)
                for each in self._session.scalars(held)
            ),
        )


class Invitations(_Shelf):
    """One-time links that were not used yet."""

    def put(self, invitation: Invitation) -> None:
        """Links to the same person, or to nobody, that were made before no longer open."""
        earlier = InvitationRow.person == invitation.person
        self._session.execute(delete(InvitationRow).where(earlier))
        self._session.add(
            InvitationRow(
                digest=invitation.digest,
                purpose=invitation.purpose,
                person=invitation.person,
                expires_at=invitation.expires_at,
            )
        )
        self._session.flush()

    def find(self, digest: str, *, at: datetime) -> Invitation | None:
        """The invitation, unless it is used or its time is over."""
        row = self._session.scalar(select(InvitationRow).where(InvitationRow.digest == digest))
        if row is None or row.expires_at <= at:
            return None
        return Invitation(
            digest=row.digest,
            purpose=Purpose(row.purpose),
            person=row.person,
            expires_at=row.expires_at,
        )

    def pending(self, *, at: datetime) -> dict[str, datetime]:
        """Until when each person's open link can be used."""
        found = self._session.scalars(select(InvitationRow)).all()
        return {
            each.person: each.expires_at for each in found if each.person and each.expires_at > at
        }

    def use(self, digest: str) -> bool:
        """Whether it was there to be used: of several at once, one uses it."""
        done = self._session.execute(delete(InvitationRow).where(InvitationRow.digest == digest))
        return bool(done.rowcount)  # type: ignore[attr-defined]

    def withdraw(self, person: str) -> None:
        self._session.execute(delete(InvitationRow).where(InvitationRow.person == person))


class SignIns(_Shelf):
    """Sessions: a browser is signed in as long as its row is here."""

    def add(self, sign_in: SignIn) -> None:
        over = SignInRow.expires_at <= sign_in.at
        self._session.execute(delete(SignInRow).where(SignInRow.person == sign_in.person, over))
        self._session.add(SignInRow(**vars(sign_in)))
        self._session.flush()

    def find(self, digest: str, *, at: datetime) -> SignIn | None:
        row = self._session.scalar(select(SignInRow).where(SignInRow.digest == digest))
        return None if row is None or row.expires_at <= at else _sign_in(row)

    def of(self, person: str, *, at: datetime) -> tuple[SignIn, ...]:
        """The sessions of *person* that can still be used, the latest first."""
        wanted = select(SignInRow).where(SignInRow.person == person).order_by(SignInRow.seq.desc())
        return tuple(
            _sign_in(each) for each in self._session.scalars(wanted) if each.expires_at > at
        )

    def end(self, person: str, *, only: str | None = None, but: str | None = None) -> int:
        """End the session *only*, or all *but* one, or all. How many were ended."""
        wanted = delete(SignInRow).where(SignInRow.person == person)
        if only is not None:
            wanted = wanted.where(SignInRow.digest == only)
        if but is not None:
            wanted = wanted.where(SignInRow.digest != but)
        return int(self._session.execute(wanted).rowcount)  # type: ignore[attr-defined]


class Recoveries(_Shelf):
    """Requests to let somebody in anew that await a second person."""

    def add(self, person: str, *, asked_by: str, at: datetime) -> None:
        """Instead of an earlier request for the same person."""
        self.remove(person)
        self._session.add(RecoveryRow(person=person, asked_by=asked_by, asked_at=at))
        self._session.flush()

    def of(self, person: str) -> Recovery | None:
        return next((each for each in self.list() if each.person == person), None)

    def list(self) -> tuple[Recovery, ...]:
        found = self._session.scalars(select(RecoveryRow).order_by(RecoveryRow.seq))
        return tuple(
            Recovery(
                id=each.seq, person=each.person, asked_by=each.asked_by, asked_at=each.asked_at
            )
            for each in found
        )

    def remove(self, person: str) -> None:
        self._session.execute(delete(RecoveryRow).where(RecoveryRow.person == person))


class Attempts(_Shelf):
    """Failed sign-ins by key, counted by all server processes together."""

    def add(self, keys: tuple[str, ...], *, at: datetime, oldest: datetime) -> None:
        """Count one more under each of *keys*; forget those before *oldest*."""
        self._session.execute(delete(AttemptRow).where(AttemptRow.at < oldest))
        self._session.add_all(AttemptRow(key=each, at=at) for each in keys)
        self._session.flush()

    def count(self, key: str, *, since: datetime) -> int:
        wanted = select(func.count()).where(AttemptRow.key == key, AttemptRow.at >= since)
        return self._session.scalar(wanted) or 0

    def forget(self, key: str) -> None:
        self._session.execute(delete(AttemptRow).where(AttemptRow.key == key))


def _sign_in(row: SignInRow) -> SignIn:
    return SignIn(**{each.name: getattr(row, each.name) for each in fields(SignIn)})
