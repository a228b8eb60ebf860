"""How SQLite is opened so that nothing it has acknowledged is lost."""

import sqlite3
from typing import Any, Literal

from awards.storage.errors import DatabaseUnavailable

Version = tuple[int, int, int]
JournalMode = Literal["wal", "truncate"]

OLDEST: Version = (3, 37, 0)
"""The first SQLite with STRICT tables."""

BUSY_MS = 30_000


def journal_mode_for(version: Version) -> JournalMode:
    """The journal that is safe with SQLite *version*.

    From 3.7.0 to 3.51.2 a race between two connections can corrupt a database in
    WAL mode (https://sqlite.org/wal.html#walresetbug). It was mended in 3.51.3 and,
    for the branches before, in 3.50.7 and 3.44.6. 3.52.0 was withdrawn.
    """
    if version == (3, 52, 0):
        return "truncate"
    mended = {(3, 50): 7, (3, 44): 6}.get(version[:2])
    if mended is not None:
        return "wal" if version[2] >= mended else "truncate"
    return "wal" if version >= (3, 51, 3) else "truncate"


def refuse_too_old(version: Version) -> None:
    """Raises `DatabaseUnavailable` for an SQLite without STRICT tables."""
    if version < OLDEST:
        shown, needed = ".".join(map(str, version)), ".".join(map(str, OLDEST))
        raise DatabaseUnavailable(
            f"Python is linked with SQLite {shown}, but {needed} or later is needed. "
            "Use a newer Python or a PostgreSQL database."
        )


def prepare(connection: sqlite3.Connection, mode: JournalMode) -> None:
    """Set up one new connection: checks on, commits on disk, journal *mode*."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    found = _switch_journal(connection, mode)
    if found != mode:
        raise DatabaseUnavailable(
            f"The database keeps its journal in mode {found!r}; SQLite "
            f"{sqlite3.sqlite_version} needs {mode!r}. End the programs that use it and try again."
        )
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is erased is overwritten, not only unlinked.
    connection.execute("PRAGMA secure_delete = ON")
    # Without this, INSERT OR REPLACE deletes ledger rows past the trigger.
    connection.execute("PRAGMA recursive_triggers = ON")


def _switch_journal(connection: sqlite3.Connection, mode: JournalMode) -> Any:
    try:
        (found,) = connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        (found,) = connection.execute("PRAGMA journal_mode").fetchone()
    return found
