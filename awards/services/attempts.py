"""Hold back who guesses passwords, without locking anybody out of their own account.

Counted are the pair of network address and account, the address alone, and the account
alone. A browser in which somebody signed in before is counted by itself: strangers who
guess at an account do not hold back its owner.
"""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from awards.domain.errors import Refused
from awards.domain.records import Event
from awards.services.stores import Act, Stores

WINDOW = timedelta(minutes=15)
MOST = {"device": 10, "pair": 5, "address": 50, "account": 100}
"""Failures within the window after which further ones are not looked at."""


class HeldBack(Refused):
    """Too many wrong attempts: wait."""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Somebody tries to sign in. ``device`` is that of a browser which knows *mail*."""

    address: str
    mail: str
    device: str | None

    def counted_under(self) -> Iterator[tuple[str, str]]:
        """What it counts under: the kind, and the key as it is stored."""
        mail = self.mail.strip().casefold()
        if self.device is not None:
            yield "device", _digest("device", self.device, mail)
            return
        yield "pair", _digest("pair", self.address, mail)
        yield "address", _digest("address", self.address)
        yield "account", _digest("account", mail)


def refuse_held_back(stores: Stores, attempt: Attempt, *, at: datetime) -> None:
    """Raises `HeldBack` when there were too many failures of this kind."""
    since = at - WINDOW
    with stores.database.reading() as records:
        over = any(
            records.attempts.count(key, since=since) >= MOST[kind]
            for kind, key in attempt.counted_under()
        )
    if over:
        minutes = math.ceil(WINDOW.total_seconds() / 60)
        raise HeldBack(f"Too many attempts. Wait {minutes} minutes and try again.")


def count_failure(stores: Stores, attempt: Attempt, *, person: str | None, act: Act) -> None:
    """Count one failure; the ledger learns of the one that reaches a limit, not of each."""
    keys = tuple(attempt.counted_under())
    with stores.database.transaction() as records:
        records.attempts.add(tuple(key for _, key in keys), at=act.at, oldest=act.at - WINDOW)
        reached = [
            kind
            for kind, key in keys
            if records.attempts.count(key, since=act.at - WINDOW) == MOST[kind]
        ]
        if reached:
            detail: dict[str, object] = {"limits": reached}
            event = Event(
                actor="visitor", action="sign_in.held_back", subject=person or "-", detail=detail
            )
            records.ledger.append(event, at=act.at)


def forget_failures(stores: Stores, attempt: Attempt) -> None:
    """Begin anew for this browser after it got in; counts of others stay."""
    with stores.database.transaction() as records:
        for kind, key in attempt.counted_under():
            if kind in ("device", "pair"):
                records.attempts.forget(key)


def _digest(*said: str) -> str:
    return hashlib.sha256("\0".join(said).encode()).hexdigest()
