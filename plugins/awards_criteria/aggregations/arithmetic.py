"""Combine children by their weighted arithmetic mean."""

from functools import reduce
from operator import add

import narwhals as nw

from awards.sdk import Aggregation, Branch, hookimpl


def combine(branches: tuple[Branch, ...]) -> nw.Expr:
    """Σ wᵢ · pᵢ; missing where any child is missing."""
    return reduce(add, (branch.weight * branch.points for branch in branches))


def losses(branches: tuple[Branch, ...], _: nw.Expr) -> tuple[nw.Expr, ...]:
    """Each child costs wᵢ · (100 − pᵢ)."""
    return tuple(branch.weight * (100.0 - branch.points) for branch in branches)


ARITHMETIC = Aggregation(
    code="arithmetic",
    title={"en": "Weighted mean", "id": "Rata-rata tertimbang"},
    combine=combine,
    losses=losses,
)


@hookimpl
def awards_register_aggregations() -> tuple[Aggregation, ...]:
    return (ARITHMETIC,)
