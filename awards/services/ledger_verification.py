"""Check the whole ledger of an instance, with what is kept beside it; and prove one event."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from awards.domain.checkpoints import SignedCheckpoint
from awards.domain.commitments import MEMBER
from awards.domain.errors import NotFound
from awards.domain.ledger import ChainFault, Head
from awards.domain.ledger_checks import LedgerReport, verify_ledger
from awards.domain.merkle import inclusion_proof, leaf_hash
from awards.storage.database import Database
from awards.storage.records import Records


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Shows that an event is in the ledger that ``checkpoint`` was signed for.

    ``proof`` leads from the leaf, the event's hash, to the root (RFC 6962).
    """

    seq: int
    body: bytes
    hash: bytes
    proof: tuple[bytes, ...]
    checkpoint: SignedCheckpoint


def check_ledger(
    database: Database,
    *,
    brought: Sequence[SignedCheckpoint] = (),
    expected_head: Head | None = None,
) -> LedgerReport:
    """Check chain, checkpoints and keys, what was *brought* from elsewhere, and that the
    personal data which are kept are those that the events are committed to."""
    with database.reading() as records:
        report = verify_ledger(
            records.ledger.entries(),
            notes=records.checkpoints.notes(),
            brought=brought,
            expected_head=expected_head,
        )
        fault = report.chain.fault or _private_fault(records)
    return replace(report, chain=replace(report.chain, fault=fault))


def make_receipt(database: Database, seq: int) -> Receipt:
    """The receipt of event *seq* under the last checkpoint.

    Raises `NotFound` when there is no such event or no checkpoint after it.
    """
    with database.reading() as records:
        entry, signed = records.ledger.get(seq), records.checkpoints.latest()
        if signed is None or signed.checkpoint.size < seq:
            raise NotFound(
                f"No checkpoint was signed since event {seq}. Sign one: awards ledger checkpoint"
            )
        size = signed.checkpoint.size
        leaves = [leaf_hash(each) for each in records.ledger.hashes(to=size)]
    proof = inclusion_proof(leaves, seq - 1)
    return Receipt(seq=seq, body=entry.body, hash=entry.hash, proof=proof, checkpoint=signed)


def _private_fault(records: Records) -> ChainFault | None:
    for seq, private in records.ledger.all_private():
        committed = records.ledger.get(seq).event.detail.get(MEMBER)
        said = committed.get(private.name) if isinstance(committed, dict) else None
        if said != private.commitment:
            reason = f"the personal value {private.name!r} is not the one that was committed to"
            return ChainFault(step=9, name="personal data", seq=seq, reason=reason)
    return None
