"""Totals computed a second time with NumPy alone, over random data, to 1e-9."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.domain.definition import Winsorize
from awards.sdk import Use
from awards.sdk.expressions import MISSING, ratio
from tests.unit.evaluation.small import (
    Evaluated,
    book,
    category,
    column,
    criterion,
    group,
    indicator,
    leaf,
    run,
)

RANDOM = settings(max_examples=25, deadline=None, derandomize=True)
CLOSE = 1e-9
Numbers = npt.NDArray[np.float64]


def tables(rows: int = 12, most: float = 1000.0) -> st.SearchStrategy[list[list[float]]]:
    """Four columns of figures with three decimals."""
    number = st.integers(0, int(most * 1000)).map(lambda each: each / 1000)
    row = st.lists(number, min_size=4, max_size=4)
    return st.lists(row, min_size=2, max_size=rows)


def data_of(table: list[list[float]]) -> dict[str, Any]:
    return {
        name: list(values) for name, values in zip("abcd", zip(*table, strict=True), strict=True)
    }


def close(found: Evaluated, name: str, expected: Numbers) -> None:
    assert column(found, name) == pytest.approx(list(expected), abs=CLOSE)


def min_max(x: Numbers, *, less: bool = False) -> Numbers:
    if x.max() == x.min():
        return np.full(len(x), 100.0)
    reached = (x - x.min()) / (x.max() - x.min())
    return 100 * (1 - reached if less else reached)


def z_points(x: Numbers) -> Numbers:
    deviation = np.std(x, ddof=1)
    z = np.zeros(len(x)) if deviation < 1e-12 else (x - np.mean(x)) / deviation
    return np.clip(50 + 10 * z, 0, 100)


@RANDOM
@given(tables(), st.lists(st.integers(1, 9), min_size=4, max_size=4), st.booleans())
def test_weighted_min_max_with_direction(
    table: list[list[float]], weights: list[int], less: bool
) -> None:
    rules = book(*(criterion(code, less_is_better=less) for code in "abcd"))
    scale = Use(code="min-max")
    leaves = [leaf(code, each, scale=scale) for code, each in zip("abcd", weights, strict=True)]
    found = run(category(*leaves), data_of(table), rulebook=rules)
    points = np.column_stack([min_max(each, less=less) for each in np.array(table).T])
    close(found, "total", points @ np.array(weights) / sum(weights))


@RANDOM
@given(tables())
def test_denominators(table: list[list[float]]) -> None:
    rules = book(
        criterion("a"),
        criterion(
            "c",
            indicators=(indicator("c"), indicator("d")),
            measure=lambda i: ratio(i.c, i.d, when_zero=MISSING),
        ),
        criterion("b"),
    )
    plain = Use(code="goalposts", parameters={"low": 0, "high": 1, "capped": False})
    leaves = [
        leaf("a", denominator="b", missing="zero", scale=plain),
        leaf("c", missing="zero", scale=plain),
    ]
    found = run(category(*leaves), data_of(table), rulebook=rules)
    a, b, c, d = np.array(table).T
    first = np.divide(a, b, out=np.zeros(len(a)), where=b != 0)
    second = np.divide(c, d, out=np.zeros(len(a)), where=d != 0)
    assert column(found, "total") == pytest.approx(
        list(50 * (first + second)), rel=1e-12, abs=CLOSE
    )
    zero = [reason == 2 for reason in column(found, "reason:a")]
    assert zero == list(b == 0)


@RANDOM
@given(tables(), st.data())
def test_group_mean_stands_in(table: list[list[float]], data: st.DataObject) -> None:
    rows = len(table)
    sectors = data.draw(st.lists(st.sampled_from("xy"), min_size=rows, max_size=rows))
    gaps = data.draw(st.lists(st.booleans(), min_size=rows, max_size=rows))
    a = np.array([row[0] for row in table])
    known = ~np.array(gaps)
    filled = a.copy()
    for sector in "xy":
        here = np.array(sectors) == sector
        if (here & known).any():
            filled[here & ~known] = a[here & known].mean()
        else:
            filled[here & ~known] = np.nan
    plain = Use(code="goalposts", parameters={"low": 0, "high": 1000, "capped": False})
    declared = leaf("a", scale=plain, missing="group-mean", missing_by="sector")
    given_ = {
        "a": [None if gap else value for gap, value in zip(gaps, a, strict=True)],
        "sector": sectors,
    }
    found = column(run(category(declared), given_), "total")
    expected = [None if np.isnan(each) else pytest.approx(each / 10, abs=CLOSE) for each in filled]
    assert found == expected


def winsorized(x: Numbers, most: int) -> Numbers:
    """One candidate after another, by the plain definition."""
    x, changed = x.copy(), set[int]()
    while True:
        n, deviation = len(x), np.std(x, ddof=1)
        if n < 4 or deviation < 1e-12:
            return x
        z = (x - x.mean()) / deviation
        skew = n / ((n - 1) * (n - 2)) * (z**3).sum()
        kurtosis = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * (z**4).sum()
        kurtosis -= 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))
        if not (abs(skew) > 2 and kurtosis > 3.5):
            return x
        end = x.max() if skew >= 0 else x.min()
        here, rest = np.flatnonzero(x == end), x[x != end]
        if len(changed | set(here)) > most or len(np.unique(rest)) < 2:
            return x
        x[here] = rest.max() if skew >= 0 else rest.min()
        changed |= set(here)


@RANDOM
@given(tables(rows=30, most=20), st.integers(0, 6), st.booleans(), st.integers(1, 6))
def test_winsorizing(table: list[list[float]], far: int, low: bool, most: int) -> None:
    a = np.array([row[0] for row in table])
    a[: far % len(a)] = [(-1 if low else 1) * 500.0 * (at + 1) for at in range(far % len(a))]
    declared = leaf("a", scale=Use(code="min-max"), winsorize=Winsorize(most=most))
    found = run(category(declared), _named(a))
    close(found, "treated:a", winsorized(a, most))
    close(found, "total", min_max(winsorized(a, most)))


def _named(a: Numbers) -> Mapping[str, Any]:
    return {"id": [f"N{at:02}" for at in range(len(a))], "a": a.tolist()}


@RANDOM
@given(tables(), st.lists(st.integers(1, 9), min_size=6, max_size=6))
def test_z_score_tree_of_four_levels_with_a_geometric_branch(
    table: list[list[float]], w: list[int]
) -> None:
    z = Use(code="z-score")
    third = group("third", leaf("c", w[0], scale=z), leaf("d", w[1], scale=z), weight=w[2])
    second = group(
        "second", leaf("b", w[3], scale=z), third, weight=w[4], aggregation=Use(code="geometric")
    )
    found = run(category(leaf("a", w[5], scale=z), second), data_of(table))
    a, b, c, d = (z_points(each) for each in np.array(table).T)
    low = (w[0] * c + w[1] * d) / (w[0] + w[1])
    middle = np.exp((w[3] * np.log(b) + w[2] * np.log(low)) / (w[3] + w[2]))
    close(found, "total", (w[5] * a + w[4] * middle) / (w[5] + w[4]))


def test_ranking_after_rounding_is_not_repeated() -> None:
    """A known mistake of an engine: totals rounded to two decimals, then ranked."""
    found = run(category(leaf("a")), {"a": [80.004, 80.001, 79.996]})
    assert [round(total, 2) for total in column(found, "total")] == [80.0, 80.0, 80.0]
    assert column(found, "place") == [1, 2, 3]


def test_weights_of_another_node_are_not_picked_up() -> None:
    """A known mistake of an engine: a weight looked up by position, not by node."""
    inner = group("inner", leaf("c", 9), leaf("d", 1), weight=1)
    mixed = category(leaf("a", 1), inner, leaf("b", 2))
    found = run(mixed, {"a": [10], "b": [20], "c": [30], "d": [40]})
    assert column(found, "value:inner") == [31.0]
    assert column(found, "total") == [(10 + 31 + 40) / 4]
    assert [column(found, f"weight:{code}")[0] for code in "acdb"] == [25.0, 22.5, 2.5, 50.0]
