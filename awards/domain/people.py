"""People who work on awards: who they are, what they may do, how they come in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

EVERY_EDITION = "*"
"""What a grant names in place of an edition when it holds for all of them."""


class Role(StrEnum):
    """What somebody is in an edition. An administrator manages people and sees no scores."""

    ADMINISTRATOR = "administrator"
    CHAIR = "chair"
    MEMBER = "member"
    DATA_OFFICER = "data-officer"
    VERIFIER = "verifier"
    JUROR = "juror"
    AUDITOR = "auditor"


class Purpose(StrEnum):
    """What a one-time link is for: the first person, a new one, a lost password or phone."""

    FIRST = "first"
    JOIN = "join"
    RECOVER = "recover"
    DEMO = "demo"


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role in one edition, or in every one (`EVERY_EDITION`)."""

    role: Role
    edition: str = EVERY_EDITION

    def holds_in(self, edition: str | None) -> bool:
        """Whether it counts in *edition*; None asks for any."""
        return edition is None or self.edition in (edition, EVERY_EDITION)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with an account. ``id`` is random and stands for them in the ledger,
    so that name and mail can be erased; ``version`` counts changes of name and mail.

    ``joined`` says that they chose a password, ``secured`` that they have a second factor.
    """

    id: str
    name: str
    mail: str
    language: str
    version: int = 1
    disabled_at: datetime | None = None
    joined: bool = False
    secured: bool = False
    grants: tuple[Grant, ...] = ()

    @property
    def active(self) -> bool:
        return self.disabled_at is None

    def roles_in(self, edition: str | None) -> frozenset[Role]:
        """The roles that count in *edition*; with None, those held anywhere."""
        return frozenset(each.role for each in self.grants if each.holds_in(edition))


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What proves that somebody is who they say: nothing here is readable as it stands.

    ``totp_counter`` is the last time step whose code was used; codes of it and before
    are refused.
    """

    password_hash: str | None = None
    totp_secret: str | None = None
    totp_counter: int | None = None
    recovery_codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A one-time link, known by the digest of its token; ``person`` is None for the first."""

    digest: str
    purpose: Purpose
    person: str | None
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """Somebody at work in one browser, known by the digest of the session's token."""

    digest: str
    person: str
    at: datetime
    expires_at: datetime
    agent: str


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """One person asked that another be let in anew; a second one has yet to agree."""

    id: int
    person: str
    asked_by: str
    asked_at: datetime
