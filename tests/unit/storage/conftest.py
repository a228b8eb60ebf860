"""An SQLite file and, where a server is installed, a PostgreSQL database for each test."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from awards.storage.database import Database, open_database

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'awards.db'}"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server of its own, reached by a socket; gone after the tests."""
    pytest.importorskip("psycopg", reason="the extra 'postgres' is not installed")
    if PROGRAMS is None:
        pytest.skip("no PostgreSQL server under /usr/lib/postgresql")
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        pytest.skip("PostgreSQL refuses to run as root, and there is no runuser")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
        server(PROGRAMS / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-N")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        control = (PROGRAMS / "pg_ctl", "-D", folder / "data", "-w")
        server(*control, "-l", folder / "log", "-o", options, "start")
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        server(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def server(*command: str | Path) -> None:
    """Run one of PostgreSQL's programs, which refuse to run as root."""
    prefix = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The URL of a new, empty database."""
    name = f"awards_{secrets.token_hex(4)}"
    engine = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgresql_server.replace("/postgres?", f"/{name}?")


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
