"""Copies of a database that is in use, and putting one back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, MetaData, create_engine, inspect, text

from awards.domain.errors import Altered, NotFound, Refused
from awards.storage.errors import DatabaseUnavailable, full_disk_in_words

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
"""What a copy is called, by the kind of database."""


def kind_of(url: URL) -> str:
    """``sqlite`` or ``postgresql``."""
    return url.get_backend_name()


def copy_database(url: URL, folder: Path) -> Path:
    """Copy the database at *url* into *folder* as it is at one moment, while others write.

    SQLite by its backup interface, never by copying the file; PostgreSQL by
    ``pg_dump``. Raises `DatabaseUnavailable` in words.
    """
    target = folder / NAMES[kind_of(url)]
    if kind_of(url) == "sqlite":
        _copy_sqlite(_file_of(url), target)
    else:
        _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={target}")
    return target


def put_back(copy: Path, url: URL) -> None:
    """Fill the empty database at *url* with *copy*.

    Raises `Refused` when it holds something or is of another kind than the copy, and
    `Altered` when the copy is damaged.
    """
    if copy.name != NAMES[kind_of(url)]:
        raise Refused(
            f"The backup is of a database of another kind than {kind_of(url)}. Set database in "
            "config.toml of the new instance to one of the same kind, empty."
        )
    refuse_occupied(url)
    if kind_of(url) == "sqlite":
        _check_sqlite(copy)
        with full_disk_in_words(_file_of(url).parent):
            _copy_sqlite(copy, _file_of(url))
    else:
        _run("pg_restore", url, "--exit-on-error", "--no-owner", "--single-transaction", str(copy))


def refuse_occupied(url: URL) -> None:
    """Raises `Refused` when the database at *url* holds tables."""
    if kind_of(url) == "sqlite" and not _file_of(url).exists():
        return
    engine = create_engine(url)
    try:
        occupied = inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if occupied:
        raise Refused(
            f"The database {url.render_as_string()} is not empty. A backup is put back into an "
            "empty one, beside what is there: name another instance or database."
        )


def empty_again(url: URL) -> None:
    """Take away what `put_back` put into the database at *url*, which was empty before."""
    if kind_of(url) == "sqlite":
        _file_of(url).unlink(missing_ok=True)
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        tables.drop_all(connection)
        connection.execute(text("DROP FUNCTION IF EXISTS ledger_refuse() CASCADE"))
    engine.dispose()


def _copy_sqlite(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as found,
        closing(sqlite3.connect(target)) as made,
    ):
        found.backup(made)
        made.execute("PRAGMA journal_mode = TRUNCATE")


def _check_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        found = [(str(error),)]
    if found != [("ok",)]:
        raise Altered(f"The database in the backup is damaged ({found[0][0]}). Use another backup.")


def _file_of(url: URL) -> Path:
    return Path(url.database or "")


def _run(program: str, url: URL, *words: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment."""
    if shutil.which(program) is None:
        raise NotFound(f"There is no {program}. Install PostgreSQL's client programs.")
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    environment = dict(os.environ)
    if url.password is not None:
        environment["PGPASSWORD"] = str(url.password)
    command = [program, *words, f"--dbname={plain}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise DatabaseUnavailable(f"{program} failed, nothing was saved: {done.stderr.strip()}")
