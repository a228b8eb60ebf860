"""Erase personal data from beside the ledger; the ledger stays provable."""

from awards.domain.errors import Refused
from awards.domain.ledger import LedgerEntry
from awards.domain.records import Event
from awards.services.stores import Act, Stores


def erase_private(stores: Stores, *, seq: int, name: str, reason: str, act: Act) -> LedgerEntry:
    """Delete the personal value *name* of event *seq*, and record that and why.

    What is left in the event, a commitment, tells nothing without the nonce, which
    goes too. Raises `Refused` without a reason and `NotFound` when nothing is there.
    """
    if not reason.strip():
        raise Refused("Say why it is erased, for instance the request's number: --reason WORDS")
    detail: dict[str, object] = {"event": seq, "name": name, "reason": reason.strip()}
    event = Event(actor=act.by, action="private.erased", subject=str(seq), detail=detail)
    with stores.database.transaction() as records:
        records.ledger.erase(seq, name)
        return records.ledger.append(event, at=act.at)
