"""The stages of an edition: their order, their words, and what each one asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from awards.domain.text import Text


class Stage(StrEnum):
    """Where an edition stands, in the order they are passed."""

    DRAFT = "draft"
    RULES_LOCKED = "rules-locked"
    DATA = "data"
    VERIFICATION = "verification"
    EVALUATION = "evaluation"
    JURY = "jury"
    PROVISIONAL = "provisional"
    OBJECTIONS = "objections"
    DECISION = "decision"
    PUBLISHED = "published"
    ARCHIVED = "archived"


WORDS: Mapping[Stage, Text] = {
    Stage.DRAFT: {"en": "Draft", "id": "Rancangan"},
    Stage.RULES_LOCKED: {"en": "Rules locked", "id": "Aturan dikunci"},
    Stage.DATA: {"en": "Data", "id": "Pengumpulan data"},
    Stage.VERIFICATION: {"en": "Verification", "id": "Verifikasi"},
    Stage.EVALUATION: {"en": "Evaluation", "id": "Perhitungan"},
    Stage.JURY: {"en": "Jury", "id": "Penjurian"},
    Stage.PROVISIONAL: {"en": "Provisional results", "id": "Hasil sementara"},
    Stage.OBJECTIONS: {"en": "Objections", "id": "Masa sanggah"},
    Stage.DECISION: {"en": "Decision", "id": "Penetapan"},
    Stage.PUBLISHED: {"en": "Published", "id": "Diumumkan"},
    Stage.ARCHIVED: {"en": "Archived", "id": "Diarsipkan"},
}

OPTIONAL = frozenset(
    {Stage.VERIFICATION, Stage.JURY, Stage.PROVISIONAL, Stage.OBJECTIONS, Stage.ARCHIVED}
)
"""Stages that an edition may leave out."""

ORDER = tuple(Stage)
EVERY_STAGE = frozenset(Stage)


def stages_from(first: Stage, to: Stage = Stage.ARCHIVED) -> frozenset[Stage]:
    """The stages from *first* to *to*, both included."""
    return frozenset(ORDER[ORDER.index(first) : ORDER.index(to) + 1])


AFTER_CLOSE = stages_from(Stage.PROVISIONAL)
"""Once the points stand: what happened before can be looked into, and no longer moved."""


@dataclass(frozen=True, kw_only=True)
class StageEntry:
    """An edition's arrival at a stage: by whom, and when. ``decree`` is the one that
    the rules were locked by; ``second`` and ``reason`` stand where it went back."""

    edition: str
    stage: Stage
    entered_at: datetime
    by: str
    second: str | None = None
    reason: str | None = None
    decree: str | None = None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What an edition has, as far as stages ask for it."""

    is_locked: bool
    kinds_without_data: Sequence[str] = ()
    unverified: int = 0
    categories_without_run: Sequence[str] = ()
    open_objections: int = 0
    undecided_categories: Sequence[str] = ()
    is_published: bool = False
    runs: int = 0


def is_before(one: Stage, other: Stage) -> bool:
    return ORDER.index(one) < ORDER.index(other)


def following(stage: Stage, course: Sequence[Stage]) -> Stage | None:
    """The stage after *stage* on an edition's *course*; None after the last."""
    later = [each for each in course if is_before(stage, each)]
    return later[0] if later else None


def lacking(stage: Stage, progress: Progress) -> tuple[Text, ...]:
    """What stands between an edition and *stage*, in words; nothing when it may enter.

    Every stage asks for what the ones before it ask for.
    """
    demands = {
        Stage.DATA: _unlocked,
        Stage.VERIFICATION: _data,
        Stage.EVALUATION: _verified,
        Stage.JURY: _runs,
        Stage.DECISION: _settled,
        Stage.PUBLISHED: _decided,
        Stage.ARCHIVED: _announced,
    }
    asked = [demand for at, demand in demands.items() if not is_before(stage, at)]
    return tuple(each for demand in asked for each in demand(progress))


def _unlocked(progress: Progress) -> Iterator[Text]:
    if not progress.is_locked:
        yield {
            "en": "The rules are not locked. Lock them, naming the decree.",
            "id": "Aturan belum dikunci. Kunci dengan menyebut keputusan dasarnya.",
        }


def _data(progress: Progress) -> Iterator[Text]:
    for kind in progress.kinds_without_data:
        yield {
            "en": f"There is no data for {kind}. Bring a file in.",
            "id": f"Belum ada data untuk {kind}. Masukkan berkasnya.",
        }


def _verified(progress: Progress) -> Iterator[Text]:
    if progress.unverified:
        yield {
            "en": f"{progress.unverified} pieces of evidence are not verified yet.",
            "id": f"{progress.unverified} bukti dukung belum diverifikasi.",
        }


def _runs(progress: Progress) -> Iterator[Text]:
    for category in progress.categories_without_run:
        yield {
            "en": f"Category {category} has no run. Start one.",
            "id": f"Kategori {category} belum dihitung. Jalankan perhitungan.",
        }


def _settled(progress: Progress) -> Iterator[Text]:
    if progress.open_objections:
        yield {
            "en": f"{progress.open_objections} objections are not answered yet.",
            "id": f"{progress.open_objections} sanggahan belum dijawab.",
        }


def _decided(progress: Progress) -> Iterator[Text]:
    for category in progress.undecided_categories:
        yield {
            "en": f"Category {category} is not decided. Decide it with two signatures.",
            "id": f"Kategori {category} belum ditetapkan. Tetapkan dengan dua tanda tangan.",
        }


def _announced(progress: Progress) -> Iterator[Text]:
    if not progress.is_published:
        yield {
            "en": "The edition is not published. Publish it.",
            "id": "Edisi belum diumumkan. Umumkan dahulu.",
        }


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A stage on the way: the day it was planned for, and the day it was entered."""

    stage: Stage
    planned: date | None
    actual: date | None
    is_current: bool
