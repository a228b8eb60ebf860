import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from awards.storage.database import Database, open_database
from awards.storage.errors import DatabaseUnavailable
from awards.storage.sqlite import JournalMode, Version, journal_mode_for, prepare, refuse_too_old


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 37, 0), "truncate"),
        ((3, 40, 1), "truncate"),
        ((3, 44, 5), "truncate"),
        ((3, 44, 6), "wal"),
        ((3, 45, 0), "truncate"),
        ((3, 50, 6), "truncate"),
        ((3, 50, 7), "wal"),
        ((3, 51, 0), "truncate"),
        ((3, 51, 2), "truncate"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "truncate"),
        ((3, 53, 4), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_wal_is_used_only_where_its_reset_fault_is_mended(
    version: Version, mode: JournalMode
) -> None:
    assert journal_mode_for(version) == mode


def test_an_sqlite_without_strict_tables_is_refused() -> None:
    refuse_too_old((3, 37, 0))
    with pytest.raises(DatabaseUnavailable, match=r"SQLite 3\.36\.0, but 3\.37\.0 or later"):
        refuse_too_old((3, 36, 0))


@pytest.mark.parametrize("mode", ["wal", "truncate"])
def test_every_connection_is_prepared(tmp_path: Path, mode: JournalMode) -> None:
    connection = sqlite3.connect(tmp_path / "awards.db")
    prepare(connection, mode)
    names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
    found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    connection.close()
    assert found == [mode, 2, 1, 1, 30_000]


def test_a_database_left_in_wal_mode_is_taken_out_of_it(tmp_path: Path) -> None:
    before = sqlite3.connect(tmp_path / "awards.db")
    prepare(before, "wal")
    before.execute("CREATE TABLE kept (x)")
    before.close()
    after = sqlite3.connect(tmp_path / "awards.db")
    prepare(after, "truncate")
    assert after.execute("SELECT name FROM sqlite_master").fetchall() == [("kept",)]
    after.close()
    assert not (tmp_path / "awards.db-wal").exists()


def test_a_database_that_another_program_keeps_in_wal_mode_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "awards.db")
    prepare(other, "wal")
    other.execute("CREATE TABLE kept (x)")
    connection = sqlite3.connect(tmp_path / "awards.db")
    with pytest.raises(DatabaseUnavailable, match="keeps its journal in mode 'wal'"):
        prepare(connection, "truncate")
    connection.close()
    other.close()


def test_the_journal_follows_the_version_that_python_is_linked_with(
    monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    found = []
    for version in ((3, 51, 2), (3, 51, 3), (3, 51, 2)):
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        database = open_database(sqlite_url)
        database.migrate()
        found.append(journal_of(database))
        database.close()
    assert found == ["truncate", "wal", "truncate"]


def journal_of(database: Database) -> str:
    with database.reading() as records:
        session = records.ledger._session
        return str(session.execute(text("PRAGMA journal_mode")).scalar_one())
