"""Signed checkpoints: a ledger's size, root and head as a C2SP signed note.

https://c2sp.org/tlog-checkpoint and https://c2sp.org/signed-note say the format;
`SPEC.md` beside the exported ledger repeats what is used of it.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from awards.domain.errors import Refused
from awards.domain.ledger import Head

_ED25519 = b"\1"
_KEY_ID_SIZE = 4
_SIGNATURE_SIZE = 64
_AT = "%Y-%m-%dT%H:%M:%S.%fZ"
_SIGNED = re.compile("— ([^ +\n]+) ([A-Za-z0-9+/]+={0,2})")
_TEXT = re.compile(
    r"(?P<origin>[^\n]+)\n(?P<size>[1-9][0-9]{0,17})\n(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"head (?P<head>[0-9a-f]{64})\ntime (?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\n",
    re.ASCII,
)
_CALLING = frozenset({"closed", "sealed", "decided", "published", "locked", "moved", "restored"})
_CALLING_ACTIONS = frozenset({"backup.started"})


class Signer(Protocol):
    """Holds a private key of Ed25519."""

    @property
    def public_key(self) -> bytes:
        """32 bytes."""

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """What a ledger was at a moment: its ``size`` in events, the ``root`` of the tree
    over them and the hash of the last one, the ``head``."""

    origin: str
    size: int
    root: bytes
    head: bytes
    at: datetime

    @property
    def text(self) -> str:
        """The lines that are signed."""
        return (
            f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"
            f"head {self.head.hex()}\ntime {self.at.astimezone(UTC).strftime(_AT)}\n"
        )

    @property
    def place(self) -> Head:
        return self.size, self.head


@dataclass(frozen=True, kw_only=True)
class SignedCheckpoint:
    """A checkpoint as it is handed out. ``signatures`` are key ids and signatures."""

    checkpoint: Checkpoint
    note: str
    signatures: tuple[tuple[bytes, bytes], ...]

    def is_signed_with(self, public_key: bytes) -> bool:
        """Whether one of the signatures is that of *public_key*."""
        said = self.checkpoint
        wanted = key_id(said.origin, public_key)
        return any(
            own == wanted and verifies(public_key, signature, said.text.encode())
            for own, signature in self.signatures
        )


def origin_of(log: str) -> str:
    """The first line of every checkpoint of the ledger *log*, and its key's name."""
    return f"awards/{log}"


def calls_for_checkpoint(action: str) -> bool:
    """Whether a checkpoint follows an event of *action* in the same transaction: when
    something was closed, sealed, decided, published, locked, moved on or restored,
    and when a backup is started."""
    return action in _CALLING_ACTIONS or action.rpartition(".")[2] in _CALLING


def sign_checkpoint(checkpoint: Checkpoint, *signers: Signer) -> SignedCheckpoint:
    """*checkpoint* as a note signed by all *signers*."""
    text = checkpoint.text.encode()
    signed = tuple(
        (key_id(checkpoint.origin, each.public_key), each.sign(text)) for each in signers
    )
    lines = (
        f"— {checkpoint.origin} {base64.b64encode(own + signature).decode()}\n"
        for own, signature in signed
    )
    note = f"{checkpoint.text}\n{''.join(lines)}"
    return SignedCheckpoint(checkpoint=checkpoint, note=note, signatures=signed)


def read_checkpoint(note: str) -> SignedCheckpoint:
    """The checkpoint that *note* says; signatures are read, not checked.

    Raises `Refused` for what is no signed note of a ledger.
    """
    text, _, signed = note.replace("\r\n", "\n").lstrip("\n").partition("\n\n")
    match = _TEXT.fullmatch(text + "\n")
    lines = signed.splitlines()
    found = [_SIGNED.fullmatch(line.rstrip()) for line in lines if line.strip()]
    if match is None or not found or None in found:
        raise Refused(
            "This is no signed checkpoint of a ledger: it begins with the line awards/…, "
            "and its last lines with —. Give the whole text, from the first to the last line."
        )
    checkpoint = Checkpoint(
        origin=match["origin"],
        size=int(match["size"]),
        root=base64.b64decode(match["root"]),
        head=bytes.fromhex(match["head"]),
        at=datetime.fromisoformat(match["at"]),
    )
    signatures = tuple(_signature(each[2]) for each in found if each and each[1] == match["origin"])
    return SignedCheckpoint(checkpoint=checkpoint, note=note, signatures=signatures)


def _signature(encoded: str) -> tuple[bytes, bytes]:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raw = b""
    return raw[:_KEY_ID_SIZE], raw[_KEY_ID_SIZE:]


def key_id(name: str, public_key: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ public key)."""
    whole = hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()
    return whole[:_KEY_ID_SIZE]


def verifier_key(name: str, public_key: bytes) -> str:
    """The key as other programs for signed notes take it: ``name+id+base64``."""
    encoded = base64.b64encode(_ED25519 + public_key).decode()
    return f"{name}+{key_id(name, public_key).hex()}+{encoded}"


def verifies(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether *signature* is that of *public_key* over *message*."""
    if len(signature) != _SIGNATURE_SIZE:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
