"""What an edition and its categories are, as data: the rules in force, word for word.

These models are what presets contain, what a category version stores, and what
a run's manifest quotes; their JSON form is canonical and digested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from awards.domain.pieces import (
    Cap,
    Code,
    EarlierResults,
    Entrants,
    FullPoints,
    GateUse,
    Model,
    Use,
    Words,
    is_empty,
    is_none,
)
from awards.domain.stages import OPTIONAL, ORDER, Stage

__all__ = [
    "ROOMS",
    "Attribute",
    "Cap",
    "CategoryDefinition",
    "CertificateWording",
    "Code",
    "DisclosureLevel",
    "EarlierResults",
    "EditionDefinition",
    "Entrants",
    "FullPoints",
    "GateUse",
    "Group",
    "Leaf",
    "MissingPolicy",
    "Model",
    "NotApplicablePolicy",
    "NumberPattern",
    "PlannedStage",
    "ProgramDefinition",
    "Signatory",
    "Use",
    "Winsorize",
    "Words",
    "fill_number",
]

MissingPolicy = Literal[
    "ineligible", "reweight", "zero", "median", "mean", "group-median", "group-mean"
]
NotApplicablePolicy = Literal["reweight", "ineligible"]
OtherScale = Literal["min-max", "z", "rank"]
OtherAggregation = Literal["arithmetic", "geometric"]
DisclosureLevel = Literal["open", "winners", "places"]

_SERIAL = r"\{serial(?::0(\d)d)?\}"
NumberPattern = Annotated[str, Field(pattern=rf"^[^{{}}]*{_SERIAL}[^{{}}]*$", max_length=80)]
"""Text with one gap for the serial, ``{serial}`` or padded with zeros ``{serial:03d}``."""

Attribute = Annotated[str | None, Field(min_length=1, max_length=64, exclude_if=is_none)]
"""The code of an attribute of candidates; left out of the JSON form where there is none."""


class Winsorize(Model):
    """Draw outliers in, to the next value, while the cohort is far from symmetric:
    while ``|skewness| > skewness`` and ``kurtosis > kurtosis``, and at most ``most``
    candidates of a cohort (OECD/JRC 2008, Handbook on Constructing Composite
    Indicators; the thresholds are those of the JRC's audits)."""

    most: Annotated[int, Field(ge=1, le=1000)] = 5
    skewness: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 2.0
    kurtosis: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 3.5


class Leaf(Model):
    """A criterion in the tree. ``weight`` is relative to its siblings.

    ``missing`` says what a missing raw value does; ``not_applicable`` what a
    question that does not arise does. Neither is ever a silent zero.
    ``group-median`` and ``group-mean`` are taken over the candidates with the same
    value of the attribute ``missing_by``.

    Before the scale, the raw value is divided by ``denominator``, the code of an
    indicator or else of a criterion, and then winsorized. ``cohort`` names an
    attribute: candidates are then compared with those that share its value alone.
    """

    criterion: Code
    weight: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    scale: Use
    parameters: dict[str, Any] = Field(default_factory=dict)
    missing: MissingPolicy = "ineligible"
    not_applicable: NotApplicablePolicy = "reweight"
    missing_by: Attribute = None
    denominator: Attribute = None
    winsorize: Annotated[Winsorize | None, Field(exclude_if=is_none)] = None
    cohort: Attribute = None

    @model_validator(mode="after")
    def _groups_are_named(self) -> Leaf:
        if self.missing.startswith("group-") and self.missing_by is None:
            raise ValueError(f"missing {self.missing!r} needs missing_by, the attribute of groups")
        if self.denominator == self.criterion:
            raise ValueError("a criterion cannot be its own denominator")
        return self

    @property
    def code(self) -> str:
        return self.criterion


class Group(Model):
    """A weighted group of criteria and groups with an aggregation of its own.

    ``least_share`` is the share of its weight that must remain after
    re-weighting; below it the group, and with it the candidate, is not assessable.
    ``cap`` limits its value by another node of the tree.
    """

    code: Code
    title: Words
    weight: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    aggregation: Use = Use(code="arithmetic")
    least_share: Annotated[float, Field(ge=0, le=1)] = 0.5
    cap: Annotated[Cap | None, Field(exclude_if=is_none)] = None
    children: Annotated[tuple[Group | Leaf, ...], Field(min_length=1)]

    def leaves(self) -> Iterator[Leaf]:
        """Every criterion below, in reading order."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()

    def groups(self) -> Iterator[Group]:
        """This group and every group below, parents first."""
        yield self
        for child in self.children:
            if isinstance(child, Group):
                yield from child.groups()

    def settled(self) -> tuple[Group, ...]:
        """Every group after those that its value is made of or capped by.

        Raises `ValueError` for groups that wait for each other, and for a cap by what
        is not in the tree.
        """
        groups = {each.code: each for each in self.groups()}
        known = {*groups, *(leaf.code for leaf in self.leaves())}
        waits = {code: _needed(each) for code, each in groups.items()}
        strange = sorted(set().union(*waits.values()) - known)
        if strange:
            raise ValueError(f"capped by what is not in the tree: {', '.join(strange)}")
        found: dict[str, Group] = {}
        while len(found) < len(groups):
            free = [
                code
                for code in reversed(groups)
                if code not in found and not (waits[code] & groups.keys()) - found.keys()
            ]
            if not free:
                raise ValueError(f"cap each other: {', '.join(sorted(groups.keys() - found))}")
            found |= {code: groups[code] for code in free}
        return tuple(found.values())


def _needed(group: Group) -> set[str]:
    """Codes of what the value of *group* is made of, groups and criteria."""
    return {each.code for each in group.children} | ({group.cap.by} if group.cap else set())


class CategoryDefinition(Model):
    """Who competes with whom, and by which rules.

    ``where`` keeps candidates whose attribute has one of the listed values.
    ``entrants`` keeps those whom other categories send. ``earlier`` names the decided
    results that gates and ladders look back at, the last edition first.
    ``tie_breakers`` are criteria or groups, compared by points, or counts of criteria
    with full points, in order. ``margin`` is how many points of the total do not matter:
    from the top, everybody within it of the first one not yet placed counts as equal to
    that one.
    ``ladders``: the first confers titles, the others only classify.
    ``peers`` names the attributes in which comparable candidates are alike; unless
    stated, scale and sector where the kind has them. An empty list means everybody.
    ``least_availability`` is the share of the criteria that arise for a candidate
    that must be measured; below it the candidate is not assessable.
    A category without ``weights_source`` is shown as illustrative.
    """

    code: Code
    title: Words
    kind: Code
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    entrants: Annotated[tuple[Entrants, ...], Field(exclude_if=is_empty)] = ()
    earlier: Annotated[tuple[EarlierResults, ...], Field(exclude_if=is_empty)] = ()
    gates: tuple[GateUse, ...] = ()
    tree: Group
    tie_breakers: tuple[Code | FullPoints, ...] = ()
    margin: Annotated[
        float | None, Field(gt=0, le=100, allow_inf_nan=False, exclude_if=is_none)
    ] = None
    least_availability: Annotated[float | None, Field(gt=0, le=1, exclude_if=is_none)] = None
    ladders: tuple[Use, ...] = ()
    peers: Annotated[tuple[Code, ...] | None, Field(exclude_if=is_none)] = None
    weights_source: Words | None = None
    certificate_title: Words | None = None

    @field_validator("gates", mode="before")
    @classmethod
    def _any_use_of_a_rule(cls, given: object) -> object:
        """A rule in use is a gate that says nothing more of itself."""
        if not isinstance(given, list | tuple):
            return given
        return tuple(
            GateUse(code=each.code, parameters=each.parameters) if type(each) is Use else each
            for each in given
        )

    @model_validator(mode="after")
    def _codes_are_unique(self) -> CategoryDefinition:
        codes = [leaf.code for leaf in self.tree.leaves()]
        codes += [group.code for group in self.tree.groups()]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"used twice in the criteria tree: {', '.join(twice)}")
        self.tree.settled()
        named = [each.of if isinstance(each, FullPoints) else each for each in self.tie_breakers]
        unknown = [code for code in named if code is not None and code not in codes]
        if unknown:
            raise ValueError(f"tie-breakers that are not in the tree: {', '.join(unknown)}")
        keys = [each.key for each in self.gates]
        again = sorted({key for key in keys if keys.count(key) > 1})
        if again:
            raise ValueError(f"gates used twice without a name of their own: {', '.join(again)}")
        return self


class Signatory(Model):
    """Who signs certificates: the position as printed, the name, an optional number."""

    position: Words
    name: str
    id: str | None = None


class CertificateWording(Model):
    """What certificates of an edition say beside the recipient and the rank."""

    design: Code = "kawung"
    issuer: Words
    unit: Words
    city: str
    number: NumberPattern
    serial: NumberPattern
    ring: Words
    signatories: Annotated[tuple[Signatory, ...], Field(min_length=1, max_length=3)]


def fill_number(pattern: str, serial: int) -> str:
    """*pattern* with *serial* in its place: ``{serial:03d}/IPM/2024`` and 7 give
    ``007/IPM/2024``."""

    def digits(found: re.Match[str]) -> str:
        return str(serial).zfill(int(found[1] or 0))

    return re.sub(_SERIAL, digits, pattern)


class Robustness(Model):
    """How weights, scales and aggregations are varied to see how firm places are.

    ``concentration`` is that of the Dirichlet distribution around the declared shares:
    100 lets a share of 20 percent vary from 14 to 27 in nine draws of ten. ``public``
    says whether the interval beside a place is published, where values are.
    """

    public: bool = False
    concentration: Annotated[float, Field(gt=0, le=1_000_000)] = 100.0
    scales: tuple[OtherScale, ...] = ("min-max", "z", "rank")
    aggregations: tuple[OtherAggregation, ...] = ("arithmetic", "geometric")


class PlannedStage(Model):
    """A stage of an edition, and the day on which it is planned to begin."""

    stage: Stage
    planned: date | None = None


ROOMS = frozenset(
    {"account", "accessibility", "committee", "editions", "ledger", "people", "privacy", "verify"}
)
"""Pages of a site that stand where editions stand; no edition may bear their names."""


class EditionDefinition(Model):
    """One holding of a program.

    ``notice`` stands on every page: what is real and what is made up.
    ``sources`` names where the data come from; ``classifications`` the schemes
    that candidates are put into classes by. ``stages`` is the course that it takes,
    with planned days; empty stands for all stages without a plan.
    """

    code: Code
    label: str
    title: Words
    period_start: date
    period_end: date
    time_zone: str = "Asia/Jakarta"
    disclosure: DisclosureLevel = "winners"
    notice: Words | None = None
    sources: tuple[Words, ...] = ()
    certificate: CertificateWording
    classifications: tuple[Code, ...] = ()
    robustness: Robustness = Robustness()
    stages: tuple[PlannedStage, ...] = ()
    categories: Annotated[tuple[CategoryDefinition, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _holds_together(self) -> EditionDefinition:
        if self.period_end < self.period_start:
            raise ValueError("the assessment period ends before it starts")
        if self.code in ROOMS:
            raise ValueError(f"{self.code!r} is the name of a page; call the edition otherwise")
        codes = [each.code for each in self.categories]
        if len(set(codes)) < len(codes):
            raise ValueError("two categories have the same code")
        _check_course(self.stages)
        return self

    @property
    def course(self) -> tuple[Stage, ...]:
        """The stages that it passes, in order."""
        return tuple(each.stage for each in self.stages) or ORDER

    def category(self, code: str) -> CategoryDefinition | None:
        return next((each for each in self.categories if each.code == code), None)


def _check_course(stages: tuple[PlannedStage, ...]) -> None:
    named = [each.stage for each in stages]
    if named != [each for each in ORDER if each in named]:
        raise ValueError("list the stages once each, in their order")
    left_out = [each for each in ORDER if each not in named and each not in OPTIONAL]
    if named and left_out:
        raise ValueError(f"these stages cannot be left out: {', '.join(left_out)}")
    planned = [each.planned for each in stages if each.planned]
    if planned != sorted(planned):
        raise ValueError("a stage is planned before the one it follows")


class ProgramDefinition(Model):
    """An award program and the editions it is known with."""

    code: Code
    title: Words
    editions: Annotated[tuple[EditionDefinition, ...], Field(min_length=1)]
