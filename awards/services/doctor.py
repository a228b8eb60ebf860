"""Look an installation over: what is wrong, and what soon may be."""

import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from awards.documents.fonts import FontMissing, check_letters
from awards.domain.errors import AwardsError
from awards.storage.archive import Archive
from awards.storage.database import Database
from awards.storage.ledger_key import KeyFile
from awards.storage.sqlite import journal_mode_for

State = Literal["ok", "warning", "bad"]

_MEGABYTE = 1_000_000
_LOW, _EMPTY = 2_000 * _MEGABYTE, 200 * _MEGABYTE
_LATE = timedelta(hours=2)
_AHEAD = timedelta(minutes=5)
_ZIP_MENDED = {(3, 11): 8, (3, 12): 2}
_LEAST = {"weasyprint": (70,), "flask": (3, 1, 3), "cryptography": (50,)}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was looked at, how it is, and in words what was found or is to be done."""

    subject: str
    state: State
    words: str


@dataclass(frozen=True, kw_only=True)
class Patient:
    """The installation to look over. ``mails`` says whether letters leave the machine."""

    root: Path
    database: Database
    key: KeyFile
    mails: bool
    now: datetime


def examine(patient: Patient) -> tuple[Finding, ...]:
    """Everything that was looked at, in one order. Nothing is changed."""
    return tuple(finding for check in _CHECKS for finding in _safely(check, patient))


def _safely(check: Callable[[Patient], Iterator[Finding]], patient: Patient) -> Iterator[Finding]:
    try:
        yield from check(patient)
    except (AwardsError, OSError) as error:
        subject = check.__name__.strip("_").replace("_", " ")
        yield Finding(subject=subject, state="bad", words=str(error))


def _python(_patient: Patient) -> Iterator[Finding]:
    found = sys.version_info[:3]
    shown = ".".join(map(str, found))
    mended = found[2] >= _ZIP_MENDED.get(found[:2], 0)
    words = shown if mended else f"{shown} lacks the mend for zip files that overlap: upgrade"
    yield Finding(subject="python", state="ok" if mended else "warning", words=words)


def _libraries(_patient: Patient) -> Iterator[Finding]:
    for name, least in _LEAST.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            yield Finding(subject=name, state="bad", words="is not installed")
            continue
        numbers = tuple(int(each) for each in found.split(".")[: len(least)] if each.isdigit())
        needed = ".".join(map(str, least))
        words = found if numbers >= least else f"{found}: {needed} or later is needed"
        yield Finding(subject=name, state="ok" if numbers >= least else "bad", words=words)


def _sqlite(patient: Patient) -> Iterator[Finding]:
    if patient.database.url.get_backend_name() != "sqlite":
        return
    mode = journal_mode_for(sqlite3.sqlite_version_info)
    words = f"{sqlite3.sqlite_version}, journal {mode}"
    if mode != "wal":
        words += ": this version may lose data in WAL mode, so that is not used"
    yield Finding(subject="sqlite", state="ok", words=words)


def _database(patient: Patient) -> Iterator[Finding]:
    behind = patient.database.behind()
    words = "its tables are those of an older version: any other command brings them up to date"
    with patient.database.reading() as records:
        head = None if behind else records.ledger.head()
    state: State = "warning" if behind else "ok"
    shown = "the ledger is empty" if head is None else f"{head.seq} events in the ledger"
    yield Finding(subject="database", state=state, words=words if behind else shown)


def _folder(patient: Patient) -> Iterator[Finding]:
    open_to = stat.S_IMODE(patient.root.stat().st_mode) & 0o077
    words = f"others may look into {patient.root}: chmod 700 {patient.root}"
    yield Finding(
        subject="permissions",
        state="warning" if open_to else "ok",
        words=words if open_to else "closed to others",
    )
    waiting = Archive(patient.root).orphans()
    if waiting:
        words = f"{len(waiting)} folders of commands that were killed; the next act sweeps them"
        yield Finding(subject="leftovers", state="ok", words=words)


def _disk(patient: Patient) -> Iterator[Finding]:
    free = shutil.disk_usage(patient.root).free
    state: State = "bad" if free < _EMPTY else "warning" if free < _LOW else "ok"
    yield Finding(subject="disk", state=state, words=f"{free // _MEGABYTE:,} MB free")


def _fonts(_patient: Patient) -> Iterator[Finding]:
    try:
        check_letters("Kabupaten é", label="fonts")
    except FontMissing as error:
        yield Finding(subject="fonts", state="bad", words=str(error))
    else:
        yield Finding(subject="fonts", state="ok", words="installed")


def _clock(patient: Patient) -> Iterator[Finding]:
    if patient.database.behind():
        return
    with patient.database.reading() as records:
        head = records.ledger.head()
    ahead = head is not None and head.at > patient.now + _AHEAD
    words = f"{patient.now:%Y-%m-%d %H:%M:%S %Z}"
    if ahead and head is not None:
        words += f", but the last event is of {head.at:%Y-%m-%d %H:%M}: set the clock right"
    yield Finding(subject="clock", state="bad" if ahead else "ok", words=words)


def _key(patient: Patient) -> Iterator[Finding]:
    if patient.database.behind():
        return
    with patient.database.reading() as records:
        wanted, head = records.checkpoints.key(), records.ledger.head()
        signed = records.checkpoints.latest()
    if wanted is None:
        yield Finding(subject="key", state="ok", words="none yet: made with the first checkpoint")
        return
    if patient.key.public_key != wanted:
        words = f"{patient.key.path} is not the key that signs the ledger: put the right one there"
        yield Finding(subject="key", state="bad", words=words)
        return
    yield Finding(subject="key", state="ok", words="signs the ledger")
    size = 0 if signed is None else signed.checkpoint.size
    unsigned = head is not None and head.seq > size and patient.now - head.at > _LATE
    words = f"the last counts {size} events"
    if unsigned:
        words += ", and what came after has waited for hours: awards ledger checkpoint"
    yield Finding(subject="checkpoint", state="warning" if unsigned else "ok", words=words)


def _mail(patient: Patient) -> Iterator[Finding]:
    words = "sent by the configured server" if patient.mails else "letters become files in outbox"
    yield Finding(subject="mail", state="ok" if patient.mails else "warning", words=words)


_CHECKS = (
    _python,
    _libraries,
    _sqlite,
    _database,
    _folder,
    _disk,
    _fonts,
    _clock,
    _key,
    _mail,
)
