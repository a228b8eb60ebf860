"""Verify an exported ledger. Needs Python 3.9 or later and the package `cryptography`.

    python verify.py                          the folder that this file lies in
    python verify.py --checkpoint NOTE.txt    and a checkpoint that you kept yourself
    python verify.py --checkpoint 120:9f31…   or the number and hash that you wrote down

Exit codes: 0 proven by your checkpoint; 1 altered; 2 not proven: nothing wrong was
found, but there was no checkpoint of yours to compare with. SPEC.md says what each
step demands. This program was written from SPEC.md and shares no code with the
software that wrote the ledger.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any, Union

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PROVEN, ALTERED, NOT_PROVEN = 0, 1, 2
STEPS = {
    1: "format",
    2: "sequence",
    3: "chain",
    4: "canonical form",
    5: "root of every checkpoint",
    6: "signature of every checkpoint",
    7: "succession of checkpoints",
    8: "your checkpoint",
}
MEMBERS = {"v", "log", "seq", "at", "actor", "action", "subject", "detail"}
TEXTS = ("log", "at", "actor", "action", "subject")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
BEYOND = re.compile("[\U00010000-\U0010ffff]")


class Bad(Exception):
    """A step that fails, at an event."""

    def __init__(self, step: int, seq: int, why: str) -> None:
        super().__init__(step, seq, why)
        self.step, self.seq, self.why = step, seq, why


class Ledger:
    """What a walk over the events left: the places that checkpoints name, and the keys."""

    def __init__(self, sizes: set[int]) -> None:
        self.sizes = sizes
        self.places: dict[int, tuple[bytes, bytes]] = {}
        self.keys: list[tuple[int, bytes, str, str | None]] = []
        self.peaks: list[bytes] = []
        self.log: str | None = None
        self.count, self.last = 0, bytes(32)

    def take(self, row: bytes) -> None:
        due = self.count + 1
        seq, body, prev, own = read_row(row, due)
        said = read_body(body, due)
        if seq != due or said["seq"] != due or isinstance(said["seq"], bool):
            raise Bad(2, due, f"number {due} is due, {seq} is there, the body says {said['seq']}")
        if self.log not in (None, said["log"]):
            raise Bad(2, due, "it belongs to another ledger")
        if prev != self.last:
            raise Bad(3, due, "it does not follow the event before it")
        if own != sha256(b"award-audit-v1\0" + seq.to_bytes(8, "big") + prev + body):
            raise Bad(3, due, "its hash is not that of its content")
        if not is_canonical(said, body):
            raise Bad(4, due, "the body is not in canonical form")
        self.log, self.count, self.last = said["log"], seq, own
        self.grow(own)
        if said["action"].startswith("ledger-key."):
            self.take_key(said)
        if seq in self.sizes:
            self.places[seq] = (self.root(), own)

    def grow(self, own: bytes) -> None:
        """Add a leaf to the tree of RFC 6962; `peaks` are its perfect subtrees."""
        node, carry = sha256(b"\0" + own), self.count
        while carry % 2 == 0:
            node, carry = sha256(b"\1" + self.peaks.pop() + node), carry // 2
        self.peaks.append(node)

    def root(self) -> bytes:
        found = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            found = sha256(b"\1" + peak + found)
        return found

    def take_key(self, said: dict[str, Any]) -> None:
        action, detail, seq = said["action"], said["detail"], said["seq"]
        if action == "ledger-key.registered":
            fine = not self.keys
        elif action == "ledger-key.rotated":
            fine = bool(self.keys) and self.signed_by_both(detail)
        elif action == "ledger-key.replaced":
            fine = bool(self.keys) and bool(detail.get("reason"))
        else:
            return
        if not fine or len(decoded(detail.get("key"))) != 32:
            raise Bad(6, seq, "the key was changed against the rules")
        self.keys.append((seq, decoded(detail["key"]), action, detail.get("reason")))

    def signed_by_both(self, detail: dict[str, Any]) -> bool:
        old, new = self.keys[-1][1], decoded(detail.get("key"))
        lines = ("awards-ledger-key-v1", str(self.log), encoded(old), encoded(new), "")
        statement = "\n".join(lines).encode()
        return all(
            signs(key, decoded(detail.get(name)), statement)
            for key, name in ((old, "signed_by_old"), (new, "signed_by_new"))
        )

    def key_at(self, size: int) -> bytes | None:
        return next((each[1] for each in reversed(self.keys) if each[0] <= size), None)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def decoded(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (TypeError, ValueError):
        return b""


def signs(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_row(line: bytes, due: int) -> tuple[int, bytes, bytes, bytes]:
    try:
        row = json.loads(line)
        body = base64.b64decode(row["body"], validate=True)
        prev, own = bytes.fromhex(row["prev"]), bytes.fromhex(row["hash"])
        seq = row["seq"]
    except (KeyError, TypeError, ValueError) as error:
        raise Bad(1, due, f"the line is no event: {error}") from error
    if not isinstance(seq, int) or len(prev) != 32 or len(own) != 32 or len(body) >= 65_536:
        raise Bad(1, due, "a number, a hash or the body is of the wrong size")
    return seq, body, prev, own


def read_body(body: bytes, due: int) -> dict[str, Any]:
    try:
        said = DECODER.decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Bad(1, due, f"the body is no event: {error}") from error
    if not isinstance(said, dict) or said.keys() != MEMBERS or said["v"] != 1:
        raise Bad(1, due, "the body lacks a member, has one too many or another version")
    if not all(isinstance(said[name], str) for name in TEXTS):
        raise Bad(1, due, "a member of the body has the wrong type")
    if not isinstance(said["detail"], dict) or not MOMENT.fullmatch(said["at"]):
        raise Bad(1, due, "a member of the body has the wrong type")
    return said


def whole_number(text: str) -> int:
    if abs(int(text)) >= 2**53:
        raise ValueError(f"{text} is too large")
    return int(text)


def no_fraction(text: str) -> Any:
    raise ValueError(f"{text} is no whole number")


DECODER = json.JSONDecoder(
    parse_int=whole_number, parse_float=no_fraction, parse_constant=no_fraction
)
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def is_canonical(said: dict[str, Any], body: bytes) -> bool:
    """RFC 8785 for JSON without fractions, text in NFC. Python sorts names by code
    point and the RFC by UTF-16, which differ beyond the basic plane only."""
    text = ENCODER.encode(said)
    if not text.isascii():
        if BEYOND.search(text):
            text = by_utf16(said)
        if unicodedata.normalize("NFC", text) != text:
            return False
    return text.encode() == body


def by_utf16(value: Any) -> str:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{by_utf16(name)}:{by_utf16(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(by_utf16, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


class Note:
    """A checkpoint as a signed note."""

    def __init__(self, text: str) -> None:
        text = text.replace("\r\n", "\n").lstrip("\n")
        said, _, signed = text.partition("\n\n")
        self.said = said + "\n"
        lines = said.split("\n")
        if len(lines) != 5 or lines[3][:5] != "head " or lines[4][:5] != "time ":
            raise ValueError("this is no checkpoint")
        self.origin, self.size = lines[0], int(lines[1])
        self.root, self.head = decoded(lines[2]), bytes.fromhex(lines[3][5:])
        parts = [line.split(" ") for line in signed.split("\n") if line.startswith("— ")]
        self.signatures = [
            decoded(each[2]) for each in parts if len(each) == 3 and each[1] == self.origin
        ]

    def compare_place(self, ledger: Ledger, step: int) -> None:
        if self.size > ledger.count:
            why = f"it counts {self.size} events, the ledger ends at {ledger.count}"
            raise Bad(step, ledger.count + 1, why)
        if ledger.places.get(self.size) != (self.root, self.head):
            raise Bad(step, self.size, "the ledger up to there is not the one that was signed")

    def compare_signature(self, ledger: Ledger, step: int) -> None:
        key = ledger.key_at(self.size)
        if self.origin != f"awards/{ledger.log}" or key is None:
            raise Bad(step, self.size, "it is of another ledger, or no key was in force")
        wanted = sha256(self.origin.encode() + b"\n\1" + key)[:4]
        for signature in self.signatures:
            if signature[:4] == wanted and signs(key, signature[4:], self.said.encode()):
                return
        raise Bad(step, self.size, "it is not signed with the key in force")


class Place:
    """A number and a hash, written down."""

    def __init__(self, text: str) -> None:
        number, _, digest = text.strip().partition(":")
        self.size, self.head = int(number), bytes.fromhex(digest)

    def compare_place(self, ledger: Ledger, step: int) -> None:
        if self.size > ledger.count or self.size < 1:
            why = f"it names event {self.size}, the ledger ends at {ledger.count}"
            raise Bad(step, ledger.count + 1, why)
        if ledger.places[self.size][1] != self.head:
            raise Bad(step, self.size, "the ledger has another hash there")

    def compare_signature(self, ledger: Ledger, step: int) -> None:
        """What was written down by hand is not signed."""


Brought = Union[Note, Place]


def read_brought(text: str) -> Brought:
    path = Path(text)
    if re.fullmatch(r"[0-9]{1,18}:[0-9a-fA-F]{64}", text.strip()):
        return Place(text)
    said = path.read_text("utf-8")
    return Place(said) if re.fullmatch(r"\s*[0-9]+:[0-9a-fA-F]{64}\s*", said) else Note(said)


def open_export(where: Path) -> tuple[list[str], Callable[[str], IO[bytes]]]:
    """Functions that list the files of an export and open one: of a folder or a zip."""
    if where.is_file():
        packed = zipfile.ZipFile(where)
        return packed.namelist(), packed.open
    names = [each.relative_to(where).as_posix() for each in where.rglob("*") if each.is_file()]
    return names, lambda name: (where / name).open("rb")


def stored_notes(names: Iterable[str], opened: Callable[[str], IO[bytes]]) -> list[Note]:
    found = []
    for name in sorted(names):
        if name.startswith("checkpoints/"):
            with opened(name) as file:
                try:
                    found.append(Note(file.read().decode("utf-8")))
                except ValueError as error:
                    raise Bad(5, 1, f"{name} cannot be read: {error}") from error
    return sorted(found, key=lambda each: each.size)


def check(where: Path, brought: Brought | None) -> tuple[Ledger, list[Note]]:
    """Walk all steps; return the ledger and its notes. Raises `Bad` at the first fault."""
    names, opened = open_export(where)
    notes = stored_notes(names, opened)
    ledger = Ledger({each.size for each in notes} | ({brought.size} if brought else set()))
    with opened("events.jsonl") as events:
        for line in events:
            ledger.take(line)
    last = 0
    for note in notes:
        note.compare_place(ledger, 5)
        note.compare_signature(ledger, 6)
        if note.size <= last:
            raise Bad(7, note.size, "two checkpoints count the same events")
        last = note.size
    if brought:
        brought.compare_place(ledger, 8)
        brought.compare_signature(ledger, 8)
    return ledger, notes


def tell(ledger: Ledger, notes: list[Note], brought: Brought | None) -> int:
    print(f"ledger {ledger.log or '(empty)'}: {ledger.count} events, {len(notes)} checkpoints")
    for step, name in STEPS.items():
        print(f"step {step} {name}: {'ok' if step < 8 or brought else 'nothing to compare with'}")
    for seq, key, action, reason in ledger.keys:
        told = f"key {encoded(key)} from event {seq} on"
        known = action != "ledger-key.replaced"
        print(told if known else f"{told}, NOT signed for by the key before: {reason}")
    if not brought or not ledger.count:
        print("NOT PROVEN: a cut end, a ledger written anew or an old backup looks the same.")
        print("Give the checkpoint that you kept: --checkpoint FILE or NUMBER:HASH")
        return NOT_PROVEN
    print(f"PROVEN: events 1 to {brought.size} are those of your checkpoint.")
    return PROVEN


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verify an exported ledger.")
    parser.add_argument("export", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--checkpoint", metavar="FILE|NUMBER:HASH")
    said = parser.parse_args(words)
    try:
        brought = read_brought(said.checkpoint) if said.checkpoint else None
    except (OSError, ValueError) as error:
        print(f"The checkpoint cannot be used: {error}", file=sys.stderr)
        return NOT_PROVEN
    try:
        ledger, notes = check(said.export, brought)
    except Bad as bad:
        print(f"ALTERED: step {bad.step} ({STEPS[bad.step]}) fails at event {bad.seq}: {bad.why}.")
        return ALTERED
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        print(f"ALTERED: step 1 (format): the export is not whole: {error}")
        return ALTERED
    return tell(ledger, notes, brought)


if __name__ == "__main__":
    sys.exit(main())
