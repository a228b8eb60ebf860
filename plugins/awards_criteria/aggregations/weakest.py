"""A group is as good as its weakest child: nothing is made up for.

The limit of the generalized mean for an exponent towards minus infinity (Hardy,
Littlewood, Pólya, Inequalities, 1934, chapter 2).
"""

from functools import reduce
from operator import add

import narwhals as nw

from awards.sdk import Aggregation, Branch, hookimpl


def combine(branches: tuple[Branch, ...]) -> nw.Expr:
    """min pᵢ over the children that weigh; missing where any child is missing."""
    points = tuple(_in_force(branch) for branch in branches)
    # One child stands twice: some engines take no least of one.
    return nw.min_horizontal(*points, points[0]) + 0.0 * reduce(add, points)


def losses(branches: tuple[Branch, ...], value: nw.Expr) -> tuple[nw.Expr, ...]:
    """The weakest children share ``100 − value`` by weight."""
    weakest = tuple(
        nw.when(_in_force(b) == value).then(b.weight).otherwise(0.0 * b.weight) for b in branches
    )
    whole = reduce(add, weakest)
    return tuple((100.0 - value) * each / whole for each in weakest)


def _in_force(branch: Branch) -> nw.Expr:
    return nw.when(branch.weight > 0.0).then(branch.points).otherwise(nw.lit(100.0))


WEAKEST = Aggregation(
    code="weakest",
    title={"en": "Weakest link", "id": "Mata rantai terlemah"},
    combine=combine,
    losses=losses,
)


@hookimpl
def awards_register_aggregations() -> tuple[Aggregation, ...]:
    return (WEAKEST,)
