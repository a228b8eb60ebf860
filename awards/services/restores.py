"""Put a backup back, after everything in it was checked."""

import json
import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awards.domain.checkpoints import SignedCheckpoint
from awards.domain.errors import Altered, Refused
from awards.domain.ledger import Head
from awards.domain.ledger_checks import LedgerReport
from awards.domain.records import Event
from awards.services.backups import FORMAT, MANIFEST
from awards.services.checkpoints import replace_lost_key
from awards.services.ledger_verification import check_ledger
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of
from awards.storage.copies import empty_again, put_back, refuse_occupied
from awards.storage.digests import read_digests

ALLOWED = frozenset({"config.toml", "ledger.key", "tmp"})
"""What may lie in the folder that a backup is put back into."""

_NAME = re.compile(r"files/([A-Za-z0-9][A-Za-z0-9._ -]*/)+[A-Za-z0-9_][A-Za-z0-9._ -]*")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What was kept elsewhere to compare with. ``loss`` is the reason to go on although
    the backup lacks events that a checkpoint counts."""

    checkpoints: Sequence[SignedCheckpoint] = ()
    head: Head | None = None
    loss: str | None = None


def restore(stores: Stores, backup: Path, *, kept: Kept, act: Act) -> LedgerReport:
    """Put *backup* into the new instance of *stores*, and record that.

    Checked are the digest of every file, the chain, its checkpoints, what was *kept*
    elsewhere, and every digest on record. Raises `Refused` for a folder or database
    that holds something and for what is no backup, `Altered` when something differs;
    files are then taken away again.
    """
    root = stores.archive.root
    _refuse_occupied_folder(root)
    refuse_occupied(stores.database.url)
    with _opened(backup) as packed, stores.archive.workspace() as work:
        described = _described(packed, backup)
        folders = _unpack(packed, described, work)
        put_back(work / described["database"], stores.database.url)
        for folder in folders:
            (work / "files" / folder).rename(root / folder)
    try:
        stores.database.migrate()
        report, lost = _check(stores, kept)
    except BaseException:
        for folder in folders:
            shutil.rmtree(root / folder)
        stores.database.close()
        empty_again(stores.database.url)
        raise
    _record(stores, backup, report, lost=lost, kept=kept, act=act)
    return report


def _opened(backup: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(backup)
    except (zipfile.BadZipFile, IsADirectoryError) as error:
        raise Refused(
            f"{backup} was not made by awards backup. The copy of a database or a folder that "
            "was in use may be torn, so it is not put back."
        ) from error


def _described(packed: zipfile.ZipFile, backup: Path) -> dict[str, Any]:
    try:
        described: dict[str, Any] = json.loads(packed.read(MANIFEST))
    except (KeyError, ValueError) as error:
        raise Refused(f"{backup} was not made by awards backup: it holds no {MANIFEST}.") from error
    if described.get("format") != FORMAT:
        raise Refused(f"{backup} was made by another version of awards. Use that one.")
    names = set(described["files"]) - {described["database"]}
    strange = next((name for name in sorted(names) if not _NAME.fullmatch(name)), None)
    if strange is not None or described["database"] not in described["files"]:
        raise Altered(f"{backup} names a file that no backup holds ({strange}).")
    return described


def _unpack(packed: zipfile.ZipFile, described: dict[str, Any], work: Path) -> list[str]:
    """Unpack and check every file; the names of the folders that were filled."""
    for name, sha256 in described["files"].items():
        try:
            packed.extract(name, work)
        except (KeyError, zipfile.BadZipFile) as error:
            raise Altered(f"The backup is damaged at {name}: {error}. Use another one.") from error
        if sha256_of(work / name) != sha256:
            raise Altered(f"The backup is damaged at {name}. Use another one.")
    files = work / "files"
    return sorted(each.name for each in files.iterdir()) if files.is_dir() else []


def _refuse_occupied_folder(root: Path) -> None:
    others = sorted(each.name for each in root.iterdir() if each.name not in ALLOWED)
    if others:
        raise Refused(
            f"{root} is not empty: it holds {', '.join(others[:5])}. A backup is put back into a "
            "folder with nothing but config.toml and ledger.key."
        )


def _check(stores: Stores, kept: Kept) -> tuple[LedgerReport, int]:
    """The report, and up to which event a checkpoint counts that the backup lacks, or 0."""
    whole = check_ledger(stores.database)
    ahead = [
        place
        for place in (*(each.checkpoint.place for each in kept.checkpoints), kept.head)
        if place is not None and place[0] > whole.chain.events
    ]
    lost = max((place[0] for place in ahead), default=0)
    if lost and not kept.loss:
        raise Altered(
            f"The backup ends at event {whole.chain.events}, but a checkpoint counts {lost}: what "
            "was done since is not in it. Use a later backup, or say why that is accepted: "
            "--accept-loss WORDS"
        )
    brought = tuple(each for each in kept.checkpoints if each.checkpoint.place not in ahead)
    head = None if kept.head in ahead else kept.head
    report = check_ledger(stores.database, brought=brought, expected_head=head)
    if report.chain.fault is not None:
        raise Altered(report.chain.words)
    _check_files(stores)
    return report, lost


def _check_files(stores: Stores) -> None:
    archive = stores.archive
    with stores.database.reading() as records:
        for path, sha256 in records.holdings.files(archive):
            archive.checked(path, sha256)
        for folder, digest in records.holdings.publications(archive):
            for name, sha256 in read_digests(folder, digest=digest).items():
                archive.checked(folder / name, sha256)


def _record(
    stores: Stores, backup: Path, report: LedgerReport, *, lost: int, kept: Kept, act: Act
) -> None:
    key = stores.database.key
    if key is not None and report.keys and not key.exists():
        replace_lost_key(stores, reason="restored from a backup without the key", act=act)
    detail: dict[str, object] = {
        "backup": sha256_of(backup),
        "events": report.chain.events,
        "proven_to": report.chain.proven_to or 0,
    }
    if lost:
        detail |= {"lost_to": lost, "reason": str(kept.loss)}
    event = Event(actor=act.by, action="instance.restored", subject="instance", detail=detail)
    with stores.database.transaction() as records:
        records.ledger.append(event, at=act.at)
