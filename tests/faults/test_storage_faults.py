"""Disks that are full and bits that flip: refused in words, nothing half-saved."""

import random
import resource
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from awards.domain.errors import Altered, AwardsError
from awards.domain.ledger import verify_chain
from awards.domain.records import Event
from awards.storage.archive import Archive
from awards.storage.database import Database, open_database
from awards.storage.errors import StorageFull
from awards.storage.files import checked, sha256_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEPT = 200_000
SEED = 20260302


@dataclass(frozen=True)
class Disk:
    """A folder, and a way to leave almost no room in it for a while."""

    folder: Path
    filled: Callable[[], AbstractContextManager[None]]


@pytest.fixture(params=["small disk", "limit on the size of files"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    if request.param == "small disk":
        with mounted(megabytes=4) as folder:
            yield Disk(folder, lambda: ballast(folder / "ballast"))
    else:
        yield Disk(tmp_path, small_files)


@contextmanager
def mounted(*, megabytes: int) -> Iterator[Path]:
    if shutil.which("mount") is None:
        pytest.skip("there is no program to mount a small disk with")
    folder = Path(tempfile.mkdtemp(prefix="small"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "awards-test", str(folder)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode != 0:
            pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
        yield folder
        # Lazily: what a failed test left open must not keep the mount.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        folder.rmdir()


@contextmanager
def ballast(file: Path) -> Iterator[None]:
    """Fill the disk but for a part of `KEPT`."""
    with file.open("wb", buffering=0) as handle:
        try:
            while handle.write(bytes(65_536)) == 65_536:
                pass
        except OSError:
            pass
        handle.truncate(max(0, handle.tell() - KEPT // 4))
    try:
        yield
    finally:
        file.unlink()


@contextmanager
def small_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (KEPT, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_in(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def keep_a_part(archive: Archive) -> Path:
    """Write a table of more than `KEPT` bytes and adopt it."""
    chance = random.Random(SEED)
    table = pl.DataFrame({"value": [chance.random() for _ in range(KEPT // 4)]})
    with archive.workspace() as folder:
        table.write_parquet(folder / "part.parquet")
        return archive.adopt(folder / "part.parquet", archive.part("part-1"))


def test_a_table_that_does_not_fit_leaves_nothing_behind(disk: Disk) -> None:
    archive = Archive(disk.folder)
    with disk.filled(), pytest.raises(StorageFull, match="Free some space"):
        keep_a_part(archive)
    assert files_in(disk.folder) == []
    assert pl.read_parquet(keep_a_part(archive)).height == KEPT // 4
    assert files_in(disk.folder) == ["parts/part-1.parquet"]


def append(database: Database, size: int) -> None:
    """Append 20 events of *size* bytes in one transaction."""
    with database.transaction() as records:
        for number in range(20):
            event = Event(actor="x" * size, action="tested", subject=str(number))
            records.ledger.append(event, at=NOON)


def test_a_transaction_that_does_not_fit_is_not_saved_and_the_database_is_sound(
    disk: Disk,
) -> None:
    path = disk.folder / "awards.db"
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    append(database, size=10)
    with disk.filled(), pytest.raises(AwardsError, match="nothing was saved"):
        append(database, size=KEPT // 10)
    append(database, size=KEPT // 10)
    with database.reading() as records:
        report = verify_chain(records.ledger.entries())
    database.close()
    assert (report.events, report.fault) == (40, None)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sealed") / "results.parquet"
    pl.DataFrame({"id": [f"35.{n:02d}" for n in range(38)], "points": range(38)}).write_parquet(
        path
    )
    return path


@pytest.mark.parametrize("seed", range(100))
def test_a_table_with_a_flipped_bit_is_refused_before_use(
    table: Path, tmp_path: Path, seed: int
) -> None:
    content = bytearray(table.read_bytes())
    bit = random.Random(seed).randrange(len(content) * 8)
    content[bit // 8] ^= 1 << bit % 8
    refused(table, tmp_path / "results.parquet", bytes(content))


@pytest.mark.parametrize("share", [0, 1, 10, 50, 90, 99])
def test_a_table_that_was_cut_off_is_refused_before_use(
    table: Path, tmp_path: Path, share: int
) -> None:
    content = table.read_bytes()
    refused(table, tmp_path / "results.parquet", content[: len(content) * share // 100])


def refused(table: Path, damaged: Path, content: bytes) -> None:
    damaged.write_bytes(content)
    with pytest.raises(Altered, match=f"results.parquet .* expected {sha256_of(table)}, found"):
        checked(damaged, sha256_of(table))
