"""Hand everything about a run to an auditor, and keep that it was."""

import shutil
from pathlib import Path

from awards.domain.errors import Refused
from awards.domain.records import Event
from awards.sdk.rulebook import RuleBook
from awards.services.bundles import write_bundle
from awards.services.sealed import SealedRun
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of


def hand_over_bundle(
    stores: Stores,
    sealed: SealedRun,
    *,
    receiver: str,
    output: Path,
    rulebook: RuleBook,
    act: Act,
) -> str:
    """Write the complete bundle of a run to *output*; return its SHA-256.

    The ledger says who received which bytes before they leave, so nothing leaves
    unrecorded. Raises `Refused` when nobody is named.
    """
    if not receiver.strip():
        raise Refused("Nobody is named who receives the bundle. Say who: --for NAME")
    with stores.archive.workspace() as prepared:
        packed = prepared / "bundle.zip"
        write_bundle(stores, sealed, rulebook=rulebook, everything=True, path=packed)
        digest = sha256_of(packed)
        detail: dict[str, object] = {"to": receiver.strip(), "sha256": digest}
        with stores.database.transaction() as records:
            event = Event(
                actor=act.by, action="bundle.handed-over", subject=sealed.seal, detail=detail
            )
            records.ledger.append(event, at=act.at)
        shutil.copyfile(packed, output)
    return digest
