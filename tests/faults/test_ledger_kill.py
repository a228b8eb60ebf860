"""Writers that are killed, or are many, lose nothing that they were told is kept."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from awards.domain.ledger import ChainReport, verify_chain
from awards.storage.database import open_database

SEED = 20260301
KILLS = 5

WRITER = """
import sys
from datetime import UTC, datetime
from awards.domain.records import Event
from awards.storage.database import open_database

url, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
database = open_database(url)
for number in range(count):
    with database.transaction() as records:
        event = Event(actor=name, action="tested", subject=str(number))
        entry = records.ledger.append(event, at=datetime.now(UTC))
    print(entry.seq, entry.hash.hex(), flush=True)
"""


def migrated(path: Path) -> str:
    """The URL of a new database with its tables."""
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return f"sqlite:///{path}"


def writer(url: str, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, url, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str], *, seconds: int = 60) -> dict[int, str]:
    """Every whole line that the writer printed after a commit: number and hash."""
    output, _ = process.communicate(timeout=seconds)
    lines = [line.split() for line in output.splitlines()]
    return {int(line[0]): line[1] for line in lines if len(line) == 2 and len(line[1]) == 64}


def stored(url: str) -> tuple[ChainReport, dict[int, str]]:
    database = open_database(url)
    with database.reading() as records:
        entries = list(records.ledger.entries())
    database.close()
    return verify_chain(entries), {entry.seq: entry.hash.hex() for entry in entries}


def test_a_writer_killed_at_full_speed_loses_no_acknowledged_event(tmp_path: Path) -> None:
    url = migrated(tmp_path / "awards.db")
    chance = random.Random(SEED)
    told: dict[int, str] = {}
    for kill in range(KILLS):
        process = writer(url, f"writer {kill}", 1_000_000)
        assert process.stdout is not None
        told |= dict([first(process.stdout.readline())])
        time.sleep(chance.uniform(0.02, 0.4))
        process.send_signal(signal.SIGKILL)
        told |= acknowledged(process)
        assert process.returncode == -signal.SIGKILL
        report, kept = stored(url)
        assert report.fault is None
        assert told.items() <= kept.items()
    assert len(told) > KILLS


def first(line: str) -> tuple[int, str]:
    seq, own = line.split()
    return int(seq), own


def test_four_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    url = migrated(tmp_path / "awards.db")
    writers = [writer(url, f"writer {number}", 50) for number in range(4)]
    told: dict[int, str] = {}
    for process in writers:
        told |= acknowledged(process)
    report, kept = stored(url)
    assert [process.returncode for process in writers] == [0, 0, 0, 0]
    assert (report.events, report.fault) == (200, None)
    assert told == kept


HOLDER = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
database.execute("COMMIT")
"""


@pytest.mark.slow
def test_eight_writers_wait_for_one_that_holds_the_database_for_ten_seconds(
    tmp_path: Path,
) -> None:
    url = migrated(tmp_path / "awards.db")
    command = [sys.executable, "-c", HOLDER, tmp_path / "awards.db", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        writers = [writer(url, f"writer {number}", 500) for number in range(8)]
        told: dict[int, str] = {}
        for process in writers:
            told |= acknowledged(process, seconds=300)
    report, kept = stored(url)
    assert [process.returncode for process in writers] == [0] * 8
    assert (report.events, report.fault) == (4_000, None)
    assert told == kept
