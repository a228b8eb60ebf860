"""Signed checkpoints of the ledger, and the keys that sign them."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from awards.domain.checkpoints import (
    Checkpoint,
    SignedCheckpoint,
    Signer,
    origin_of,
    read_checkpoint,
    sign_checkpoint,
)
from awards.domain.errors import Refused
from awards.domain.ledger import LedgerEntry
from awards.domain.ledger_keys import registration, replacement, rotation
from awards.domain.merkle import Frontier, leaf_hash
from awards.domain.records import Event
from awards.storage.ledger import Ledger
from awards.storage.ledger_models import CheckpointRow, LedgerKeyRow

_PEAK = 32


class Checkpoints:
    """The checkpoints of the ledger, within one transaction."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        self._session = session
        self._ledger = ledger

    def make(self, signer: Signer, *, at: datetime, by: str) -> SignedCheckpoint | None:
        """Sign the ledger as it is and keep that; the same again when nothing was added.

        The ledger's first checkpoint names the key before. None for an empty ledger.
        Raises `Refused` when another key is in force.
        """
        self._ledger.lock()
        if self._ledger.head() is None:
            return None
        if self.key() is None:
            self._put_in_force(registration(signer, by=by), signer, at=at)
        elif self.key() != signer.public_key:
            raise Refused(
                "The key of this installation is not the one that signs the ledger, so nothing "
                "was saved. Put the right key in its place; if it is lost, name a new one: "
                "awards ledger replace-key --reason WORDS"
            )
        return self._sign(signer, at=at)

    def rotate(self, old: Signer, new: Signer, *, at: datetime, by: str) -> SignedCheckpoint:
        """Put *new* in the place of *old*; the event and the checkpoint are signed by both.

        Raises `Refused` when *old* is not in force.
        """
        self._ledger.lock()
        head = self._ledger.head()
        if head is None or self.key() != old.public_key:
            raise Refused("The key to be replaced is not the one that signs the ledger.")
        self._put_in_force(rotation(old, new, log=head.log, by=by), new, at=at)
        return self._sign(new, old, at=at)

    def replace_lost(self, new: Signer, *, reason: str, at: datetime, by: str) -> SignedCheckpoint:
        """Put *new* in the place of a key that is lost; the ledger says so for ever.

        Raises `Refused` without a reason, or when no key was in force.
        """
        self._ledger.lock()
        if not reason.strip() or self.key() is None:
            raise Refused("A lost key is replaced with a reason, and only if there was one.")
        self._put_in_force(replacement(new, by=by, reason=reason.strip()), new, at=at)
        return self._sign(new, at=at)

    def key(self) -> bytes | None:
        """The public key in force."""
        last = select(LedgerKeyRow.public_key).order_by(LedgerKeyRow.seq.desc()).limit(1)
        return self._session.scalar(last)

    def latest(self) -> SignedCheckpoint | None:
        last = select(CheckpointRow.note).order_by(CheckpointRow.size.desc()).limit(1)
        note = self._session.scalar(last)
        return None if note is None else read_checkpoint(note)

    def notes(self) -> tuple[str, ...]:
        """All checkpoints as they were signed, by size."""
        return tuple(self._session.scalars(select(CheckpointRow.note).order_by(CheckpointRow.size)))

    def _put_in_force(self, event: Event, signer: Signer, *, at: datetime) -> None:
        entry = self._ledger.append(event, at=at)
        row = {"seq": entry.seq, "public_key": signer.public_key}
        self._session.execute(insert(LedgerKeyRow).values(**row))

    def _sign(self, *signers: Signer, at: datetime) -> SignedCheckpoint:
        found = self._ledger.head()
        assert found is not None
        frontier = self._frontier(found)
        if frontier is None:
            latest = self.latest()
            assert latest is not None
            return latest
        checkpoint = Checkpoint(
            origin=origin_of(found.log),
            size=found.seq,
            root=frontier.root,
            head=found.hash,
            at=at,
        )
        signed = sign_checkpoint(checkpoint, *signers)
        row = {"size": found.seq, "at": at, "note": signed.note, "peaks": b"".join(frontier.peaks)}
        self._session.execute(insert(CheckpointRow).values(**row))
        return signed

    def _frontier(self, head: LedgerEntry) -> Frontier | None:
        """The tree's frontier at *head*, or None when a checkpoint is there already."""
        last = select(CheckpointRow.size, CheckpointRow.peaks).order_by(CheckpointRow.size.desc())
        row = self._session.execute(last.limit(1)).one_or_none()
        start = Frontier() if row is None else Frontier(row.size, _peaks(row.peaks))
        if start.size == head.seq:
            return None
        return start.grown(map(leaf_hash, self._ledger.hashes(after=start.size)))


def _peaks(packed: bytes) -> tuple[bytes, ...]:
    return tuple(packed[start : start + _PEAK] for start in range(0, len(packed), _PEAK))
