"""Combine children by a generalized mean: how much a weak child is made up for.

Source: Hardy, Littlewood, Pólya, Inequalities (1934), chapter 2. An exponent of 1 is
the arithmetic mean, towards 0 the geometric, −1 the harmonic; the lower it is, the
more the weakest child counts.
"""

from functools import reduce
from operator import add, or_
from typing import Annotated

import narwhals as nw
from pydantic import Field, field_validator

from awards.sdk import Aggregation, Branch, Parameters, Sentence, hookimpl, share


class PowerParameters(Parameters):
    """``exponent`` from −50 to 50; near 0 use the aggregation ``geometric`` instead."""

    exponent: Annotated[float, Field(ge=-50, le=50)] = 0.5

    @field_validator("exponent")
    @classmethod
    def _is_not_zero(cls, exponent: float) -> float:
        if abs(exponent) < 0.01:
            raise ValueError("an exponent this near to 0 is the geometric mean: use `geometric`")
        return exponent


def combine(branches: tuple[Branch, ...], p: PowerParameters) -> nw.Expr:
    """(Σ wᵢ · pᵢᵏ)^(1/k) with the exponent k.

    Where k is negative and a child that weighs has no points, the value is zero.
    Powers are taken relative to the largest term, so that none of them overflows.
    """
    points = _counted(branches)
    lead = _lead(points, p)
    terms = (b.weight * (x / lead) ** p.exponent for b, x in zip(branches, points, strict=True))
    mean = lead * reduce(add, terms) ** (1.0 / p.exponent)
    return nw.when(_is_none(branches, lead, p)).then(0.0 * lead).otherwise(mean)


def losses(branches: tuple[Branch, ...], value: nw.Expr, p: PowerParameters) -> tuple[nw.Expr, ...]:
    """``100 − value`` shared by wᵢ · |100ᵏ − pᵢᵏ|.

    Where k is negative and children have no points, these alone share the whole loss,
    by weight.
    """
    points = _counted(branches)
    costs = _costs(branches, points, p)
    whole = reduce(add, costs)
    nothing = tuple(_at_zero(branch) for branch in branches)
    zeros = reduce(add, nothing) if p.exponent < 0 else 0.0 * whole
    return tuple(
        nw.when(zeros > 0.0)
        .then(100.0 * own / zeros)
        .otherwise(
            nw.when(whole == 0.0).then(0.0 * whole).otherwise((100.0 - value) * cost / whole)
        )
        for own, cost in zip(nothing, costs, strict=True)
    )


def _counted(branches: tuple[Branch, ...]) -> tuple[nw.Expr, ...]:
    """Points of the children that weigh, never below zero; 100 for those that do not."""
    return tuple(
        nw.when(b.weight > 0.0)
        .then(nw.when(b.points < 0.0).then(0.0 * b.points).otherwise(b.points))
        .otherwise(nw.lit(100.0))
        for b in branches
    )


def _lead(points: tuple[nw.Expr, ...], p: PowerParameters) -> nw.Expr:
    """The points whose power is largest: the highest, or the lowest where k is negative."""
    extreme = nw.max_horizontal if p.exponent > 0 else nw.min_horizontal
    found = extreme(*points, points[0])  # some engines take no extreme of one
    return found + 0.0 * reduce(add, points)  # missing where any is, which the extremes hide


def _costs(
    branches: tuple[Branch, ...], points: tuple[nw.Expr, ...], p: PowerParameters
) -> tuple[nw.Expr, ...]:
    pairs = zip(branches, points, strict=True)
    if p.exponent > 0:
        return tuple(b.weight * (1.0 - share(x, of=100) ** p.exponent) for b, x in pairs)
    lead = _lead(points, p)
    whole = (100.0 / lead) ** p.exponent
    return tuple(b.weight * ((x / lead) ** p.exponent - whole) for b, x in pairs)


def _is_none(branches: tuple[Branch, ...], lead: nw.Expr, p: PowerParameters) -> nw.Expr:
    if p.exponent > 0:
        return lead == 0.0
    return reduce(or_, (_at_zero(branch) > 0.0 for branch in branches))


def _at_zero(branch: Branch) -> nw.Expr:
    return nw.when(branch.points <= 0.0).then(branch.weight).otherwise(0.0 * branch.weight)


def describe(p: PowerParameters) -> Sentence:
    return Sentence(
        {"en": "Exponent {exponent}.", "id": "Pangkat {exponent}."}, {"exponent": p.exponent}
    )


_INVERSE = PowerParameters(exponent=-1)

POWER = Aggregation(
    code="power",
    title={"en": "Generalized mean", "id": "Rata-rata tergeneralisasi"},
    parameters=PowerParameters,
    combine=combine,
    losses=losses,
    describe=describe,
)

HARMONIC = Aggregation(
    code="harmonic",
    title={"en": "Weighted harmonic mean", "id": "Rata-rata harmonik tertimbang"},
    combine=lambda branches: combine(branches, _INVERSE),
    losses=lambda branches, value: losses(branches, value, _INVERSE),
)


@hookimpl
def awards_register_aggregations() -> tuple[Aggregation, ...]:
    return (POWER, HARMONIC)
