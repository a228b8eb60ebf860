"""Files on their way to becoming parts, and what is owed by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is said about an uploaded file: which part it makes, and how to read it.

    ``columns`` gives the title in the file for a target; ``numbers`` is ``id``, ``en`` or
    None where nothing is declared. With ``add`` the rows complete the part instead of
    replacing it. ``corrects`` names the upload whose refused row this one corrects, and
    its number there, as ``upload/row``.
    """

    part: str
    records: str | None = None
    scheme: str | None = None
    sender: str | None = None
    letter: str | None = None
    as_of: date | None = None
    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    numbers: str | None = None
    add: bool = False
    corrects: str | None = None


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A received file. ``made`` is the id of the part it became, None until then;
    ``version`` counts what was said about it, from 1."""

    id: str
    edition: str
    kind: str
    file: str
    sha256: str
    size: int
    by: str
    at: datetime
    asked: Asked
    version: int = 1
    made: str | None = None


@dataclass(frozen=True, kw_only=True)
class ColumnProfile:
    """How a sender writes a file about a kind of candidate, as it was last accepted."""

    sender: str
    kind: str
    records: str | None
    columns: Mapping[str, str]
    sheet: str | None = None
    header_row: int | None = None
    numbers: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExpectedDelivery:
    """A file that a sender owes: the part it will make, by when, and where to remind.

    ``regions`` are codes that its rows should cover, empty for all.
    """

    id: str
    edition: str
    kind: str
    part: str
    sender: str
    mail: str
    due: date
    version: int = 1
    regions: tuple[str, ...] = ()
    reminded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a step of a job did, once: ``seq`` is its first event in the ledger."""

    job: str
    step: str
    seq: int
