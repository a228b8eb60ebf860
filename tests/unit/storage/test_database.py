import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from awards.domain.errors import Refused
from awards.domain.ledger import verify_chain
from awards.storage import sqlite
from awards.storage.database import Database, open_database
from awards.storage.errors import DatabaseUnavailable, StorageFull, UnrecordedAct
from awards.storage.records import Records
from tests.unit.storage.samples import CERTIFICATE, EDITION, NOON, PART, SNAPSHOT, edition, event


def test_a_write_without_an_event_is_not_saved(database: Database) -> None:
    with (
        pytest.raises(
            UnrecordedAct, match="nothing was saved: edition, rules_version without an event"
        ),
        database.transaction() as records,
    ):
        records.editions.add(EDITION, by="Panitia", at=NOON)
    with database.reading() as records:
        assert records.editions.list() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edition SET program = 'x'",
        "DELETE FROM part",
        "insert into run (seal, edition, category, snapshot,"
        " result_digest, results_sha256, sources_sha256)"
        f" values ('{'0' * 64}', 'ipm-2024', 'c', '{SNAPSHOT.id}',"
        f" '{'0' * 64}', '{'0' * 64}', '{'0' * 64}')",
    ],
)
def test_a_change_past_the_records_without_an_event_is_not_saved(
    database: Database, statement: str
) -> None:
    with database.transaction() as records:
        records.editions.add(EDITION, by="Panitia", at=NOON)
        records.parts.add(PART)
        records.snapshots.add(SNAPSHOT)
        records.ledger.append(event(), at=NOON)
    with pytest.raises(UnrecordedAct), database.transaction() as records:
        records.ledger._session.execute(text(statement))
    with database.reading() as records:
        assert records.editions.list() == (EDITION,)
        assert records.parts.get("part-1") == PART
        assert records.runs.list("ipm-2024") == ()


def test_the_guard_starts_anew_with_each_transaction(database: Database) -> None:
    with database.transaction() as records:
        records.editions.add(EDITION, by="Panitia", at=NOON)
        records.ledger.append(event(), at=NOON)
    with pytest.raises(UnrecordedAct), database.transaction() as records:
        records.parts.add(PART)


def test_a_transaction_that_changed_nothing_needs_no_event(database: Database) -> None:
    with database.transaction() as records:
        assert records.editions.list() == ()


def test_an_error_inside_saves_nothing_and_records_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as records:
        records.editions.add(EDITION, by="Panitia", at=NOON)
        records.ledger.append(event(), at=NOON)
        raise ZeroDivisionError
    with database.reading() as records:
        assert (records.editions.list(), records.ledger.head()) == ((), None)


def test_nothing_can_be_written_while_reading(database: Database) -> None:
    with pytest.raises((DatabaseUnavailable, DBAPIError)), database.reading() as records:
        records.editions.add(EDITION, by="Panitia", at=NOON)
    with database.reading() as records:
        assert records.editions.list() == ()


def test_reading_sees_one_state_while_another_writes(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    database.migrate()
    with database.reading() as records:
        assert records.editions.list() == ()
        with database.transaction() as writer:
            writer.editions.add(EDITION, by="Panitia", at=NOON)
            writer.ledger.append(event(), at=NOON)
        assert records.editions.list() == ()
    database.close()


def in_threads(count: int, act: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=act, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_writers_at_the_same_time_get_one_chain_and_gapless_serials(database: Database) -> None:
    with database.transaction() as records:
        records.editions.add(EDITION, by="Panitia", at=NOON)
        records.ledger.append(event(), at=NOON)

    def issue(number: int) -> None:
        for again in range(5):
            with database.transaction() as records:
                add_certificate(records, code=f"{number}-{again}".rjust(26, "0"))

    in_threads(4, issue)
    with database.reading() as records:
        serials = [each.serial for each in records.certificates.list("ipm-2024")]
        report = verify_chain(records.ledger.entries())
    assert serials == list(range(1, 21))
    assert (report.events, report.fault) == (21, None)


def add_certificate(records: Records, *, code: str) -> None:
    serial = records.certificates.next_serial("ipm-2024")
    records.certificates.add(replace(CERTIFICATE, code=code, serial=serial))
    records.ledger.append(event(), at=NOON)


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(Refused, match="'mysql' is not supported: use sqlite or postgresql"):
        open_database("mysql://localhost/awards")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/absent/awards.db")
    with pytest.raises(DatabaseUnavailable, match=r"absent/awards\.db cannot be used"):
        database.migrate()
    database.close()


def test_a_database_that_stays_busy_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch, sqlite_database: Database, sqlite_url: str
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MS", 20)
    second = open_database(sqlite_url)
    with (
        sqlite_database.transaction(),
        pytest.raises(DatabaseUnavailable, match="being written by another command"),
        second.transaction(),
    ):
        pass
    second.close()


def test_a_full_database_is_said_to_be_and_works_again_after(
    sqlite_database: Database, sqlite_url: str
) -> None:
    with pytest.raises(StorageFull, match="is full, so nothing was saved"):
        fill(sqlite_database)
    sqlite_database.close()
    with sqlite_database.transaction() as records:
        assert records.editions.list() == ()
        records.editions.add(edition("ipm-2024"), by="Panitia", at=NOON)
        records.ledger.append(event(), at=NOON)
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def fill(database: Database) -> None:
    with database.transaction() as records:
        records.ledger._session.execute(text("PRAGMA max_page_count = 40"))
        for number in range(1_000):
            records.editions.add(edition(f"ipm-{number}"), by="Panitia", at=NOON)
        records.ledger.append(event(), at=NOON)


def test_a_password_is_not_shown() -> None:
    database = open_database("postgresql+psycopg://awards:secret@127.0.0.1:1/awards")
    with pytest.raises(DatabaseUnavailable) as raised:
        database.migrate()
    database.close()
    assert "secret" not in str(raised.value)
