"""Acts that take two persons: one asks for them, another carries them out or declines.

Nothing is changed while a request waits. The ledger says who asked for what (by the
digest of it), and who approved or declined.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from awards.domain.canonical import json_digest
from awards.domain.editing import Countersign
from awards.domain.errors import NotFound, Refused
from awards.domain.records import Event
from awards.services.signatures import SamePerson
from awards.services.stores import Act, Stores
from awards.storage.records import Records

_ID = 20


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for: ``payload`` holds everything that carrying it out needs."""

    edition: str
    act: str
    subject: str
    payload: Mapping[str, Any]
    reason: str


class Doer(Protocol):
    """Carries out one kind of act."""

    def __call__(self, request: Countersign, *, act: Act, second: str) -> object:
        """Do what *request* asks for, as *act* of who asked, with *second* agreeing.

        What it raises stops the approval, and the request goes on waiting.
        """


class AnotherPersonNeeded(SamePerson):
    """Whoever asked for it cannot agree to it too."""


class NoReason(Refused):
    """What takes two persons takes a reason as well."""


def ask_countersign(stores: Stores, asked: Asked, *, act: Act) -> Countersign:
    """Keep that a second person is needed, in place of an earlier request about the same.

    Raises `NoReason` without one.
    """
    if not asked.reason.strip():
        raise NoReason("Two persons decide this, and for a reason. Say why.")
    digest = json_digest(asked.payload)
    made_of = {**vars(asked), "payload": digest, "by": act.by, "at": act.at.isoformat()}
    request = Countersign(
        id=json_digest(made_of)[:_ID],
        edition=asked.edition,
        act=asked.act,
        subject=asked.subject,
        payload=dict(asked.payload),
        digest=digest,
        reason=asked.reason.strip(),
        asked_by=act.by,
        asked_at=act.at,
    )
    with stores.database.transaction() as records:
        records.editions.get(asked.edition)
        records.countersigns.put(request)
        _record(records, "countersign.asked", request, act)
    return request


def approve_countersign(
    stores: Stores, request: str, *, doers: Mapping[str, Doer], act: Act
) -> Countersign:
    """Agree as a second person: the act is carried out, and the request is gone.

    Raises `AnotherPersonNeeded` for whoever asked, `NotFound` when it waits no longer,
    and what the act itself raises; then the request goes on waiting.
    """
    found = _find(stores, request)
    if found.asked_by == act.by:
        raise AnotherPersonNeeded("You asked for this yourself: another person has to agree.")
    doers[found.act](found, act=Act(by=found.asked_by, at=act.at), second=act.by)
    _end(stores, found, "countersign.approved", act)
    return found


def decline_countersign(stores: Stores, request: str, *, act: Act) -> Countersign:
    """Let it not be done: by a second person, or by who asked and thought better of it."""
    found = _find(stores, request)
    _end(stores, found, "countersign.declined", act)
    return found


def _find(stores: Stores, request: str) -> Countersign:
    with stores.database.reading() as records:
        found = records.countersigns.find(request)
    if found is None:
        raise NotFound("This waits no longer: somebody approved, declined or replaced it.")
    return found


def _end(stores: Stores, request: Countersign, action: str, act: Act) -> None:
    with stores.database.transaction() as records:
        if records.countersigns.remove(request.id):
            _record(records, action, request, act)


def _record(records: Records, action: str, request: Countersign, act: Act) -> None:
    detail: dict[str, object] = {
        "request": request.id,
        "act": request.act,
        "about": request.subject,
        "digest": request.digest,
        "asked_by": request.asked_by,
        "reason": request.reason,
    }
    event = Event(actor=act.by, action=action, subject=request.edition, detail=detail)
    records.ledger.append(event, at=act.at)
