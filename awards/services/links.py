"""One-time links: what they are for, how long they open, that they open once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from awards.domain.errors import NotFound
from awards.domain.people import Invitation, Purpose
from awards.storage.records import Records

LIFE = {
    Purpose.FIRST: timedelta(hours=1),
    Purpose.JOIN: timedelta(days=3),
    Purpose.RECOVER: timedelta(minutes=30),
    Purpose.DEMO: timedelta(minutes=30),
}


class LinkSpent(NotFound):
    """A one-time link was used, replaced or left too long, or never was one."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A token to hand out, once; only its digest is kept."""

    token: str
    purpose: Purpose
    expires_at: datetime


def token_digest(token: str) -> str:
    """By what a token is known: SHA-256, in hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """256 random bits, to stand in an address or a cookie."""
    return secrets.token_urlsafe(32)


def put_link(records: Records, person: str | None, *, purpose: Purpose, at: datetime) -> Link:
    """A new link for *person*; one that was made before no longer opens."""
    link = Link(token=new_token(), purpose=purpose, expires_at=at + LIFE[purpose])
    records.invitations.put(
        Invitation(
            digest=token_digest(link.token),
            purpose=purpose,
            person=person,
            expires_at=link.expires_at,
        )
    )
    return link


def find_link(records: Records, token: str, *, at: datetime) -> Invitation:
    """Raises `LinkSpent`, whatever is wrong with it."""
    found = records.invitations.find(token_digest(token), at=at)
    if found is None:
        raise LinkSpent("This link was used already, or its time is over. Ask for a new one.")
    return found


def use_link(records: Records, token: str, *, at: datetime) -> Invitation:
    """As `find_link`; it never opens again."""
    found = find_link(records, token, at=at)
    if not records.invitations.use(found.digest):
        raise LinkSpent("This link was used just now. Ask for a new one.")
    return found
