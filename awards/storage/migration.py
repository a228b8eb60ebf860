"""Bringing a database to the tables of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from awards.storage.errors import DatabaseUnavailable
from awards.storage.ledger import APPEND_LOCK


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, all within the open transaction.

    Raises `DatabaseUnavailable` when a newer version of the program was here.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(APPEND_LOCK)))
    config = scripts()
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    unknown = set(MigrationContext.configure(connection).get_current_heads()) - known
    if unknown:
        raise DatabaseUnavailable(
            f"The database was made by a newer version of awards (revision {', '.join(unknown)}). "
            "Install that version or a later one."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def is_behind(connection: Connection) -> bool:
    """Whether the database lacks a migration of this version."""
    found = set(MigrationContext.configure(connection).get_current_heads())
    return found != set(ScriptDirectory.from_config(scripts()).get_heads())


def downgrade(connection: Connection, revision: str) -> None:
    """Take back the migrations after *revision*, all within the open transaction.

    Raises `DatabaseUnavailable` when data would be lost.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(APPEND_LOCK)))
    config = scripts()
    config.attributes["connection"] = connection
    command.downgrade(config, revision)


def scripts() -> Config:
    """Alembic's configuration for the scripts inside this package."""
    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return config
