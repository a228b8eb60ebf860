"""Back up an instance while it is in use."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from awards import __version__
from awards.domain.errors import Refused
from awards.domain.records import Event
from awards.services.ledger_exports import describe_key
from awards.services.ledger_verification import check_ledger
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of
from awards.storage.copies import copy_database

FORMAT = 1
MANIFEST = "backup.json"
LEFT_OUT = frozenset({"tmp", "outbox"})
"""Folders that a backup leaves out: what is being prepared, and letters on their way."""


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that was made: its digest, and the checkpoint that it contains."""

    path: Path
    sha256: str
    files: int
    checkpoint: str | None


def back_up(stores: Stores, *, output: Path, act: Act) -> Backup:
    """Write the database and all files to the zip *output*; keys and settings stay behind.

    The database is copied first: files without a record do no harm. Two events say
    that it began, which the backup contains, and what came out. Raises `Refused`
    when the file is there already.
    """
    if output.exists():
        raise Refused(f"{output} is there already. Name another file.")
    _record(stores, "backup.started", {"file": output.name}, act)
    with stores.archive.workspace() as prepared:
        packed = prepared / "backup.zip"
        database = copy_database(stores.database.url, prepared)
        note, keys = _keys(stores)
        digests: dict[str, str] = {}
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
            for name, path in _files(stores.archive.root, database):
                digests[name] = sha256_of(path)
                file.write(path, name)
            described = {
                "format": FORMAT,
                "made_at": act.at.isoformat(),
                "version": __version__,
                "database": database.name,
                "checkpoint": note,
                "keys": keys,
                "files": digests,
            }
            file.writestr(MANIFEST, json.dumps(described, indent=1))
        digest = sha256_of(packed)
        shutil.copyfile(packed, output)
    _record(stores, "backup.made", {"file": output.name, "sha256": digest}, act)
    return Backup(path=output, sha256=digest, files=len(digests), checkpoint=note)


def _files(root: Path, database: Path) -> Iterator[tuple[str, Path]]:
    yield database.name, database
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        if folder.name not in LEFT_OUT:
            for path in sorted(each for each in folder.rglob("*") if each.is_file()):
                if "__pycache__" not in path.parts:
                    yield f"files/{path.relative_to(root).as_posix()}", path


def _keys(stores: Stores) -> tuple[str | None, list[dict[str, object]]]:
    with stores.database.reading() as records:
        signed = records.checkpoints.latest()
    report = check_ledger(stores.database)
    keys = [describe_key(each, report.chain.log or "") for each in report.keys]
    return None if signed is None else signed.note, keys


def _record(stores: Stores, action: str, detail: dict[str, object], act: Act) -> None:
    event = Event(actor=act.by, action=action, subject="instance", detail=detail)
    with stores.database.transaction() as records:
        records.ledger.append(event, at=act.at)
