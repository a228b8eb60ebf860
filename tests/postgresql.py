"""A PostgreSQL server of the tests' own: `make` installs it, so nothing is skipped."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

FOLDER = Path("/usr/lib/postgresql")


@contextmanager
def running_server() -> Iterator[str]:
    """The URL of a server that is reached by a socket; gone afterwards."""
    programs = max(FOLDER.glob("*/bin"), default=None)
    assert programs is not None, f"no PostgreSQL under {FOLDER}: make setup-test installs it"
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
        _run(programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-N")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        control = (programs / "pg_ctl", "-D", folder / "data", "-w")
        _run(*control, "-l", folder / "log", "-o", options, "start")
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def new_database(server: str, *, like: str | None = None) -> str:
    """The URL of a new database: empty, or a copy of the one at the URL *like*."""
    name = f"awards_{secrets.token_hex(4)}"
    template = "" if like is None else f" TEMPLATE {like.partition('?')[0].rpartition('/')[2]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}{template}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


def _run(*command: str | Path) -> None:
    """Run one of PostgreSQL's programs, which refuse to run as root."""
    prefix = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")
