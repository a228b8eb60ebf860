"""What decides between equal totals, and which totals count as equal."""

from collections.abc import Iterator

import narwhals as nw
import numpy as np
import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.definition import CategoryDefinition, FullPoints, Group
from awards.evaluation import columns
from awards.evaluation.exact import quanta


def compared_columns(definition: CategoryDefinition) -> list[str]:
    """The columns that decide places: the total, then the tie-breakers."""
    tree = definition.tree
    return [
        columns.value(tree.code),
        *(
            columns.tie(step) if isinstance(each, FullPoints) else columns.node(tree, each)
            for step, each in enumerate(definition.tie_breakers)
        ),
    ]


def counts_of_full_points(definition: CategoryDefinition) -> dict[str, nw.Expr]:
    """The column of each tie-breaker that counts criteria; missing unless ranked."""
    return {
        columns.tie(step): _count(each, definition.tree)
        for step, each in enumerate(definition.tie_breakers)
        if isinstance(each, FullPoints)
    }


def _count(full: FullPoints, tree: Group) -> nw.Expr:
    """Points are compared as integers of 10⁻⁹, like everything that decides."""
    least = round(full.points * QUANTA)
    reached = [quanta(nw.col(columns.points(code))) >= least for code in _criteria(full, tree)]
    ones = [nw.when(each).then(nw.lit(1.0)).otherwise(nw.lit(0.0)) for each in reached]
    ranked = ~nw.col(columns.value(tree.code)).is_null()
    return nw.when(ranked).then(nw.sum_horizontal(*ones))


def _criteria(full: FullPoints, tree: Group) -> Iterator[str]:
    """The criteria below the node that is counted in."""
    group = next((each for each in tree.groups() if each.code == (full.of or tree.code)), None)
    if group is None:
        yield str(full.of)
        return
    yield from (leaf.code for leaf in group.leaves())


def led(totals: pl.Series, margin: float) -> pl.Series:
    """The total that each of *totals* counts as, both in units of 10⁻⁹.

    The best one leads all that are at most *margin* points below it; the best of the
    rest leads the next ones, and so on. So "counts as equal" is transitive, and nobody
    counts as equal to a candidate more than the margin away.
    """
    values = np.unique(totals.to_numpy())[::-1]
    ends = np.searchsorted(-values, -(values - round(margin * QUANTA)), side="right")
    leader = np.empty_like(values)
    start = 0
    while start < len(values):
        leader[start : ends[start]] = values[start]
        start = int(ends[start])
    at = np.searchsorted(-values, -totals.to_numpy())
    return pl.Series(totals.name, leader[at], dtype=pl.Int64)
