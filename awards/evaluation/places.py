"""Steps 6 and 7: places from integers, and titles from places."""

from collections.abc import Sequence

import narwhals as nw
import numpy as np
import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.columns import Standing
from awards.evaluation.errors import RunRefused
from awards.evaluation.rows import Frame
from awards.sdk.compiled import check_parameters
from awards.sdk.expressions import share
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import LadderInput

_LARGEST = 2.0**63 / QUANTA
"""From here on ``x · 10⁹`` does not fit an Int64."""


def assign_places(scored: Frame, definition: CategoryDefinition) -> Frame:
    """*scored* with ``total`` and ``place``; equal candidates share a place (1, 2, 2, 4).

    Totals and tie-breakers are compared as integers ``round(x · 10⁹)``: sums of
    floats that are equal on paper differ in their last bits, and would
    otherwise order thousands of candidates by noise.
    """
    frame = scored.with_columns(total=nw.col(columns.value(definition.tree.code)))
    compared = ["total", *(_compared(definition, code) for code in definition.tie_breakers)]
    _refuse_too_large(frame, compared)
    keys = {f"key:{number}": _quantized(nw.col(name)) for number, name in enumerate(compared)}
    ranked = nw.col("standing") == int(Standing.RANKED)
    numbered = frame.select("standing", **keys).with_row_index("row").filter(ranked)
    ordered = numbered.drop("standing").sort(*keys, descending=True, nulls_last=True).to_native()
    places = np.zeros(len(frame), dtype=np.int32)
    places[ordered["row"].to_numpy()] = _shared_places(ordered, list(keys)).to_numpy()
    found = nw.from_native(pl.Series(places), series_only=True)
    placed = frame.with_columns(place=found)
    return placed.with_columns(place=nw.when(ranked).then(nw.col("place")))


def _refuse_too_large(frame: Frame, names: Sequence[str]) -> None:
    for name in names:
        large = frame.filter(nw.col(name).abs() >= _LARGEST).select("id", name)
        if len(large):
            candidate, value = large.row(0)
            raise RunRefused(
                f"{name} of candidate {candidate} is {value:g}, too large to be compared to the "
                "ninth decimal. Use scales that keep points within 0 to 100."
            )


def assign_titles(placed: Frame, definition: CategoryDefinition, *, rulebook: RuleBook) -> Frame:
    """*placed* with the title code that each ladder gives, missing for none."""
    total = share(_quantized(nw.col("total")), of=QUANTA)
    seen = LadderInput(place=nw.col("place"), total=total, attribute=nw.col)
    found: dict[str, nw.Expr] = {}
    for step, use in enumerate(definition.ladders):
        ladder = rulebook.ladder(use.code)
        parameters = check_parameters(ladder.parameters, use.parameters, f"ladder {ladder.code!r}")
        titles = ladder.titles(seen, parameters).cast(nw.String)
        found[columns.title(step)] = nw.when(~nw.col("place").is_null()).then(titles)
    return placed.with_columns(**found)


def _quantized(value: nw.Expr) -> nw.Expr:
    return (value * float(QUANTA)).round(0).cast(nw.Int64)


def _compared(definition: CategoryDefinition, code: str) -> str:
    groups = {group.code for group in definition.tree.groups()}
    return columns.value(code) if code in groups else columns.points(code)


def _shared_places(ordered: pl.DataFrame, keys: list[str]) -> pl.Series:
    """Place of each row of a table that is sorted best first: the number of the
    first row with the same keys."""
    position = pl.int_range(1, pl.len() + 1, dtype=pl.Int32)
    new = pl.any_horizontal(pl.col(key).ne_missing(pl.col(key).shift(1)) for key in keys)
    first = pl.when(new | (position == 1)).then(position)
    return ordered.select(first.forward_fill()).to_series()
