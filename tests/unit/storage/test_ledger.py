from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from awards.domain.ledger import GENESIS, verify_chain
from awards.storage.database import Database, open_database
from tests.unit.storage.samples import NOON, event


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


def made(path: Path, *, events: int) -> Database:
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    append(database, events)
    return database
