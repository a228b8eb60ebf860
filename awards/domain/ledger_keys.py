"""Which key signs a ledger's checkpoints: the ledger itself says so.

The key of the last key event up to a checkpoint's size must have signed it, so
that numbers and not clocks decide from when on a key counts.
"""

import base64
import binascii
from dataclasses import dataclass, field

from awards.domain.checkpoints import Signer, verifies
from awards.domain.records import Event

REGISTERED = "ledger-key.registered"
ROTATED = "ledger-key.rotated"
REPLACED = "ledger-key.replaced"
ACTIONS = frozenset({REGISTERED, ROTATED, REPLACED})
_SIZE = 32


@dataclass(frozen=True, kw_only=True)
class LedgerKey:
    """A public key, in force from the event ``since`` on. ``vouched`` says whether the
    key before it signed for it; ``reason`` why not."""

    public_key: bytes
    since: int
    vouched: bool
    reason: str | None = None


@dataclass
class KeyList:
    """The keys of a ledger in the order they came into force."""

    log: str
    keys: list[LedgerKey] = field(default_factory=list)

    def at(self, size: int) -> LedgerKey | None:
        """The key in force when the ledger had *size* events."""
        return next((each for each in reversed(self.keys) if each.since <= size), None)

    def add(self, event: Event, *, seq: int) -> str | None:
        """Take the key event number *seq* in; or say what is wrong with it."""
        try:
            key = _decoded(event.detail["key"])
            fault = _CHECKS[event.action](self, key, event.detail)
        except (KeyError, ValueError):
            return "a key event without a usable key"
        if fault is None:
            reason = event.detail.get("reason")
            self.keys.append(
                LedgerKey(
                    public_key=key,
                    since=seq,
                    vouched=event.action != REPLACED,
                    reason=None if reason is None else str(reason),
                )
            )
        return fault


def registration(key: Signer, *, by: str) -> Event:
    """The event that names a ledger's first key."""
    return Event(
        actor=by, action=REGISTERED, subject="ledger", detail={"key": _encoded(key.public_key)}
    )


def rotation(old: Signer, new: Signer, *, log: str, by: str) -> Event:
    """The event that puts *new* in the place of *old*, signed by both."""
    statement = _statement(log, old.public_key, new.public_key)
    detail: dict[str, object] = {
        "key": _encoded(new.public_key),
        "signed_by_old": _encoded(old.sign(statement)),
        "signed_by_new": _encoded(new.sign(statement)),
    }
    return Event(actor=by, action=ROTATED, subject="ledger", detail=detail)


def replacement(new: Signer, *, by: str, reason: str) -> Event:
    """The event that puts *new* in the place of a key that is lost."""
    detail: dict[str, object] = {"key": _encoded(new.public_key), "reason": reason}
    return Event(actor=by, action=REPLACED, subject="ledger", detail=detail)


def _registered(keys: KeyList, _key: bytes, _detail: dict[str, object]) -> str | None:
    return "a first key is named twice" if keys.keys else None


def _rotated(keys: KeyList, key: bytes, detail: dict[str, object]) -> str | None:
    if not keys.keys:
        return "a key takes the place of none"
    old = keys.keys[-1].public_key
    statement = _statement(keys.log, old, key)
    for signer, name in ((old, "signed_by_old"), (key, "signed_by_new")):
        if not verifies(signer, base64.b64decode(str(detail[name])), statement):
            return f"a key was changed without the signature {name.replace('_', ' ')}"
    return None


def _replaced(keys: KeyList, _key: bytes, detail: dict[str, object]) -> str | None:
    if not keys.keys:
        return "a key takes the place of none"
    return None if detail.get("reason") else "a key was replaced without a reason"


_CHECKS = {REGISTERED: _registered, ROTATED: _rotated, REPLACED: _replaced}


def _statement(log: str, old: bytes, new: bytes) -> bytes:
    return f"awards-ledger-key-v1\n{log}\n{_encoded(old)}\n{_encoded(new)}\n".encode()


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decoded(text: object) -> bytes:
    try:
        raw = base64.b64decode(str(text), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    if len(raw) != _SIZE:
        raise ValueError("a key has 32 bytes")
    return raw
