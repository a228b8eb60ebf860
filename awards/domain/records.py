"""What the system remembers: one frozen type for each thing on record."""

from dataclasses import dataclass, field
from datetime import date, datetime

from awards.domain.definition import EditionDefinition
from awards.domain.stages import Stage


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One holding of a program, with the definition in force.

    ``version`` counts its definitions from 1. ``decree`` is the one that its rules
    are locked by, None while they are not.
    """

    code: str
    program: str
    program_title: dict[str, str]
    definition: EditionDefinition
    version: int = 1
    stage: Stage = Stage.DRAFT
    decree: str | None = None


@dataclass(frozen=True, kw_only=True)
class RulesVersion:
    """One version of an edition's definition. ``changes`` tell it from the one before;
    ``reason`` and ``second`` stand where locked rules were changed."""

    edition: str
    number: int
    definition: EditionDefinition
    digest: str
    by: str
    saved_at: datetime
    changes: tuple[str, ...] = ()
    reason: str | None = None
    second: str | None = None


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A file as it was received; kept byte for byte under its SHA-256.

    ``columns`` gives, for each target, the letters of the column it was read from.
    """

    name: str
    sha256: str
    sheet: str | None = None
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One sender's data for one kind of candidate, checked and typed.

    ``columns`` gives, for each target (``id``, an attribute, an indicator), the
    column it was read from; each of several sources knows its own.
    ``sha256`` is the digest of the part's Parquet file. A part is never changed:
    replacing or adding to it makes a new part under the same name. ``scheme``
    names what the ids are numbered by, None for the kind's own; ``records`` the
    type of record that the rows are, None for rows of indicators.
    """

    id: str
    edition: str
    kind: str
    name: str
    sources: tuple[SourceFile, ...]
    columns: dict[str, str]
    rows: int
    refused: int
    sha256: str
    sender: str | None = None
    letter: str | None = None
    as_of: date | None = None
    scheme: str | None = None
    records: str | None = None


@dataclass(frozen=True, kw_only=True)
class Crosswalk:
    """A reviewed table of ids and the candidates they belong to, for one kind.

    ``digest`` is that of its Parquet file: ``scheme``, ``id``, ``candidate`` and
    ``by``, who reviewed the entry; sorted by scheme and id, which are unique.
    """

    digest: str
    kind: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Parts put together: immutable, sorted by id. ``id`` is the digest of its
    description, ``sha256`` that of its Parquet file."""

    id: str
    edition: str
    kind: str
    parts: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Run:
    """One evaluation of a category over a snapshot. The seal is the digest of
    the manifest, so the same inputs and rules give the same run."""

    seal: str
    edition: str
    category: str
    snapshot: str
    result_digest: str
    results_sha256: str
    sources_sha256: str


@dataclass(frozen=True, kw_only=True)
class RobustnessRecord:
    """How firm the places of a run are: advice beside it, under a seal of its own.

    ``digest`` is that of the table, ``sha256`` that of its Parquet file.
    """

    seal: str
    run: str
    digest: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """A question that was kept: how places of a run would be under other rules.

    ``changes`` says which, as JSON data; ``moved`` is how many places change, which
    stand in the Parquet file of the digest ``id``. It is no run: nothing can be decided
    on its strength.
    """

    id: str
    run: str
    changes: dict[str, object]
    reason: str
    moved: int
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Conferred:
    """A title given to a candidate, with the name at that time."""

    candidate: str
    name: str
    title: str
    words: dict[str, str]
    place: int


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the committee resolved on the strength of one run."""

    id: int
    edition: str
    category: str
    seal: str
    titles: tuple[Conferred, ...]
    by: str
    second: str
    minutes: str
    decided_on: date


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """An issued certificate. ``serial`` counts without a gap within an edition;
    ``code`` (≥ 128 bits) is what the verify page is asked for."""

    code: str
    edition: str
    category: str
    serial: int
    number: str
    label: str
    candidate: str
    name: str
    title: dict[str, str]
    language: str
    sha256: str
    issued_on: date


@dataclass(frozen=True, kw_only=True)
class Publication:
    """The prepared public data of an edition that visitors see now, and the
    ledger's event that switched it in."""

    edition: str
    digest: str
    published_at: datetime
    ledger_seq: int
    ledger_hash: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """An act to record. ``detail`` is JSON data; numbers in it are text or integers.

    ``private`` are personal data by name. They are kept beside the ledger, where they
    can be erased; the event itself holds a commitment to each.
    """

    actor: str
    action: str
    subject: str
    detail: dict[str, object] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)
