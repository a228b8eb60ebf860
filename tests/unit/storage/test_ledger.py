import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from awards.domain.ledger import GENESIS, verify_chain
from awards.storage.database import Database, open_database
from tests.unit.storage.samples import NOON, event
from tests.unit.storage.second_verifier import Verdict, verify_file

EVENTS = 6


def append(database: Database, count: int = 1) -> None:
    for number in range(count):
        with database.transaction() as records:
            records.ledger.append(event(f"kategori é {number}", place=number), at=NOON)


def test_entries_follow_each_other_from_the_first_on(database: Database) -> None:
    append(database, 3)
    with database.reading() as records:
        first, second, third = records.ledger.entries()
        assert records.ledger.head() == third
    assert (first.seq, first.prev_hash, first.at) == (1, GENESIS, NOON)
    assert (second.seq, second.prev_hash) == (2, first.hash)
    assert (third.seq, third.prev_hash) == (3, second.hash)
    assert {first.log, second.log, third.log} == {first.log}
    assert third.event == event("kategori é 2", place=2)


def test_events_of_one_transaction_follow_each_other_too(database: Database) -> None:
    with database.transaction() as records:
        appended = [records.ledger.append(event(str(number)), at=NOON) for number in range(3)]
    with database.reading() as records:
        assert list(records.ledger.entries()) == appended
        assert verify_chain(records.ledger.entries()).fault is None


def test_every_ledger_has_an_id_of_its_own(tmp_path: Path) -> None:
    logs = set()
    for name in ("a.db", "b.db"):
        database = made(tmp_path / name, events=1)
        with database.reading() as records:
            head = records.ledger.head()
        database.close()
        assert head is not None
        logs.add(head.log)
    assert {len(log) for log in logs} == {32}
    assert len(logs) == 2


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger SET seq = 9 WHERE seq = 1", "DELETE FROM ledger WHERE seq = 1"],
)
def test_the_database_refuses_to_change_the_ledger(database: Database, statement: str) -> None:
    append(database, 2)
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as records:
        records.ledger._session.execute(text(statement))
    assert events_in(database) == 2


def test_postgresql_refuses_to_empty_the_ledger(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    database.migrate()
    append(database, 2)
    with pytest.raises(DBAPIError, match="append-only"), database.transaction() as records:
        records.ledger._session.execute(text("TRUNCATE ledger CASCADE"))
    assert events_in(database) == 2
    database.close()


def test_sqlite_refuses_to_replace_an_entry(sqlite_database: Database) -> None:
    append(sqlite_database, 2)
    replacing = "INSERT OR REPLACE INTO ledger SELECT seq, x'00', prev_hash, hash FROM ledger"
    with pytest.raises(DBAPIError, match="append-only"), sqlite_database.transaction() as records:
        records.ledger._session.execute(text(replacing))
    assert events_in(sqlite_database) == 2


def test_the_database_refuses_a_fork(database: Database) -> None:
    append(database, 2)
    with database.reading() as records:
        first, _ = records.ledger.entries()
    fork = {"seq": 3, "body": b"{}", "prev_hash": first.prev_hash, "hash": b"x" * 32}
    with pytest.raises(DBAPIError), database.transaction() as records:
        statement = "INSERT INTO ledger VALUES (:seq, :body, :prev_hash, :hash)"
        records.ledger._session.execute(text(statement), fork)
    assert events_in(database) == 2


def events_in(database: Database) -> int:
    with database.reading() as records:
        report = verify_chain(records.ledger.entries())
    assert report.fault is None
    return report.events


def made(path: Path, *, events: int = EVENTS) -> Database:
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    append(database, events)
    return database


@dataclass(frozen=True)
class Forgery:
    """What somebody with the file does, and what each verifier must answer.

    ``alone`` and ``with_checkpoint`` are (step, first bad number), or "not proven".
    """

    act: Callable[[sqlite3.Connection], None]
    alone: Verdict
    with_checkpoint: Verdict


def change(database: sqlite3.Connection, seq: int, old: str, new: str) -> None:
    (body,) = database.execute("SELECT body FROM ledger WHERE seq = ?", (seq,)).fetchone()
    assert old.encode() in body
    changed = body.replace(old.encode(), new.encode())
    database.execute("UPDATE ledger SET body = ? WHERE seq = ?", (changed, seq))


def change_body(database: sqlite3.Connection) -> None:
    change(database, 3, '"place":2', '"place":1')


def change_time(database: sqlite3.Connection) -> None:
    change(database, 3, "2026-03-01", "2026-02-01")


def change_actor(database: sqlite3.Connection) -> None:
    change(database, 3, "Ketua Panitia", "Sekretaris Panitia")


def change_seq(database: sqlite3.Connection) -> None:
    database.execute("UPDATE ledger SET seq = 7 WHERE seq = 6")


def swap(database: sqlite3.Connection) -> None:
    for old, new in ((3, 30), (4, 3), (30, 4)):
        database.execute("UPDATE ledger SET seq = ? WHERE seq = ?", (new, old))


def delete_middle(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM ledger WHERE seq = 3")


def delete_tail(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM ledger WHERE seq >= 5")


def insert(database: sqlite3.Connection) -> None:
    """Put a well-made event in the fourth place and move the others up."""
    for seq in (6, 5, 4):
        database.execute("UPDATE ledger SET seq = ? WHERE seq = ?", (seq + 1, seq))
    (body,) = database.execute("SELECT body FROM ledger WHERE seq = 3").fetchone()
    (prev,) = database.execute("SELECT hash FROM ledger WHERE seq = 3").fetchone()
    body = body.replace(b'"seq":3', b'"seq":4')
    database.execute("UPDATE ledger SET prev_hash = x'%s' WHERE seq = 5" % ("00" * 31 + "01"))
    row = (4, body, prev, hashed(4, prev, body))
    database.execute("INSERT INTO ledger VALUES (?, ?, ?, ?)", row)


def duplicate(database: sqlite3.Connection) -> None:
    """Repeat an event at the end, in a table rebuilt without its constraints."""
    database.execute("CREATE TABLE rebuilt AS SELECT * FROM ledger")
    database.execute("DROP TABLE ledger")
    database.execute("ALTER TABLE rebuilt RENAME TO ledger")
    database.execute("INSERT INTO ledger SELECT 7, body, prev_hash, hash FROM ledger WHERE seq = 3")


def hash_anew(database: sqlite3.Connection) -> None:
    change_actor(database)
    rows = database.execute("SELECT seq, body FROM ledger ORDER BY seq").fetchall()
    database.execute("DELETE FROM ledger")
    prev = bytes(32)
    for seq, body in rows:
        own = hashed(seq, prev, body)
        database.execute("INSERT INTO ledger VALUES (?, ?, ?, ?)", (seq, body, prev, own))
        prev = own


def hashed(seq: int, prev: bytes, body: bytes) -> bytes:
    return hashlib.sha256(b"award-audit-v1\0" + seq.to_bytes(8, "big") + prev + body).digest()


def change_first(database: sqlite3.Connection) -> None:
    change(database, 1, "Ketua Panitia", "Sekretaris Panitia")


def insert_or_replace(database: sqlite3.Connection) -> None:
    seq, body, prev, _ = database.execute("SELECT * FROM ledger WHERE seq = 3").fetchone()
    forged = body.replace(b'"place":2', b'"place":1')
    row = (seq, forged, prev, hashed(seq, prev, forged))
    database.execute("INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?)", row)


def take_the_chain_of_another(database: sqlite3.Connection) -> None:
    (main,) = (row[2] for row in database.execute("PRAGMA database_list") if row[1] == "main")
    other = Path(main).with_name("other.db")
    made(other).close()
    database.commit()
    database.execute("ATTACH ? AS other", (str(other),))
    database.execute("DELETE FROM ledger")
    database.execute("INSERT INTO ledger SELECT * FROM other.ledger")
    database.commit()
    database.execute("DETACH other")


def restore_a_backup(database: sqlite3.Connection) -> None:
    (main,) = (row[2] for row in database.execute("PRAGMA database_list") if row[1] == "main")
    backup = sqlite3.connect(Path(main).with_name("backup.db"))
    database.commit()
    backup.backup(database)
    backup.close()


UNSEEN = "not proven"
FORGERIES = (
    Forgery(change_body, alone=(3, 3), with_checkpoint=(3, 3)),
    Forgery(change_time, alone=(3, 3), with_checkpoint=(3, 3)),
    Forgery(change_actor, alone=(3, 3), with_checkpoint=(3, 3)),
    Forgery(change_seq, alone=(2, 6), with_checkpoint=(2, 6)),
    Forgery(swap, alone=(2, 3), with_checkpoint=(2, 3)),
    Forgery(delete_middle, alone=(2, 3), with_checkpoint=(2, 3)),
    Forgery(delete_tail, alone=UNSEEN, with_checkpoint=(5, 5)),
    Forgery(insert, alone=(2, 5), with_checkpoint=(2, 5)),
    Forgery(duplicate, alone=(2, 7), with_checkpoint=(2, 7)),
    Forgery(hash_anew, alone=UNSEEN, with_checkpoint=(5, 6)),
    Forgery(change_first, alone=(3, 1), with_checkpoint=(3, 1)),
    Forgery(insert_or_replace, alone=(3, 4), with_checkpoint=(3, 4)),
    Forgery(take_the_chain_of_another, alone=UNSEEN, with_checkpoint=(5, 6)),
    Forgery(restore_a_backup, alone=UNSEEN, with_checkpoint=(5, 5)),
)


def first_verdict(path: Path, checkpoint: tuple[int, str] | None) -> Verdict:
    database = open_database(f"sqlite:///{path}")
    expected = None if checkpoint is None else (checkpoint[0], bytes.fromhex(checkpoint[1]))
    with database.reading() as records:
        report = verify_chain(records.ledger.entries(), expected_head=expected)
    database.close()
    if report.fault is not None:
        return report.fault.step, report.fault.seq
    return "proven" if report.proven_to is not None else "not proven"


def checkpointed(path: Path) -> tuple[int, str]:
    """Make a ledger, with a backup from before its last two events; its head."""
    database = made(path, events=EVENTS - 2)
    database.close()
    shutil.copy(path, path.with_name("backup.db"))
    append(database, 2)
    with database.reading() as records:
        head = records.ledger.head()
    database.close()
    assert head is not None
    return head.seq, head.hash.hex()


@pytest.mark.parametrize("verifier", [first_verdict, verify_file])
def test_an_untouched_ledger_is_proven_by_its_checkpoint_only(
    tmp_path: Path, verifier: Callable[[Path, tuple[int, str] | None], Verdict]
) -> None:
    path = tmp_path / "awards.db"
    checkpoint = checkpointed(path)
    assert (verifier(path, None), verifier(path, checkpoint)) == ("not proven", "proven")


@pytest.mark.parametrize("verifier", [first_verdict, verify_file])
@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda each: each.act.__name__)
def test_a_forgery_is_found_at_its_first_bad_event(
    tmp_path: Path,
    forgery: Forgery,
    verifier: Callable[[Path, tuple[int, str] | None], Verdict],
) -> None:
    path = tmp_path / "awards.db"
    checkpoint = checkpointed(path)
    forger = sqlite3.connect(path)
    for trigger in ("ledger_no_update", "ledger_no_delete"):
        forger.execute(f"DROP TRIGGER {trigger}")
    forgery.act(forger)
    forger.commit()
    forger.close()
    assert verifier(path, None) == forgery.alone
    assert verifier(path, checkpoint) == forgery.with_checkpoint
