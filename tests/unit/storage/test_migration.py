import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from awards.domain.ledger import LedgerEntry
from awards.storage.database import Database, open_database
from awards.storage.errors import DatabaseUnavailable
from awards.storage.ledger_key import KeyFile
from awards.storage.migration import scripts
from awards.storage.models import Base
from tests.unit.storage.samples import EDITION, NOON, event


def test_the_migrations_make_the_tables_of_the_models(empty_database: Database) -> None:
    empty_database.migrate()
    with empty_database._writing.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_the_same_sqlite_schema_to_the_letter(
    sqlite_database: Database, sqlite_url: str
) -> None:
    modeled = create_engine("sqlite://")
    Base.metadata.create_all(modeled)
    with modeled.connect() as connection:
        expected = [tuple(row) for row in connection.execute(text(SCHEMA))]
    modeled.dispose()
    database = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    found = database.execute(SCHEMA).fetchall()
    database.close()
    assert by_line(found) == by_line(expected)


def by_line(schema: list[tuple[str, str, str | None]]) -> list[tuple[str, str, list[str]]]:
    """Each table's lines in any order: constraints have none that matters."""
    return [
        (kind, name, sorted(line.strip(" ,\t") for line in (sql or "").splitlines()))
        for kind, name, sql in schema
    ]


SCHEMA = (
    "SELECT type, name, sql FROM sqlite_master "
    "WHERE type IN ('table', 'index') AND tbl_name != 'alembic_version' ORDER BY type, name"
)


def test_every_table_of_ours_is_strict(sqlite_database: Database, sqlite_url: str) -> None:
    database = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    loose = database.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict "
        "AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    database.close()
    assert loose == [("alembic_version",)]


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.transaction() as records:
        records.editions.add(EDITION, by="Panitia", at=NOON)
        records.ledger.append(event(), at=NOON)
    database.migrate()
    with database.reading() as records:
        assert records.editions.list() == (EDITION,)


def test_there_is_one_line_of_revisions() -> None:
    script = ScriptDirectory.from_config(scripts())
    assert (len(script.get_heads()), len(script.get_bases())) == (1, 1)


def test_a_database_of_a_newer_version_is_refused(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    database.migrate()
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(DatabaseUnavailable, match="made by a newer version of awards"):
        database.migrate()
    database.close()


def filled(database: Database) -> list[LedgerEntry]:
    """Put something on record at the first revision's tables; its ledger."""
    with database.transaction() as records:
        records.editions.add(EDITION, by="tests", at=NOON)
        for number in range(3):
            records.ledger.append(event(f"kategori é {number}"), at=NOON)
    with database.reading() as records:
        return list(records.ledger.entries())


def test_going_back_and_forth_leaves_the_records_and_the_bytes_of_the_ledger(
    database: Database,
) -> None:
    before = filled(database)
    database.downgrade("0001")
    assert database.behind()
    database.migrate()
    with database.reading() as records:
        assert list(records.ledger.entries()) == before
        assert records.editions.list() == (EDITION,)
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as records:
        records.ledger._session.execute(text("DELETE FROM ledger WHERE seq = 1"))


def test_going_back_is_refused_where_data_would_be_lost(database: Database, tmp_path: Path) -> None:
    database.key = KeyFile(tmp_path / "ledger.key")
    with database.transaction() as records:
        records.editions.add(EDITION, by="tests", at=NOON)
        records.ledger.append(replace(event(), action="edition.closed"), at=NOON)
    with pytest.raises(DatabaseUnavailable, match="1 rows of ledger_checkpoint would be lost"):
        database.downgrade("0001")
    assert not database.behind()
    with database.reading() as records:
        assert len(records.checkpoints.notes()) == 1
