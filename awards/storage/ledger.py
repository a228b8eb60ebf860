"""The one place that appends to the ledger."""

import secrets
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from awards.domain.ledger import LedgerEntry, next_entry
from awards.domain.records import Event
from awards.storage.models import LedgerRow

APPEND_LOCK = 0x61776172_6C6F67
"""PostgreSQL's advisory lock that one appender holds at a time."""

_COLUMNS = (LedgerRow.seq, LedgerRow.body, LedgerRow.prev_hash, LedgerRow.hash)
_BATCH = 1_000


class Ledger:
    """The append-only, hash-chained record, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, event: Event, *, at: datetime) -> LedgerEntry:
        """Record *event* at the end of the chain, in this transaction.

        Append last: on PostgreSQL other writers wait from here until the commit.
        """
        self._session.flush()
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(select(func.pg_advisory_xact_lock(APPEND_LOCK)))
        entry = next_entry(event, after=self.head(), at=at, new_log=secrets.token_hex(16))
        self._session.execute(insert(LedgerRow).values(**asdict(entry)))
        return entry

    def entries(self) -> Iterator[LedgerEntry]:
        """All entries from the first on; read them before the transaction ends."""
        found = self._session.execute(
            select(*_COLUMNS).order_by(LedgerRow.seq).execution_options(yield_per=_BATCH)
        )
        for seq, body, prev_hash, own in found:
            yield LedgerEntry(seq=seq, body=body, prev_hash=prev_hash, hash=own)

    def head(self) -> LedgerEntry | None:
        """The last entry."""
        last = select(*_COLUMNS).order_by(LedgerRow.seq.desc()).limit(1)
        found = self._session.execute(last).one_or_none()
        return None if found is None else LedgerEntry(**found._mapping)
