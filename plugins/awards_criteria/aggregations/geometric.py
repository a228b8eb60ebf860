"""Combine children by their weighted geometric mean: a weak one is not made up for.

The form is that of the human development index. Points are taken to be at most
100; a scale that is not capped may make a loss negative.
"""

from functools import reduce
from operator import add, or_

import narwhals as nw

from awards.sdk import Aggregation, Branch, hookimpl, share


def combine(branches: tuple[Branch, ...]) -> nw.Expr:
    """100 · Π (pᵢ / 100)^wᵢ; zero where a child that weighs has no points."""
    mean = 100.0 * (-1.0 * _sum(_costs(branches))).exp()
    known = ~_sum(tuple(branch.points for branch in branches)).is_null()
    return nw.when(_any_zero(branches) & known).then(nw.lit(0.0)).otherwise(mean)


def losses(branches: tuple[Branch, ...], value: nw.Expr) -> tuple[nw.Expr, ...]:
    """``100 − value`` shared by wᵢ · ln(100 / pᵢ).

    Where children have zero points, these alone share the whole loss, by weight.
    """
    costs = _costs(branches)
    whole = _sum(costs)
    at_zero = tuple(nw.when(_is_zero(b)).then(b.weight).otherwise(0.0 * b.weight) for b in branches)
    zeros = _sum(at_zero)
    return tuple(
        nw.when(zeros > 0.0)
        .then(100.0 * (nothing / zeros))
        .otherwise(
            nw.when(whole == 0.0).then(0.0 * whole).otherwise((100.0 - value) * cost / whole)
        )
        for nothing, cost in zip(at_zero, costs, strict=True)
    )


def _costs(branches: tuple[Branch, ...]) -> tuple[nw.Expr, ...]:
    """wᵢ · ln(100 / pᵢ), and 0 where pᵢ has no logarithm; missing stays missing."""
    return tuple(
        nw.when(branch.points <= 0.0)
        .then(nw.lit(0.0))
        .otherwise(-1.0 * branch.weight * share(branch.points, of=100).log())
        for branch in branches
    )


def _is_zero(branch: Branch) -> nw.Expr:
    return (branch.points <= 0.0) & (branch.weight > 0.0)


def _any_zero(branches: tuple[Branch, ...]) -> nw.Expr:
    return reduce(or_, (_is_zero(branch) for branch in branches))


def _sum(terms: tuple[nw.Expr, ...]) -> nw.Expr:
    return reduce(add, terms)


GEOMETRIC = Aggregation(
    code="geometric",
    title={"en": "Weighted geometric mean", "id": "Rata-rata geometrik tertimbang"},
    combine=combine,
    losses=losses,
)


@hookimpl
def awards_register_aggregations() -> tuple[Aggregation, ...]:
    return (GEOMETRIC,)
