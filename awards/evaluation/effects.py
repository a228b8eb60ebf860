"""A group's change beside the change of comparable others, without claim of a cause.

The others are weighted by stratum (scale, sector, type) as the group is:
ȳ = Σ W_h · ȳ_h with W_h the group's share in stratum h, and
var(ȳ) = Σ W_h² · s_h² / n_h (Cochran, Sampling Techniques, 3rd edition, theorem 5.3,
without the finite correction). The difference of both means of change has the
interval d ± t · √(s_g² / n_g + var(ȳ)), with t of n_g − 1 degrees of freedom, which
is the cautious choice. It reckons with chance alone: who was honored was not drawn
by lot.
"""

import math
from dataclasses import dataclass

import polars as pl

from awards.domain.boards import GroupChange

FEWEST = 2
"""So many others must share a stratum, or nothing is known of their spread."""

STUDENT_95 = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
"""Two-sided 95% points of Student's t for 1 to 30 degrees of freedom; beyond, 2.042 is
kept, which is at most four percent too wide."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Means and difference; ``left_out`` of the group had nobody to be compared with."""

    honored: GroupChange
    others: GroupChange
    strata: int
    left_out: int
    difference: float
    interval: tuple[float, float] | None


def compare_changes(table: pl.DataFrame) -> Comparison | None:
    """Compare the changes of the rows that are ``honored`` with those of the rest.

    *table*: ``stratum`` (text), ``honored`` (boolean), ``before`` and ``after``
    (shares). Rows without both shares do not count. None when no member of the
    group has `FEWEST` others in its stratum.
    """
    known = table.drop_nulls(["before", "after"]).with_columns(
        change=pl.col("after") - pl.col("before")
    )
    group, rest = known.filter("honored"), known.filter(~pl.col("honored"))
    strata = _strata(group, rest)
    kept = group.filter(pl.col("stratum").is_in(strata["stratum"].implode()))
    if kept.is_empty():
        return None
    honored = _mean_of(kept)
    weight = strata["members"] / kept.height
    others = GroupChange(
        n=int(strata["n"].sum()),
        before=float((weight * strata["before"]).sum()),
        after=float((weight * strata["after"]).sum()),
    )
    difference = honored.change - others.change
    spread = float((weight**2 * strata["variance"] / strata["n"]).sum())
    return Comparison(
        honored=honored,
        others=others,
        strata=strata.height,
        left_out=group.height - kept.height,
        difference=difference,
        interval=_interval(difference, kept["change"], spread),
    )


def _strata(group: pl.DataFrame, rest: pl.DataFrame) -> pl.DataFrame:
    """Strata with members of the group and enough others, sorted for a fixed sum."""
    members = group.group_by("stratum").agg(members=pl.len())
    others = rest.group_by("stratum").agg(
        pl.col("before").mean(),
        pl.col("after").mean(),
        n=pl.len(),
        variance=pl.col("change").var(),
    )
    return members.join(others.filter(pl.col("n") >= FEWEST), on="stratum").sort("stratum")


def _mean_of(rows: pl.DataFrame) -> GroupChange:
    before, after = rows["before"].to_list(), rows["after"].to_list()
    return GroupChange(
        n=rows.height,
        before=math.fsum(before) / rows.height,
        after=math.fsum(after) / rows.height,
    )


def _interval(difference: float, changes: pl.Series, spread: float) -> tuple[float, float] | None:
    variance = changes.var()
    if len(changes) < FEWEST or not isinstance(variance, float):
        return None
    t = STUDENT_95[min(len(changes) - 1, len(STUDENT_95)) - 1]
    half = t * math.sqrt(variance / len(changes) + spread)
    return difference - half, difference + half
