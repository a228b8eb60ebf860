"""Every helper of the SDK means the same on both engines, where engines differ most."""

import math
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from awards.evaluation.exact import quanta
from awards.sdk import MISSING, at_least, at_most, growth, normal_cdf, ratio, share, step_table
from tests.unit.evaluation.engines.conftest import MakeEngine

pytestmark = pytest.mark.spark

EDGES = (None, 0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, 49.0, 0.1, 0.3, 1e-9, 2.5e-9, 1 / 1024)
FAR = (1e15 + 0.5, -1e15, 9e15, 1e300, -1e300, 1e-300, 12.0, 36.9, 37.1)
NUMBERS = (*EDGES, *FAR)
COUNTS = (None, 0, 1, -1, 49, 2**31, 2**53, 2**62)
COUNT, X, Y, T = (nw.col(name) for name in ("i", "x", "y", "t"))
WIDE = COUNT.cast(nw.Float64)
"""As rules see counts."""

EXACT = {
    "ratio": ratio(X, Y, when_zero=MISSING),
    "ratio or 0": ratio(X, Y, when_zero=0),
    "ratio of counts": ratio(COUNT, Y, when_zero=1),
    "share": share(X, of=49),
    "growth": growth(X, Y, when_zero=MISSING),
    "growth or 0": growth(X, Y, when_zero=0),
    "at least": at_least(X, 0.5),
    "at most": at_most(X, 0.5),
    "step table": step_table(X, ((0, 10), (0.3, 20), (1.5, 30))),
    "quanta": quanta(X),
    "sum": X + Y,
    "difference": X - Y,
    "product": X * Y,
    "product of counts": WIDE * WIDE,
    "minus": -1 * X,
    "absolute": X.abs(),
    "root": nw.when(X >= 0).then(X.sqrt()),
    "less": nw.when(X < Y).then(nw.lit(1.0)).otherwise(nw.lit(0.0)),
    "equal": X == Y,
    "and": (X > 0) & (Y > 0),
    "or": (X > 0) | (Y > 0),
    "not": ~(X > 0),
    "null": X.is_null(),
    "between": X.is_between(0, 1),
    "in": X.is_in((1.0, 0.5)),
    "text in": T.is_in(("a", "b")),
    "first known": nw.coalesce(X, Y),
    "any": nw.any_horizontal(X > 0, Y > 0, ignore_nulls=False),
    "all": nw.all_horizontal(X > 0, Y > 0, ignore_nulls=False),
    "over nothing": (X / Y).is_finite(),
}
POSITIVE = nw.when((X > 0) & (X < 700)).then(X)
NEARLY = {
    "normal": normal_cdf(X),
    "logarithm": POSITIVE.log(),
    "exponential": POSITIVE.exp(),
    "power": POSITIVE**0.3,
}
"""What depends on the mathematics library; close calls are settled for these."""


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    pairs = [(x, y) for x in NUMBERS for y in EDGES]
    rows = range(len(pairs))
    return pl.DataFrame(
        {
            "i": [COUNTS[row % len(COUNTS)] for row in rows],
            "x": [x for x, _ in pairs],
            "y": [y for _, y in pairs],
            "t": [("a", "c", None)[row % 3] for row in rows],
        },
        schema={"i": pl.Int64, "x": pl.Float64, "y": pl.Float64, "t": pl.String},
    )


def on_both(
    frame: pl.DataFrame, spark: MakeEngine, wanted: dict[str, nw.Expr]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    here = nw.from_native(frame.lazy()).select(**wanted).to_native().collect()
    engine = spark()
    there = engine.table(engine.distribute(frame.lazy()), **wanted).collect()
    return here, there


def told(value: Any) -> Any:
    """A cell, with zeros of both signs as one and what is no number as a word."""
    if isinstance(value, float):
        return "NaN" if math.isnan(value) else value + 0.0
    return value


def test_helpers_and_allowed_operations_are_equal_to_the_last_bit(
    frame: pl.DataFrame, spark: MakeEngine
) -> None:
    here, there = on_both(frame, spark, EXACT)
    for name in EXACT:
        pairs = zip(here[name].to_list(), there[name].to_list(), strict=True)
        differing = [
            (frame.row(row), one, other)
            for row, (one, other) in enumerate(pairs)
            if told(one) != told(other)
        ]
        assert (name, differing) == (name, [])


def test_functions_of_the_mathematics_library_differ_by_noise_alone(
    frame: pl.DataFrame, spark: MakeEngine
) -> None:
    here, there = on_both(frame, spark, NEARLY)
    for name in NEARLY:
        known = zip(here[name].to_list(), there[name].to_list(), strict=True)
        assert [each for each in known if not _near(*each)] == []


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-13, abs_tol=1e-13)
