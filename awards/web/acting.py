"""Who acts on the web, and when."""

from datetime import UTC, datetime

from flask_login import current_user

from awards.domain.people import Person
from awards.services.stores import Act
from awards.web.account.visitor import Visitor


def now() -> datetime:
    """The one clock of the pages."""
    return datetime.now(UTC)


def visitor() -> Visitor | None:
    """Who is signed in."""
    found = current_user._get_current_object()
    return found if isinstance(found, Visitor) else None


def person() -> Person | None:
    """The person who is signed in."""
    found = visitor()
    return found.person if found else None


def acting() -> Act:
    """The act of whoever is signed in, now; the ledger knows them by their id."""
    found = person()
    return Act(by=found.id if found else "visitor", at=now())
