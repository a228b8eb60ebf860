"""No step back loses data."""

import sqlalchemy as sa

from awards.storage.errors import DatabaseUnavailable


def refuse_loss(connection: sa.Connection, table: str) -> None:
    """Raises `DatabaseUnavailable` when *table*, which is about to go, holds a row."""
    found = connection.scalar(sa.select(sa.func.count()).select_from(sa.table(table)))
    if found:
        raise DatabaseUnavailable(
            f"The database cannot go back to the version before: {found} rows of {table} would "
            "be lost. Nothing was changed. Restore the backup that was made with that version."
        )
