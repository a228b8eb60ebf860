"""Each helper against a plain-Python model."""

from collections.abc import Sequence

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.sdk import MISSING, at_least, at_most, growth, ratio, share, step_table

STEADY = settings(deadline=None, derandomize=True)

NUMBERS = st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: 0.0 if abs(x) < 1e-9 else x)
CELLS = st.none() | st.just(0.0) | st.integers(-1000, 1000).map(float) | NUMBERS
COLUMN = st.lists(CELLS, min_size=1, max_size=20)
PAIRS = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=20)

X, Y = nw.col("x"), nw.col("y")


def column(expression: nw.Expr, *columns: Sequence[float | None]) -> list[float | None]:
    named = dict(zip("xy", columns, strict=False))
    frame = pl.DataFrame({name: pl.Series(each, dtype=pl.Float64) for name, each in named.items()})
    return nw.from_native(frame).with_columns(r=expression)["r"].to_list()


def plain_ratio(above: float | None, below: float | None, when_zero: float | None) -> float | None:
    if above is None or below is None:
        return None
    return when_zero if below == 0 else above / below


@STEADY
@given(PAIRS)
def test_ratio_divides_and_is_missing_over_zero(pairs: list[tuple[float, float]]) -> None:
    above, below = zip(*pairs, strict=True)
    expected = [plain_ratio(*pair, None) for pair in pairs]
    assert column(ratio(X, Y, when_zero=MISSING), above, below) == expected


@STEADY
@given(PAIRS, st.sampled_from((0.0, 1.0, -2.5)))
def test_ratio_gives_the_stated_value_over_zero(
    pairs: list[tuple[float, float]], when_zero: float
) -> None:
    above, below = zip(*pairs, strict=True)
    expected = [plain_ratio(*pair, when_zero) for pair in pairs]
    assert column(ratio(X, Y, when_zero=when_zero), above, below) == expected


@STEADY
@given(COLUMN, st.integers(1, 1000))
def test_ratio_by_a_literal_is_the_exact_quotient(cells: list[float | None], by: int) -> None:
    expected = [None if cell is None else cell / by for cell in cells]
    assert column(ratio(X, nw.lit(float(by)), when_zero=MISSING), cells) == expected


@STEADY
@given(COLUMN, st.integers(-1000, 1000).filter(bool))
def test_share_is_the_exact_quotient(cells: list[float | None], of: int) -> None:
    expected = [None if cell is None else cell / of for cell in cells]
    assert column(share(X, of=of), cells) == expected


def test_share_of_all_is_one_whatever_the_whole() -> None:
    wholes = range(1, 500)
    assert [column(share(X, of=whole), [float(whole)]) for whole in wholes] == [[1.0]] * 499
    rows = [[float(whole)] * 9 for whole in wholes]
    shares = [column(share(X, of=row[0]), row) for row in rows]
    assert shares == [[1.0] * 9] * 499


def test_share_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a share of nothing has no meaning"):
        share(X, of=0)


@STEADY
@given(PAIRS)
def test_growth_is_change_over_the_earlier_value(pairs: list[tuple[float, float]]) -> None:
    now, before = zip(*pairs, strict=True)
    expected = [
        None if now is None or before is None or before == 0 else (now - before) / before
        for now, before in pairs
    ]
    assert column(growth(X, Y, when_zero=MISSING), now, before) == expected


@STEADY
@given(COLUMN, NUMBERS)
def test_at_least_lifts_to_the_floor_and_keeps_missing(
    cells: list[float | None], floor: float
) -> None:
    expected = [None if cell is None else max(cell, floor) for cell in cells]
    assert column(at_least(X, floor), cells) == expected


@STEADY
@given(COLUMN, NUMBERS)
def test_at_most_lowers_to_the_ceiling_and_keeps_missing(
    cells: list[float | None], ceiling: float
) -> None:
    expected = [None if cell is None else min(cell, ceiling) for cell in cells]
    assert column(at_most(X, ceiling), cells) == expected


def plain_step(value: float | None, steps: list[tuple[float, float]]) -> float | None:
    if value is None:
        return None
    reached = [result for edge, result in steps if value >= edge]
    return reached[-1] if reached else None


STEPS = st.dictionaries(st.integers(-100, 100).map(float), NUMBERS, min_size=1, max_size=6)


@STEADY
@given(COLUMN, STEPS)
def test_step_table_gives_the_result_of_the_highest_edge_reached(
    cells: list[float | None], table: dict[float, float]
) -> None:
    steps = sorted(table.items())
    expected = [plain_step(cell, steps) for cell in cells]
    assert column(step_table(X, steps), cells) == expected


@pytest.mark.parametrize("steps", [[], [(2, 1), (1, 2)], [(1, 1), (1, 2)]])
def test_step_table_refuses_edges_that_do_not_rise(steps: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="lower edges rising"):
        step_table(X, steps)
