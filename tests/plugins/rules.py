"""Run one bundled rule on a few values."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import narwhals as nw
import polars as pl
from hypothesis import settings

from awards.registry import load_plugins
from awards.sdk import Branch, LadderInput, ScaleInput, Sentence, Use
from awards.sdk.probing import made_up_cohort
from awards.sdk.rulebook import RuleBook

STEADY = settings(max_examples=50, deadline=None, derandomize=True)
"""The same examples every time, however busy the machine is."""

Cells = Sequence[float | None]


@cache
def bundled() -> RuleBook:
    return load_plugins(entry_points=False).rulebook


def frame(columns: Mapping[str, Sequence[Any]]) -> nw.DataFrame[pl.DataFrame]:
    return nw.from_native(pl.DataFrame(dict(columns), strict=False), eager_only=True)


def points(
    code: str,
    values: Cells,
    *,
    less_is_better: bool = False,
    attributes: Mapping[str, Sequence[str | None]] | None = None,
    **parameters: Any,
) -> list[float | None]:
    scale = bundled().scale(code)
    known = [value for value in values if value is not None] or [0.0]
    given = ScaleInput(
        value=nw.col("raw"),
        cohort=made_up_cohort(scale.statistics, nw.col("raw"), known),
        attribute=nw.col,
        less_is_better=less_is_better,
    )
    expression = scale.points(given, scale.parameters(**parameters))
    table = frame({"raw": pl.Series(values, dtype=pl.Float64), **(attributes or {})})
    return table.with_columns(points=expression)["points"].to_list()


def described(code: str, *, less_is_better: bool = False, **parameters: Any) -> dict[str, str]:
    scale = bundled().scale(code)
    said: Sentence = scale.describe(scale.parameters(**parameters), less_is_better)
    return {language: text.format(**said.values) for language, text in said.text.items()}


def combined(
    code: str, rows: Sequence[Sequence[tuple[float | None, float]]], **parameters: Any
) -> list[Any]:
    """For each row of (points, weight): the value, then the loss of each child."""
    rule = bundled().bound_aggregation(Use(code=code, parameters=parameters))
    width = len(rows[0])
    table = frame(
        {f"p{at}": pl.Series([row[at][0] for row in rows], dtype=pl.Float64) for at in range(width)}
        | {
            f"w{at}": pl.Series([row[at][1] for row in rows], dtype=pl.Float64)
            for at in range(width)
        }
    )
    branches = tuple(
        Branch(points=nw.col(f"p{at}"), weight=nw.col(f"w{at}")) for at in range(width)
    )
    valued = table.with_columns(value=rule.combine(branches))
    losses = rule.losses(branches, nw.col("value"))
    lost = {f"l{at}": loss for at, loss in enumerate(losses)}
    return valued.with_columns(**lost).select("value", *lost).rows()


def titles(code: str, totals: Cells, *, places: Sequence[int] = (), **parameters: Any) -> list[Any]:
    ladder = bundled().ladder(code)
    table = frame(
        {
            "total": pl.Series(totals, dtype=pl.Float64),
            "place": pl.Series(places or [1] * len(totals), dtype=pl.Int64),
        }
    )
    given = LadderInput(place=nw.col("place"), total=nw.col("total"), attribute=nw.col)
    expression = ladder.titles(given, ladder.parameters(**parameters))
    return table.with_columns(title=expression)["title"].to_list()
