"""Opening the database, and its transactions."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from awards.domain.checkpoints import SignedCheckpoint
from awards.domain.errors import Refused
from awards.domain.uploads import Effect
from awards.storage import sqlite
from awards.storage.account_models import AttemptRow
from awards.storage.desk_models import ColumnProfileRow, JobEffectRow, UploadRow
from awards.storage.editing_models import RulesDraftRow
from awards.storage.errors import DatabaseUnavailable, StepDone, UnrecordedAct, storage_full
from awards.storage.ledger_key import KeyFile
from awards.storage.ledger_models import CheckpointRow
from awards.storage.migration import downgrade, is_behind, upgrade
from awards.storage.models import LedgerRow
from awards.storage.records import Records

_CHANGE = re.compile(r'\s*(?:(?:INSERT|REPLACE)\b.*?\bINTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.I)
_UNRECORDED = frozenset(
    row.__tablename__
    for row in (
        *(LedgerRow, CheckpointRow, AttemptRow, RulesDraftRow),
        *(UploadRow, ColumnProfileRow, JobEffectRow),
    )
)
"""The ledger itself, and what is no record of anything: counters of failed attempts, rules
that are still being edited, files on their way to becoming parts, how senders name their
columns, and the marks of jobs."""

_READING = "awards_reading"
_WRITTEN = "awards_written"


def open_database(url: str, *, key: KeyFile | None = None) -> "Database":
    """The database at *url*: ``sqlite:///path`` or ``postgresql+psycopg://…``.

    Nothing is created yet; `Database.migrate` makes the tables. *key* signs the
    ledger's checkpoints; without one none are made.
    """
    dialect = make_url(url).get_backend_name()
    if dialect == "sqlite":
        return Database(_sqlite_engine(url), key=key)
    if dialect == "postgresql":
        return Database(create_engine(url, isolation_level="READ COMMITTED"), key=key)
    raise Refused(f"A database of kind {dialect!r} is not supported: use sqlite or postgresql.")


class Database:
    """Records behind transactions; all that is written is in the ledger, or nothing is."""

    def __init__(self, engine: Engine, *, key: KeyFile | None = None) -> None:
        event.listen(engine, "before_cursor_execute", _note_change)
        self.key = key
        self._step: tuple[str, str] | None = None
        self._writing = engine
        self._reading = engine.execution_options(**_read_only(engine))

    def once(self, job: str, step: str) -> "Database":
        """The same database, for one step of a job that changes something.

        Its one transaction marks that the step is done; another raises `StepDone`.
        """
        other = copy(self)
        other._step = (job, step)
        return other

    @property
    def url(self) -> URL:
        """Where it is, with what opens it: never show it."""
        return self._writing.url

    def migrate(self) -> None:
        """Create the tables, or bring them up to this version of the program."""
        with _failures_in_words(self._writing), self._writing.begin() as connection:
            upgrade(connection)

    def behind(self) -> bool:
        """Whether `migrate` would change something."""
        with _failures_in_words(self._reading), self._reading.connect() as connection:
            return is_behind(connection)

    def downgrade(self, revision: str) -> None:
        """Go back to the tables of *revision*.

        Raises `DatabaseUnavailable`, and changes nothing, when data would be lost.
        """
        with _failures_in_words(self._writing), self._writing.begin() as connection:
            downgrade(connection, revision)

    @contextmanager
    def transaction(self) -> Iterator[Records]:
        """Read and write alone; commit at the end, or save nothing after an error.

        Raises `UnrecordedAct`, and saves nothing, when something was written
        without an event in the ledger. A checkpoint is signed in the same
        transaction when one of its events calls for that.
        """
        with (
            _failures_in_words(self._writing),
            self._writing.begin() as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            written = connection.info[_WRITTEN] = set[str]()
            records = Records(session)
            effect = _first_event(records, self._step) if self._step else None
            yield records
            session.flush()
            if effect is not None and LedgerRow.__tablename__ in written:
                records.effects.add(effect)
            self._sign_when_due(records)
            _refuse_unrecorded(written)

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """Read one state of the records. Keep it short: writers may have to wait."""
        with (
            _failures_in_words(self._reading),
            self._reading.connect() as connection,
            Session(connection) as session,
        ):
            yield Records(session)

    def _sign_when_due(self, records: Records) -> None:
        due = records.ledger.due
        if due is not None and self.key is not None:
            sign_checkpoint(records, self.key, at=due.at, by=due.by)

    def close(self) -> None:
        """Let go of all connections."""
        self._writing.dispose()


def _first_event(records: Records, step: tuple[str, str]) -> Effect:
    """The effect that the transaction of *step* is about to have. Raises `StepDone`."""
    records.ledger.lock()
    if records.effects.find(*step) is not None:
        raise StepDone(f"Step {step[1]!r} of job {step[0]} was done before, and is not done again.")
    head = records.ledger.head()
    return Effect(job=step[0], step=step[1], seq=head.seq + 1 if head else 1)


def sign_checkpoint(
    records: Records, key: KeyFile, *, at: datetime, by: str
) -> SignedCheckpoint | None:
    """Make a checkpoint with *key*, which is made with the ledger's first one.

    None for an empty ledger. Raises `Refused` for a key that is lost or another one.
    """
    records.ledger.lock()
    if records.checkpoints.key() is None:
        key.create()
    return records.checkpoints.make(key, at=at, by=by)


def _sqlite_engine(url: str) -> Engine:
    version = sqlite3.sqlite_version_info
    sqlite.refuse_too_old(version)
    mode = sqlite.journal_mode_for(version)
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        sqlite.prepare(connection, mode)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(_READING, False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
        # A deferred transaction that writes late fails at once when another one wrote.
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _read_only(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {_READING: True}


def _note_change(
    connection: Connection, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool
) -> None:
    change = _CHANGE.match(statement)
    if change and _WRITTEN in connection.info:
        connection.info[_WRITTEN].add(change[1])


def _refuse_unrecorded(written: set[str]) -> None:
    others = written - _UNRECORDED
    if others and LedgerRow.__tablename__ not in written:
        raise UnrecordedAct(f"nothing was saved: {', '.join(sorted(others))} without an event")


@contextmanager
def _failures_in_words(engine: Engine) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise _in_words(error, engine.url.render_as_string()) from error


def _in_words(error: DBAPIError, shown: str) -> Exception:
    text = str(error.orig)
    if "disk is full" in text or "No space left" in text:
        return storage_full(shown)
    if "locked" in text:
        return DatabaseUnavailable(
            f"{shown} is being written by another command for too long; nothing was saved. "
            "Try again when that one has ended."
        )
    return DatabaseUnavailable(f"{shown} cannot be used ({text}); nothing was saved.")
