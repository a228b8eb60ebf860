"""Two persons edit the same thing: the first one's change stands, the second is told."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from awards.domain.errors import EditConflict, NotFound


def edit_row(
    session: Session,
    key: InstrumentedAttribute[Any],
    value: object,
    *,
    based_on: int,
    changes: Mapping[str, object],
    what: str | None = None,
) -> int:
    """Change the row whose column *key* is *value*, unless somebody did since version
    *based_on*; return its new version.

    The table has a column ``version``; *changes* goes by the names of columns; *what* names
    the thing to people. Raises `EditConflict` with what is on record now, and `NotFound`;
    nothing is changed then.
    """
    table: Any = key.class_
    version: InstrumentedAttribute[int] = table.version
    session.flush()
    # One statement decides: of two at the same time the database lets one through.
    changed = session.execute(
        update(table)
        .where(key == value, version == based_on)
        .values(**changes, version=based_on + 1)
        .returning(version)
        .execution_options(synchronize_session="fetch")
    )
    if changed.first() is not None:
        return based_on + 1
    raise _conflict(session, key, value, names=tuple(changes), what=what or repr(value))


def _conflict(
    session: Session,
    key: InstrumentedAttribute[Any],
    value: object,
    *,
    names: tuple[str, ...],
    what: str,
) -> Exception:
    table: Any = key.class_
    found = session.scalar(
        select(table).where(key == value).execution_options(populate_existing=True)
    )
    if found is None:
        return NotFound(f"{what} is not there any more: somebody removed it meanwhile.")
    current = {name: getattr(found, name) for name in names}
    return EditConflict(
        f"Somebody else changed {what} while you did; nothing was saved. Compare both and "
        "send your change again if it shall stand.",
        current=current,
        version=found.version,
    )
