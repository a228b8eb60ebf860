"""Forged ledgers, checked by three programs that share no code, on both databases."""

import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, text

from awards.domain.checkpoints import SignedCheckpoint
from awards.domain.records import Event
from awards.services.ledger_exports import SHIPPED, export_ledger
from awards.services.ledger_verification import check_ledger
from awards.services.stores import Act, Stores
from awards.storage.archive import Archive
from awards.storage.database import Database, open_database, sign_checkpoint
from awards.storage.ledger_key import KeyFile
from tests.faults.forgeries import EVENTS, FORGERIES, UNSEEN, Forgery, Stolen, rebuild
from tests.unit.storage.second_verifier import Row, Verdict, verify_rows

NOON = datetime(2026, 3, 1, 12, 0, 0, 250, tzinfo=UTC)
MAIN: Callable[[list[str]], int] = runpy.run_path(str(SHIPPED / "verify.py"))["main"]


def append(database: Database, *numbers: int) -> None:
    for number in numbers:
        with database.transaction() as records:
            said = Event(
                actor="Ketua Panitia",
                action="tested",
                subject=f"kategori é {number}",
                detail={"place": number},
            )
            records.ledger.append(said, at=NOON)


def sign(database: Database) -> SignedCheckpoint:
    with database.transaction() as records:
        assert database.key is not None
        signed = sign_checkpoint(records, database.key, at=NOON, by="awards")
    assert signed is not None
    return signed


def rows_of(url: str) -> list[Row]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT seq, body, prev_hash, hash FROM ledger"))
        rows: list[Row] = sorted((seq, bytes(b), bytes(p), bytes(h)) for seq, b, p, h in found)
    engine.dispose()
    return rows


@dataclass
class Attacked:
    """A ledger, the checkpoint that an auditor took home, and what a forger stole."""

    url: str
    folder: Path
    checkpoint: SignedCheckpoint
    stolen: Stolen

    def forge(self, forgery: Forgery, *, keep_checkpoints: bool = False) -> None:
        engine = create_engine(self.url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA foreign_keys = OFF"))
        rows = forgery.act(rows_of(self.url), self.stolen)
        with engine.begin() as connection:
            rebuild(connection, rows, keep_checkpoints=keep_checkpoints)
        engine.dispose()

    def first(self, *, brought: bool) -> Verdict:
        """What the program says."""
        database = open_database(self.url)
        chain = check_ledger(database, brought=(self.checkpoint,) if brought else ()).chain
        database.close()
        if chain.fault is not None:
            return chain.fault.step, chain.fault.seq
        return UNSEEN if chain.proven_to is None else "proven"

    def second(self, *, brought: bool) -> Verdict:
        """What the verifier of chains says that was written from the format alone."""
        size, head = self.checkpoint.checkpoint.place
        return verify_rows(rows_of(self.url), (size, head.hex()) if brought else None)

    def shipped(self, capsys: pytest.CaptureFixture[str], *, brought: bool) -> Verdict:
        """What the program in the export says, and by which exit code."""
        words = [str(self.exported())]
        if brought:
            note = self.folder / "kept.txt"
            note.write_text(self.checkpoint.note, "utf-8")
            words += ["--checkpoint", str(note)]
        capsys.readouterr()
        code, said = MAIN(words), capsys.readouterr().out
        failed = re.search(r"step (\d) .* fails at event (\d+)", said)
        if failed:
            assert code == 1
            return int(failed[1]), int(failed[2])
        return {0: "proven", 2: UNSEEN}[code]

    def exported(self) -> Path:
        database = open_database(self.url)
        output = self.folder / "ledger.zip"
        output.unlink(missing_ok=True)
        stores = Stores(database, Archive(self.folder))
        export_ledger(stores, output=output, act=Act(by="Auditor", at=NOON))
        database.close()
        return output


@pytest.fixture(params=["sqlite", "postgresql"])
def attacked(request: pytest.FixtureRequest, tmp_path: Path) -> Attacked:
    """Seven events: four, the key's, and two that are not in the forger's backup."""
    url = f"sqlite:///{tmp_path / 'awards.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    made(f"sqlite:///{tmp_path / 'other.db'}", KeyFile(tmp_path / "other.key")).close()
    database = open_database(url, key=KeyFile(tmp_path / "ledger.key"))
    database.migrate()
    append(database, 0, 1, 2, 3)
    sign(database)
    backup = rows_of(url)
    append(database, 4, 5)
    signed = sign(database)
    database.close()
    assert signed.checkpoint.size == EVENTS
    stolen = Stolen(backup=backup, other=rows_of(f"sqlite:///{tmp_path / 'other.db'}"))
    return Attacked(url, tmp_path, signed, stolen)


def made(url: str, key: KeyFile) -> Database:
    database = open_database(url, key=key)
    database.migrate()
    append(database, *range(6))
    sign(database)
    return database


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda each: each.act.__name__)
def test_a_forgery_is_found_at_its_first_bad_event(
    attacked: Attacked, forgery: Forgery, capsys: pytest.CaptureFixture[str]
) -> None:
    attacked.forge(forgery)
    alone = [
        attacked.first(brought=False),
        attacked.second(brought=False),
        attacked.shipped(capsys, brought=False),
    ]
    compared = [
        attacked.first(brought=True),
        attacked.second(brought=True),
        attacked.shipped(capsys, brought=True),
    ]
    assert alone == [forgery.alone] * 3
    assert compared == [forgery.with_checkpoint] * 3


def test_an_untouched_ledger_is_proven_by_its_checkpoint_only(
    attacked: Attacked, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (attacked.first(brought=False), attacked.first(brought=True)) == (UNSEEN, "proven")
    assert (attacked.second(brought=False), attacked.second(brought=True)) == (UNSEEN, "proven")
    shipped = (attacked.shipped(capsys, brought=False), attacked.shipped(capsys, brought=True))
    assert shipped == (UNSEEN, "proven")


@pytest.mark.parametrize(
    "forgery",
    [each for each in FORGERIES if each.alone == UNSEEN],
    ids=lambda each: each.act.__name__,
)
def test_a_forger_who_leaves_the_stored_checkpoints_is_found_by_them(
    attacked: Attacked, forgery: Forgery, capsys: pytest.CaptureFixture[str]
) -> None:
    attacked.forge(forgery, keep_checkpoints=True)
    found = attacked.first(brought=False)
    assert isinstance(found, tuple)
    assert found[0] == 5
    assert attacked.shipped(capsys, brought=False) == found


def test_the_verifier_runs_by_itself_from_the_unpacked_export(attacked: Attacked) -> None:
    folder = attacked.folder / "unpacked"
    packed = attacked.exported()
    subprocess.run([sys.executable, "-m", "zipfile", "-e", packed, folder], check=True)
    head = f"{EVENTS}:{attacked.checkpoint.checkpoint.head.hex()}"
    # -I: without this checkout on the path.
    command = [sys.executable, "-I", str(folder / "verify.py"), "--checkpoint", head]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "step 8 your checkpoint: ok" in done.stdout
    assert f"PROVEN: events 1 to {EVENTS}" in done.stdout
