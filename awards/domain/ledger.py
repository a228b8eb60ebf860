"""The ledger's format: what an entry is, how it is hashed, how a chain is checked.

Pure rules; `docs/ledger.md` states the same as a specification.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from unicodedata import is_normalized

from awards.domain.canonical import canonical_json
from awards.domain.records import Event

TAG = b"award-audit-v1\0"
GENESIS = bytes(32)
"""What the first entry has in place of a previous hash."""

BODY_LIMIT = 65_536
OUTSIDE = 8
"""The step that compares with a checkpoint kept elsewhere; 5 to 7 are `ledger_checks`'."""

_VERSION = 1
_HASH_SIZE = 32
_EXACT = 2**53
_AT = "%Y-%m-%dT%H:%M:%S.%fZ"
_TEXT_FIELDS = ("log", "at", "actor", "action", "subject")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_FIELDS = frozenset(_TEXT_FIELDS) | {"v", "seq", "detail"}

Head = tuple[int, bytes]
"""A place in a ledger: sequence number and hash."""


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """One event as it is stored: the bytes that were hashed, and both hashes."""

    seq: int
    body: bytes
    prev_hash: bytes
    hash: bytes

    @property
    def head(self) -> Head:
        return self.seq, self.hash

    @property
    def log(self) -> str:
        """The random id of the ledger that the entry belongs to."""
        return str(_parsed(self.body)["log"])

    @property
    def at(self) -> datetime:
        """When it was recorded, in UTC. It informs; the sequence number orders."""
        return datetime.fromisoformat(_parsed(self.body)["at"])

    @property
    def event(self) -> Event:
        said = _parsed(self.body)
        return Event(**{name: said[name] for name in ("actor", "action", "subject", "detail")})


@dataclass(frozen=True, kw_only=True)
class ChainFault:
    """The first thing wrong: which step of the check, at which sequence number, and why."""

    step: int
    name: str
    seq: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ChainReport:
    """What a check found.

    ``events`` and ``head`` count what was read without a fault. ``proven_to`` is
    the sequence number of the checkpoint that the chain was found to contain;
    without one, a chain that was cut short or written anew looks intact.
    """

    events: int
    log: str | None
    head: Head | None
    fault: ChainFault | None
    proven_to: int | None

    @property
    def intact(self) -> bool:
        return self.fault is None

    @property
    def words(self) -> str:
        """What was shown and what was not, as one sentence."""
        if self.fault is not None:
            at = self.fault
            return f"Altered: step {at.step} ({at.name}) fails at event {at.seq}: {at.reason}."
        if self.proven_to is None and self.head is None:
            return "The ledger is empty: nothing is proven."
        if self.proven_to is None:
            return (
                "The chain is consistent, but not proven against a checkpoint: "
                "a cut tail or a chain written anew would look the same."
            )
        return f"Proven: every event up to {self.proven_to} is the one the checkpoint names."


def entry_hash(seq: int, prev: bytes, body: bytes) -> bytes:
    """SHA-256 over tag ‖ seq (8 bytes, big-endian) ‖ previous hash (32) ‖ body."""
    return hashlib.sha256(TAG + seq.to_bytes(8, "big") + prev + body).digest()


def make_body(event: Event, *, log: str, seq: int, at: datetime) -> bytes:
    """The canonical bytes that record *event* as number *seq* of the ledger *log*.

    Raises `ValueError` for a time without zone, for a number that is not an
    integer below 2⁵³ in size (write it as text) and for a body that is too long.
    """
    if at.tzinfo is None:
        raise ValueError("the time of an event needs a time zone")
    _refuse_inexact(event.detail)
    body = canonical_json(
        {
            "v": _VERSION,
            "log": log,
            "seq": seq,
            "at": at.astimezone(UTC).strftime(_AT),
            "actor": event.actor,
            "action": event.action,
            "subject": event.subject,
            "detail": event.detail,
        }
    )
    if len(body) >= BODY_LIMIT:
        raise ValueError(f"the event {event.action!r} takes {len(body)} bytes; put data in a file")
    return body


def next_entry(
    event: Event, *, after: LedgerEntry | None, at: datetime, new_log: str
) -> LedgerEntry:
    """The entry that follows *after*; the first one of the ledger *new_log* after None."""
    seq = 1 if after is None else after.seq + 1
    prev = GENESIS if after is None else after.hash
    body = make_body(event, log=new_log if after is None else after.log, seq=seq, at=at)
    return LedgerEntry(seq=seq, body=body, prev_hash=prev, hash=entry_hash(seq, prev, body))


def verify_chain(
    entries: Iterable[LedgerEntry], *, expected_head: Head | None = None
) -> ChainReport:
    """Check *entries*, in stored order, from the first on; stop at the first fault.

    *expected_head* is a checkpoint kept elsewhere: the chain must contain exactly
    this hash at this number, and may have grown since.
    """
    last: LedgerEntry | None = None
    log: str | None = None
    for count, entry in enumerate(entries):
        fault = _entry_fault(entry, last, log) or _checkpoint_fault(entry, expected_head)
        if fault is not None:
            return _report(count, log, last, fault=fault)
        last, log = entry, log or entry.log
    events = 0 if last is None else last.seq
    return _report(events, log, last, fault=_cut(last, expected_head), expected=expected_head)


def _report(
    events: int,
    log: str | None,
    last: LedgerEntry | None,
    *,
    fault: ChainFault | None,
    expected: Head | None = None,
) -> ChainReport:
    return ChainReport(
        events=events,
        log=log,
        head=None if last is None else last.head,
        fault=fault,
        proven_to=expected[0] if expected is not None and fault is None else None,
    )


def _entry_fault(
    entry: LedgerEntry, last: LedgerEntry | None, log: str | None
) -> ChainFault | None:
    due = 1 if last is None else last.seq + 1
    try:
        said = _parsed(entry.body)
    except (ValueError, RecursionError) as error:
        return ChainFault(step=1, name="format", seq=due, reason=f"the body is no event: {error}")
    for step, (name, check) in enumerate(_STEPS, start=1):
        reason = check(entry, said, last, log)
        if reason is not None:
            return ChainFault(step=step, name=name, seq=due, reason=reason)
    return None


_Check = Callable[[LedgerEntry, dict[str, Any], LedgerEntry | None, str | None], str | None]


def _format(
    entry: LedgerEntry, said: dict[str, Any], _last: LedgerEntry | None, _log: str | None
) -> str | None:
    if len(entry.hash) != _HASH_SIZE or len(entry.prev_hash) != _HASH_SIZE:
        return "a hash is not 32 bytes long"
    if len(entry.body) >= BODY_LIMIT:
        return "the body is too long"
    if said.keys() != _FIELDS:
        return "the body lacks a field or has one too many"
    texts = {type(said[name]) for name in _TEXT_FIELDS}
    if texts != {str} or not isinstance(said["detail"], dict) or said["v"] != _VERSION:
        return "a field of the body has the wrong type or version"
    return _instant_fault(said["at"])


def _instant_fault(at: str) -> str | None:
    try:
        exact = _INSTANT.fullmatch(at) is not None and bool(datetime.fromisoformat(at))
    except ValueError:
        exact = False
    return None if exact else f"{at!r} is no time in UTC with microseconds"


def _sequence(
    entry: LedgerEntry, said: dict[str, Any], last: LedgerEntry | None, log: str | None
) -> str | None:
    due = 1 if last is None else last.seq + 1
    if entry.seq != due:
        return f"number {due} is due, {entry.seq} is there"
    if said["seq"] != entry.seq or isinstance(said["seq"], bool):
        return f"the body says it is number {said['seq']}"
    if log is not None and said["log"] != log:
        return f"it belongs to another ledger ({said['log']})"
    return None


def _chain(
    entry: LedgerEntry, _said: dict[str, Any], last: LedgerEntry | None, _log: str | None
) -> str | None:
    if entry.prev_hash != (GENESIS if last is None else last.hash):
        return "it does not follow the event before it"
    if entry.hash != entry_hash(entry.seq, entry.prev_hash, entry.body):
        return "its hash is not that of its content"
    return None


def _canonical(
    entry: LedgerEntry, said: dict[str, Any], _last: LedgerEntry | None, _log: str | None
) -> str | None:
    # Without fractions the standard library writes the bytes of RFC 8785, ten times
    # faster; but it sorts names by code point and leaves text as it is.
    quick = _ENCODER.encode(said)
    plain = quick.isascii() or (is_normalized("NFC", quick) and not _ASTRAL.search(quick))
    if plain and quick.encode() == entry.body:
        return None
    return None if canonical_json(said) == entry.body else "the body is not in canonical form"


_STEPS: tuple[tuple[str, _Check], ...] = (
    ("format", _format),
    ("sequence", _sequence),
    ("chain", _chain),
    ("canonical form", _canonical),
)


def _checkpoint_fault(entry: LedgerEntry, expected: Head | None) -> ChainFault | None:
    if expected is None or entry.seq != expected[0] or entry.hash == expected[1]:
        return None
    reason = f"the checkpoint says {expected[1].hex()}, the ledger {entry.hash.hex()}"
    return ChainFault(step=OUTSIDE, name="checkpoint", seq=entry.seq, reason=reason)


def _cut(last: LedgerEntry | None, expected: Head | None) -> ChainFault | None:
    events = 0 if last is None else last.seq
    if expected is None or 0 < expected[0] <= events:
        return None
    reason = f"the checkpoint names event {expected[0]}, the ledger ends at {events}"
    return ChainFault(step=OUTSIDE, name="checkpoint", seq=events + 1, reason=reason)


def _parsed(body: bytes) -> dict[str, Any]:
    said = _DECODER.decode(body.decode())
    if not isinstance(said, dict):
        raise ValueError("it is not an object")
    return said


def _refuse(text: str) -> Any:
    raise ValueError(f"the number {text} is no integer")


def _integer(text: str) -> int:
    value = int(text)
    if abs(value) >= _EXACT:
        raise ValueError(f"the number {text} is too large")
    return value


# Made once: `json.loads` and `json.dumps` make new ones for every call with options.
_DECODER = json.JSONDecoder(parse_float=_refuse, parse_int=_integer, parse_constant=_refuse)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _refuse_inexact(value: object) -> None:
    if isinstance(value, dict):
        for item in value.values():
            _refuse_inexact(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_inexact(item)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) >= _EXACT):
        raise ValueError(f"{value!r} in an event: write numbers with fractions as text")
