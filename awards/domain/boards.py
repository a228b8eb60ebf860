"""What the committee's boards show: figures and how they came about, no words."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from awards.domain.text import Text


@dataclass(frozen=True, kw_only=True)
class Realized:
    """What was reached by some candidates.

    ``figure`` is a sum or, with a denominator, 100 times the quotient of the two
    sums. ``lacking`` of the ``candidates`` have no figure. ``earlier`` and ``now`` are
    the two sums that ``growth`` (a share) is computed from.
    """

    candidates: int
    lacking: int
    figure: float | None
    numerator: float | None
    denominator: float | None
    now: float | None
    earlier: float | None

    @property
    def growth(self) -> float | None:
        """(now − earlier) / earlier; None without both or where nothing was before."""
        if self.now is None or not self.earlier:
            return None
        return (self.now - self.earlier) / self.earlier


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    """A part of the candidates: its target, if one was declared, and what was reached."""

    code: str
    words: Text
    target: float | None
    source: str | None
    realized: Realized | None

    @property
    def share(self) -> float | None:
        """What was reached, as a share of the target."""
        if not self.target or self.realized is None or self.realized.figure is None:
            return None
        return self.realized.figure / self.target


@dataclass(frozen=True, kw_only=True)
class BoardPart:
    """Lines that divide the candidates by one attribute."""

    code: str
    title: Text
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True, kw_only=True)
class TargetChoice:
    """A figure that targets were declared for."""

    kind: str
    indicator: str
    of: str | None
    words: Text
    of_words: Text | None
    unit: str

    @property
    def code(self) -> str:
        """How an address names it."""
        return ".".join(each for each in (self.kind, self.indicator, self.of) if each)


@dataclass(frozen=True, kw_only=True)
class TargetBoard:
    """Targets of one figure. ``snapshot`` and ``as_of`` say which data were summed;
    ``before`` where the earlier figures come from: an indicator or another edition."""

    choice: TargetChoice
    choices: tuple[TargetChoice, ...]
    file: str
    snapshot: str | None
    as_of: date | None
    before: Text | None
    declared: tuple[BoardLine, ...]
    parts: tuple[BoardPart, ...]


@dataclass(frozen=True, kw_only=True)
class GroupChange:
    """Mean shares (0 to 1) of a group before and after."""

    n: int
    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Honored or shortlisted candidates beside comparable others.

    ``interval`` holds 95 of 100 differences under repetition, or is None where too few
    candidates can be compared. ``left_out`` of the group have no comparable other.
    ``basis`` says where "before" comes from: an earlier edition, or an indicator of
    the same one.
    """

    honored: GroupChange
    others: GroupChange
    strata: int
    left_out: int
    difference: float
    interval: tuple[float, float] | None
    basis: Literal["editions", "one-edition"]
    before_label: str
    after_label: str


@dataclass(frozen=True, kw_only=True)
class EffectBoard:
    """The effect of one kind of candidate; ``effect`` is None with the ``reason`` why."""

    kind: str
    title: Text
    effect: Effect | None
    reason: Literal["no-decision", "no-figures", "nobody-comparable"] | None


@dataclass(frozen=True, kw_only=True)
class Lever:
    """What would have to change: an indicator, by so many, and the total it leads to."""

    indicator: str
    words: Text
    unit: str
    more: int
    total: float


@dataclass(frozen=True, kw_only=True)
class NearMiss:
    """A candidate that is one gate or a few people away.

    With ``gate`` it failed this one gate only and has no place. Else ``goal`` is the
    total of the next title or class, which ``title`` names, or of the candidate before,
    and ``lever`` the smallest change of one indicator that reaches it.
    """

    id: str
    name: str
    region: str | None
    scale: str | None
    place: int | None
    total: float | None
    gate: Text | None
    gate_reason: Text | None
    facts: tuple[tuple[Text, float | None, str], ...]
    goal: float | None
    title: Text | None
    lever: Lever | None
