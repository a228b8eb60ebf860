"""Reading in the ledger: what is asked, and a page of what is there."""

from dataclasses import dataclass
from datetime import datetime

from awards.domain.ledger import LedgerEntry


@dataclass(frozen=True, kw_only=True)
class EventQuery:
    """Each text, where it is given, must be exactly what the event says; ``since`` and
    ``before`` bound the time, which has a zone."""

    action: str = ""
    actor: str = ""
    subject: str = ""
    since: datetime | None = None
    before: datetime | None = None
    page: int = 1
    size: int = 50


@dataclass(frozen=True, kw_only=True)
class EventPage:
    """Events, the last one first, of ``total`` that fit."""

    entries: tuple[LedgerEntry, ...]
    total: int
    page: int
    pages: int
