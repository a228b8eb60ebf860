"""Sign the ledger as it is, change the key that signs, and send checkpoints away."""

from collections.abc import Iterable
from pathlib import Path

from awards.domain.checkpoints import SignedCheckpoint
from awards.domain.errors import Refused
from awards.services.mail import Mailer, Message
from awards.services.stores import Act, Stores
from awards.storage.database import sign_checkpoint
from awards.storage.ledger_key import KeyFile


def make_checkpoint(stores: Stores, *, act: Act) -> SignedCheckpoint | None:
    """Sign everything that the ledger holds; the last checkpoint when nothing was added.

    None for an empty ledger, or without a key. Call it hourly: closing, sealing,
    deciding, publishing and backing up make one by themselves.
    """
    key = stores.database.key
    if key is None:
        return None
    with stores.database.transaction() as records:
        return sign_checkpoint(records, key, at=act.at, by=act.by)


def rotate_key(stores: Stores, *, act: Act) -> SignedCheckpoint:
    """Put a new key in the place of the present one, signed by both.

    The old key's file is kept beside the new one, with the ending ``.old``: once the
    checkpoint has left, delete it. Raises `Refused` when there is no key to follow.
    """
    old, new = _keys(stores)
    with stores.database.transaction() as records:
        new.create()
        signed = records.checkpoints.rotate(old, new, at=act.at, by=act.by)
    old.path.replace(old.path.with_name(f"{old.path.name}.old"))
    new.path.replace(old.path)
    return signed


def replace_lost_key(stores: Stores, *, reason: str, act: Act) -> SignedCheckpoint:
    """Put a new key in the place of one that is lost; the ledger says so, and why.

    Raises `Refused` without a reason, or while the key is in its place.
    """
    old, new = _keys(stores)
    with stores.database.reading() as records:
        if old.exists() and records.checkpoints.key() == old.public_key:
            raise Refused(f"{old.path} is the key in force. Change it: awards ledger rotate-key")
    with stores.database.transaction() as records:
        new.create()
        signed = records.checkpoints.replace_lost(new, reason=reason, at=act.at, by=act.by)
    new.path.replace(old.path)
    return signed


def mail_checkpoint(mailer: Mailer, signed: SignedCheckpoint, *, to: Iterable[str]) -> None:
    """Send *signed* to everybody in *to*, who keep it where the server cannot reach."""
    said = signed.checkpoint
    body = (
        "Simpan pesan ini di luar server. Dengannya Anda dapat membuktikan kelak bahwa buku "
        "jejak tidak diubah.\nKeep this message away from the server. With it you can show "
        "later that the ledger was not altered.\n\n"
        f"{signed.note}"
    )
    subject = f"Checkpoint {said.size}: {said.head.hex()[:16]}"
    for address in to:
        mailer.send(Message(to=address, subject=subject, text=body))


def _keys(stores: Stores) -> tuple[KeyFile, KeyFile]:
    """The present key and the one that is to follow. Raises `Refused` without a place."""
    old = stores.database.key
    if old is None:
        raise Refused("This installation has no place for a key of the ledger.")
    return old, KeyFile(Path(f"{old.path}.new"))
