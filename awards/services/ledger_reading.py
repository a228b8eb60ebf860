"""Read in the ledger, with the names of those who acted."""

from dataclasses import dataclass

from awards.domain.ledger_pages import EventPage, EventQuery
from awards.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class LedgerView:
    """A page of events, every action that occurs, and names by the ids that act."""

    page: EventPage
    actions: tuple[str, ...]
    names: dict[str, str]


def read_events(database: Database, query: EventQuery) -> LedgerView:
    """What *query* asks for, the last event first; personal data are not in it."""
    with database.reading() as records:
        people = records.people.list()
        return LedgerView(
            page=records.events.find(query),
            actions=records.events.actions(),
            names={each.id: each.name for each in people},
        )
