"""The one place that appends to the ledger."""

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from awards.domain.checkpoints import calls_for_checkpoint
from awards.domain.commitments import MEMBER, PrivateValue, conceal
from awards.domain.errors import NotFound
from awards.domain.ledger import LedgerEntry, next_entry
from awards.domain.records import Event
from awards.storage.ledger_models import PrivateValueRow
from awards.storage.models import LedgerRow

APPEND_LOCK = 0x61776172_6C6F67
"""PostgreSQL's advisory lock that one appender holds at a time."""

_COLUMNS = (LedgerRow.seq, LedgerRow.body, LedgerRow.prev_hash, LedgerRow.hash)
_BATCH = 1_000


@dataclass(frozen=True)
class CheckpointDue:
    """An event was appended that a checkpoint has to follow."""

    at: datetime
    by: str


class Ledger:
    """The append-only, hash-chained record, within one transaction.

    ``due`` says whether one of the events appended in it calls for a checkpoint.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.due: CheckpointDue | None = None

    def append(self, event: Event, *, at: datetime) -> LedgerEntry:
        """Record *event* at the end of the chain, in this transaction.

        Its private values are kept beside the ledger; the event is committed to them.
        Append last: on PostgreSQL other writers wait from here until the commit.
        """
        private = conceal(event.private)
        self._session.flush()
        self.lock()
        entry = next_entry(
            _committed(event, private), after=self.head(), at=at, new_log=secrets.token_hex(16)
        )
        self._session.execute(insert(LedgerRow).values(**asdict(entry)))
        for each in private:
            self._session.execute(insert(PrivateValueRow).values(seq=entry.seq, **asdict(each)))
        if calls_for_checkpoint(event.action):
            self.due = CheckpointDue(at, event.actor)
        return entry

    def lock(self) -> None:
        """Keep other appenders out until the transaction ends."""
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(select(func.pg_advisory_xact_lock(APPEND_LOCK)))

    def private(self, seq: int) -> tuple[PrivateValue, ...]:
        """What is still kept of the personal data of event *seq*, by name."""
        wanted = select(PrivateValueRow).where(PrivateValueRow.seq == seq)
        found = self._session.scalars(wanted.order_by(PrivateValueRow.name))
        return tuple(_private(row) for row in found)

    def all_private(self) -> Iterator[tuple[int, PrivateValue]]:
        """All personal data that are kept, with the numbers of their events."""
        wanted = select(PrivateValueRow).order_by(PrivateValueRow.seq, PrivateValueRow.name)
        for row in self._session.scalars(wanted):
            yield row.seq, _private(row)

    def erase(self, seq: int, name: str) -> None:
        """Delete a personal value of event *seq* with its nonce. Raises `NotFound`."""
        gone = self._session.execute(
            delete(PrivateValueRow)
            .where(PrivateValueRow.seq == seq, PrivateValueRow.name == name)
            .returning(PrivateValueRow.seq)
        )
        if gone.first() is None:
            raise NotFound(f"Event {seq} of the ledger has no personal value {name!r} to erase.")

    def get(self, seq: int) -> LedgerEntry:
        """Raises `NotFound`."""
        found = self._session.execute(select(*_COLUMNS).where(LedgerRow.seq == seq)).one_or_none()
        if found is None:
            raise NotFound(f"The ledger has no event {seq}.")
        return LedgerEntry(**found._mapping)

    def hashes(self, *, after: int = 0, to: int | None = None) -> Iterator[bytes]:
        """The hashes of the entries behind number *after*, up to number *to*, in order."""
        wanted = select(LedgerRow.hash).where(LedgerRow.seq > after).order_by(LedgerRow.seq)
        if to is not None:
            wanted = wanted.where(LedgerRow.seq <= to)
        yield from self._session.scalars(wanted.execution_options(yield_per=_BATCH))

    def entries(self) -> Iterator[LedgerEntry]:
        """All entries from the first on; read them before the transaction ends."""
        wanted = select(*_COLUMNS).order_by(LedgerRow.seq)
        # Closed even when the reader stops half-way, as after a fault.
        with self._session.execute(wanted.execution_options(yield_per=_BATCH)) as found:
            for seq, body, prev_hash, own in found:
                yield LedgerEntry(seq=seq, body=body, prev_hash=prev_hash, hash=own)

    def head(self) -> LedgerEntry | None:
        """The last entry."""
        last = select(*_COLUMNS).order_by(LedgerRow.seq.desc()).limit(1)
        found = self._session.execute(last).one_or_none()
        return None if found is None else LedgerEntry(**found._mapping)


def _committed(event: Event, private: tuple[PrivateValue, ...]) -> Event:
    if MEMBER in event.detail:
        raise ValueError(f"the detail of {event.action!r} has a member {MEMBER!r} of its own")
    if not private:
        return event
    commitments = {each.name: each.commitment for each in private}
    return replace(event, detail={**event.detail, MEMBER: commitments})


def _private(row: PrivateValueRow) -> PrivateValue:
    return PrivateValue(name=row.name, nonce=row.nonce, value=row.value)
