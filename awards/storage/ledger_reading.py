"""Looking things up in the ledger."""

from datetime import UTC
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.orm import Session

from awards.domain.ledger import LedgerEntry
from awards.domain.ledger_pages import EventPage, EventQuery
from awards.storage.models import LedgerRow

_AT = "%Y-%m-%dT%H:%M:%S.%fZ"


class LedgerReading:
    """Events by what they say, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, query: EventQuery) -> EventPage:
        """The events that *query* asks for, the last one first; a page past the end is the end."""
        total = self._session.scalar(self._narrowed(select(func.count()), query)) or 0
        pages = max(-(-total // query.size), 1)
        page = min(max(query.page, 1), pages)
        columns = (LedgerRow.seq, LedgerRow.body, LedgerRow.prev_hash, LedgerRow.hash)
        wanted = self._narrowed(select(*columns), query).order_by(LedgerRow.seq.desc())
        found = self._session.execute(wanted.limit(query.size).offset((page - 1) * query.size))
        entries = tuple(LedgerEntry(**row._mapping) for row in found)
        return EventPage(entries=entries, total=total, page=page, pages=pages)

    def actions(self) -> tuple[str, ...]:
        """Every action that occurs, by name."""
        action = self._member("action")
        return tuple(self._session.scalars(select(action).distinct().order_by(action)))

    def _narrowed(self, wanted: Any, query: EventQuery) -> Any:
        for name in ("action", "actor", "subject"):
            value = getattr(query, name)
            if value:
                wanted = wanted.where(self._member(name) == value)
        # Moments are written in one form, so that text in order is time in order.
        if query.since is not None:
            wanted = wanted.where(self._member("at") >= query.since.astimezone(UTC).strftime(_AT))
        if query.before is not None:
            wanted = wanted.where(self._member("at") < query.before.astimezone(UTC).strftime(_AT))
        return wanted.select_from(LedgerRow)

    def _member(self, name: str) -> ColumnElement[str]:
        if self._session.get_bind().dialect.name == "postgresql":
            return cast(func.convert_from(LedgerRow.body, "UTF8"), JSON).op("->>")(name)
        return func.json_extract(cast(LedgerRow.body, Text), f"$.{name}")
