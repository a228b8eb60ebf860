"""How two runs differ: who moved, through which criterion, and why."""

from dataclasses import dataclass
from typing import Any, Literal

from awards.domain.text import Text

Cause = Literal["rules", "absence", "value", "cohort", "weight", "rest"]
"""Why a criterion contributes otherwise: its rule differs or one run lacks it; a value
appeared or went absent; the value differs; the same value earns other points among other
candidates; its weight in force differs; the group around it combines otherwise."""


@dataclass(frozen=True, kw_only=True)
class Changed:
    """Something that the runs were made of, before and after; None where one has none."""

    what: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class ValueChange:
    """An indicator of one candidate in both runs."""

    indicator: str
    words: Text
    unit: str
    before: float | None
    after: float | None


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one criterion did to a total. Pairs are before and after.

    ``difference`` is that of the contributions; over all criteria of a candidate they
    sum to the difference of its totals. ``by_points`` and ``by_weight`` split it:
    mean weight times the change of points, mean points times the change of weight;
    what is left comes from how groups combine, and is nothing for weighted sums.
    ``source`` is what stood in for the value after, where it is not the snapshot's.
    """

    criterion: str
    words: Text
    cause: Cause
    difference: float
    by_points: float
    by_weight: float
    contribution: tuple[float | None, float | None]
    points: tuple[float | None, float | None]
    weight: tuple[float | None, float | None]
    raw: tuple[float | None, float | None]
    values: tuple[ValueChange, ...]
    source: str | None


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A candidate in both runs. Pairs are before and after; place and total are None where
    it has none. ``through`` is the criterion that did most, None where its total is the
    same and others moved. ``gates`` are those whose outcome differs, with both.
    """

    id: str
    name: str
    standing: tuple[str, str]
    place: tuple[int | None, int | None]
    total: tuple[float | None, float | None]
    through: str | None
    shares: tuple[Share, ...]
    gates: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class CriterionMovement:
    """A criterion over all candidates that are ranked in both runs: how many totals it
    changed, by cause, and the mean of what it changed them by, without and with sign."""

    criterion: str
    words: Text
    causes: tuple[tuple[Cause, int], ...]
    mean_size: float
    mean: float


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Candidates of both runs, by what became of them; ``new`` stand only in the second,
    ``gone`` only in the first, ``entered`` have a place only in the second and ``left``
    only in the first, though both evaluated them."""

    up: int
    down: int
    same: int
    entered: int
    left: int
    unranked: int
    new: int
    gone: int


@dataclass(frozen=True, kw_only=True)
class Stranger:
    """A candidate that only one of the runs evaluated."""

    id: str
    name: str
    place: int | None
    total: float | None


@dataclass(frozen=True, kw_only=True)
class RunDifference:
    """Two runs of one category compared. Lists are cut to as many as were asked for, the
    greatest moves first; ``counts`` are of all."""

    before: str
    after: str
    editions: tuple[str, str]
    changed: tuple[Changed, ...]
    counts: Counts
    criteria: tuple[CriterionMovement, ...]
    moved: tuple[Moved, ...]
    entered: tuple[Moved, ...]
    left: tuple[Moved, ...]
    new: tuple[Stranger, ...]
    gone: tuple[Stranger, ...]
