"""Export the ledger so that anybody can verify it without this software."""

import base64
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from awards.domain.checkpoints import read_checkpoint, verifier_key
from awards.domain.errors import Refused
from awards.domain.ledger import LedgerEntry
from awards.domain.ledger_checks import LedgerReport, verify_ledger
from awards.domain.ledger_keys import LedgerKey
from awards.services.checkpoints import make_checkpoint
from awards.services.stores import Act, Stores
from awards.storage.records import Records

SHIPPED = Path(__file__).with_name("ledger_export")
"""What an auditor needs beside the events: the format in words, and a verifier."""


def export_ledger(stores: Stores, *, output: Path, act: Act) -> LedgerReport:
    """Write the ledger, its checkpoints and keys to the zip file *output*.

    Everything up to the end is signed first, where the installation has a key.
    Personal data stay behind. Raises `Refused` when the file is there already.
    """
    if output.exists():
        raise Refused(f"{output} is there already. Name another file with --output.")
    make_checkpoint(stores, act=act)
    with stores.archive.workspace() as prepared, stores.database.reading() as records:
        packed = prepared / "ledger.zip"
        notes = records.checkpoints.notes()
        report = verify_ledger(records.ledger.entries(), notes=notes)
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            _write(file, records, notes, report)
        shutil.copyfile(packed, output)
    return report


def _write(
    file: zipfile.ZipFile, records: Records, notes: tuple[str, ...], report: LedgerReport
) -> None:
    with file.open("events.jsonl", "w", force_zip64=True) as events:
        for line in _lines(records.ledger.entries()):
            events.write(line)
    for note in notes:
        size = read_checkpoint(note).checkpoint.size
        file.writestr(f"checkpoints/{size:012d}.txt", note)
    log = report.chain.log or ""
    keys = [describe_key(each, log) for each in report.keys]
    file.writestr("keys.json", json.dumps(keys, indent=2) + "\n")
    for name in ("SPEC.md", "verify.py"):
        file.write(SHIPPED / name, name)


def _lines(entries: Iterator[LedgerEntry]) -> Iterator[bytes]:
    for each in entries:
        body = base64.b64encode(each.body).decode()
        prev, own = each.prev_hash.hex(), each.hash.hex()
        yield f'{{"seq":{each.seq},"body":"{body}","prev":"{prev}","hash":"{own}"}}\n'.encode()


def describe_key(key: LedgerKey, log: str) -> dict[str, object]:
    """*key* of the ledger *log* as data for other programs."""
    return {
        "key": base64.b64encode(key.public_key).decode(),
        "verifier_key": verifier_key(f"awards/{log}", key.public_key),
        "since": key.since,
        "signed_for_by_the_key_before": key.vouched,
        "reason": key.reason,
    }
