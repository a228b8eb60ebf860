"""A verifier of chains written from the format's description, with the standard library.

It shares no code with the program, so that one mistake is not made twice.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

Verdict = tuple[int, int] | str
"""(failing step, first bad number), or "proven", or "not proven"."""


Row = tuple[int, bytes, bytes, bytes]
FIELDS = {"v", "log", "seq", "at", "actor", "action", "subject", "detail"}


def verify_rows(rows: Sequence[Row], checkpoint: tuple[int, str] | None) -> Verdict:
    """*rows* in the order of their numbers; *checkpoint* is a number and a hash."""
    log, before = None, b"\0" * 32
    for due, row in enumerate(rows, 1):
        said = parsed(row[1])
        step = failing_step(due, row, said, before=before, log=log)
        if step is None and checkpoint and checkpoint[0] == due:
            step = None if row[3].hex() == checkpoint[1] else 8
        if step is not None:
            return step, due
        log, before = said["log"], row[3]
    if checkpoint is None:
        return "not proven"
    return "proven" if checkpoint[0] <= len(rows) else (8, len(rows) + 1)


def parsed(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def failing_step(
    due: int, row: Row, said: dict[str, Any], *, before: bytes, log: str | None
) -> int | None:
    seq, body, prev, own = row
    digest = hashlib.sha256()
    for piece in (b"award-audit-v1", b"\0", seq.to_bytes(8, "big"), prev, body):
        digest.update(piece)
    if set(said) != FIELDS or said["v"] != 1 or len(prev) != 32 or len(own) != 32:
        return 1
    if seq != due or said["seq"] != due or log not in (None, said["log"]):
        return 2
    if prev != before or own != digest.digest():
        return 3
    return None if encoded(said).encode() == body else 4


def encoded(value: Any) -> str:
    """RFC 8785 for the JSON that a ledger may hold: no fractions."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{encoded(name)}:{encoded(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(encoded, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
