"""The whole check of a ledger: the chain, its signed checkpoints, and those kept elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from awards.domain.checkpoints import SignedCheckpoint, origin_of, read_checkpoint
from awards.domain.errors import Refused
from awards.domain.ledger import (
    OUTSIDE,
    ChainFault,
    ChainReport,
    Head,
    LedgerEntry,
    verify_chain,
)
from awards.domain.ledger_keys import ACTIONS, KeyList, LedgerKey
from awards.domain.merkle import Frontier, leaf_hash

_KEY_EVENT = b'"action":"ledger-key.'
_BATCH = 4_096


@dataclass(frozen=True, kw_only=True)
class LedgerReport:
    """What a check of everything found; ``chain`` says the first fault, whatever it is in.

    ``checkpoints`` counts the stored ones that were found right, ``keys`` are those
    that signed them.
    """

    chain: ChainReport
    checkpoints: int
    keys: tuple[LedgerKey, ...]


def verify_ledger(
    entries: Iterable[LedgerEntry],
    *,
    notes: Sequence[str] = (),
    brought: Sequence[SignedCheckpoint] = (),
    expected_head: Head | None = None,
) -> LedgerReport:
    """Check *entries* from the first on, then the stored *notes* by size, then all that
    was *brought* from elsewhere; stop at the first fault.

    Every root is computed again from the entries, so two checkpoints found right are
    consistent with each other.
    """
    read = [_read(note) for note in notes]
    sizes = {each.checkpoint.size for each in (*read, *brought) if each is not None}
    watch = _Watch(frozenset(sizes))
    chain = verify_chain(watch.over(entries), expected_head=expected_head)
    if chain.fault is not None or chain.log is None:
        return _report(chain, watch, _nothing_there(chain, [*notes, *brought]))
    fault, right = _stored_fault(read, watch)
    fault = fault or next(filter(None, (_brought_fault(each, watch) for each in brought)), None)
    proven = max([chain.proven_to or 0, *(each.checkpoint.size for each in brought)])
    return _report(replace(chain, proven_to=proven or None), watch, fault, right=right)


@dataclass
class _Watch:
    """Notes, while the chain is checked, what checkpoints are compared with."""

    sizes: frozenset[int]
    keys: KeyList | None = None
    places: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    events: int = 0
    fault: ChainFault | None = None

    def over(self, entries: Iterable[LedgerEntry]) -> Iterator[LedgerEntry]:
        """Each entry; the one before was found right when the next is asked for."""
        frontier, waiting = Frontier(), list[bytes]()
        for entry in entries:
            yield entry
            self.events = entry.seq
            waiting.append(leaf_hash(entry.hash))
            if _KEY_EVENT in entry.body:
                self._take_key(entry)
            if entry.seq in self.sizes or len(waiting) == _BATCH:
                frontier = frontier.grown(waiting)
                waiting.clear()
            if entry.seq in self.sizes:
                self.places[entry.seq] = frontier.root, entry.hash

    def _take_key(self, entry: LedgerEntry) -> None:
        event = entry.event
        if event.action not in ACTIONS:
            return
        if self.keys is None:
            self.keys = KeyList(entry.log)
        reason = self.keys.add(event, seq=entry.seq)
        if reason is not None and self.fault is None:
            self.fault = ChainFault(step=6, name="signature", seq=entry.seq, reason=reason)


def _read(note: str) -> SignedCheckpoint | None:
    try:
        return read_checkpoint(note)
    except (Refused, ValueError):
        return None


def _stored_fault(
    stored: Sequence[SignedCheckpoint | None], watch: _Watch
) -> tuple[ChainFault | None, int]:
    last = 0
    for count, each in enumerate(stored):
        if each is None:
            reason = "a stored checkpoint cannot be read"
            return ChainFault(step=5, name="root", seq=last + 1, reason=reason), count
        fault = _place_fault(each, watch, step=5, name="root") or _signature_fault(each, watch)
        if fault is None and each.checkpoint.size <= last:
            reason = "two checkpoints of one size are stored, or one out of turn"
            fault = ChainFault(step=7, name="succession", seq=last, reason=reason)
        if fault is not None:
            return fault, count
        last = each.checkpoint.size
    return watch.fault, len(stored)


def _brought_fault(brought: SignedCheckpoint, watch: _Watch) -> ChainFault | None:
    fault = _place_fault(brought, watch, step=OUTSIDE, name="checkpoint")
    unsigned = None if fault is not None else _signature_fault(brought, watch)
    return fault or (unsigned and replace(unsigned, step=OUTSIDE, name="checkpoint"))


def _place_fault(
    signed: SignedCheckpoint, watch: _Watch, *, step: int, name: str
) -> ChainFault | None:
    said = signed.checkpoint
    found = watch.places.get(said.size)
    if found is None:
        reason = f"the checkpoint counts {said.size} events, the ledger ends at {watch.events}"
        return ChainFault(step=step, name=name, seq=watch.events + 1, reason=reason)
    if found == (said.root, said.head):
        return None
    reason = f"the checkpoint says {said.head.hex()}, the ledger {found[1].hex()}"
    if found[1] == said.head:
        reason = "the events up to it have another root than the checkpoint says"
    return ChainFault(step=step, name=name, seq=said.size, reason=reason)


def _signature_fault(signed: SignedCheckpoint, watch: _Watch) -> ChainFault | None:
    said, keys = signed.checkpoint, watch.keys
    key = None if keys is None else keys.at(said.size)
    if keys is None or key is None:
        reason = "no key is named before the checkpoint"
    elif said.origin != origin_of(keys.log):
        reason = f"the checkpoint is of another ledger ({said.origin})"
    elif not signed.is_signed_with(key.public_key):
        reason = "the checkpoint is not signed with the key in force"
    else:
        return None
    return ChainFault(step=6, name="signature", seq=said.size, reason=reason)


def _nothing_there(chain: ChainReport, claims: Sequence[object]) -> ChainFault | None:
    if chain.fault is not None or not claims:
        return chain.fault
    return ChainFault(step=5, name="root", seq=1, reason="there are checkpoints but no events")


def _report(
    chain: ChainReport, watch: _Watch, fault: ChainFault | None, *, right: int = 0
) -> LedgerReport:
    proven = chain.proven_to if fault is None else None
    return LedgerReport(
        chain=replace(chain, fault=fault, proven_to=proven),
        checkpoints=right,
        keys=tuple(watch.keys.keys) if watch.keys else (),
    )
