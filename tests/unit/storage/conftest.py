"""An SQLite file and a PostgreSQL database for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from awards.storage.database import Database, open_database


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'awards.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without tables."""
    database = open_database(request.getfixturevalue(f"{request.param}_url"))
    yield database
    database.close()


@pytest.fixture
def database(empty_database: Database) -> Database:
    """A database that holds nothing yet."""
    empty_database.migrate()
    return empty_database


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    database = open_database(sqlite_url)
    database.migrate()
    yield database
    database.close()
