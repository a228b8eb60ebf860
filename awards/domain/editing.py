"""What is in hand: rules being edited, and acts that await a second person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from awards.domain.definition import EditionDefinition


@dataclass(frozen=True, kw_only=True)
class RulesDraft:
    """Rules that one person is editing. ``based_on`` is the version on record that they
    began from; ``version`` counts the changes of the draft itself."""

    person: str
    edition: str
    based_on: int
    definition: EditionDefinition
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class Countersign:
    """Something that one person asked for and that a second one has yet to agree to.

    ``act`` says what kind of thing it is, ``subject`` what it is about within the
    edition, ``payload`` exactly what would be done and ``digest`` that payload's SHA-256.
    """

    id: str
    edition: str
    act: str
    subject: str
    payload: Mapping[str, Any]
    digest: str
    reason: str
    asked_by: str
    asked_at: datetime
