import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.sdk import BadExpression, Use
from awards.sdk.testing import check_aggregation
from tests.plugins.rules import STEADY, bundled, combined

POINTS = st.sampled_from((0.0, 100.0)) | st.floats(0.0, 100.0, allow_subnormal=False)
WEIGHTS = st.lists(st.integers(0, 20), min_size=3, max_size=3).filter(any)
ROW = st.tuples(st.lists(POINTS, min_size=3, max_size=3), WEIGHTS)


def weighted(points: list[float], weights: list[int]) -> list[tuple[float, float]]:
    whole = sum(weights)
    return [
        (each if weight else 100.0, weight / whole)
        for each, weight in zip(points, weights, strict=True)
    ]


FEW = settings(STEADY, max_examples=8)
"""Fewer tables of more rows: an expression costs more than its rows."""

MEANS: list[tuple[str, dict[str, Any]]] = [
    ("arithmetic", {}),
    ("geometric", {}),
    ("harmonic", {}),
    ("weakest", {}),
    ("sum", {}),
    *(("power", {"exponent": each}) for each in (-50, -0.01, 0.5, 50)),
]


@pytest.mark.parametrize(("code", "parameters"), MEANS)
def test_aggregation_is_sound(code: str, parameters: dict[str, Any]) -> None:
    check_aggregation(bundled().aggregation(code), parameters)


@pytest.mark.parametrize("items", [2, 10])
def test_sum_over_most_explains_itself_though_it_may_lie_below_the_children(items: int) -> None:
    rule = bundled().aggregation("sum-over-most")
    check_aggregation(rule, {"items": items}, between=False)


@pytest.mark.parametrize(("code", "parameters"), [*MEANS, ("sum-over-most", {"items": 4})])
@FEW
@given(rows=st.lists(ROW, min_size=10, max_size=40))
def test_losses_are_zero_or_more_and_sum_to_what_is_lost(
    code: str, parameters: dict[str, Any], rows: list[tuple[list[float], list[int]]]
) -> None:
    for value, *losses in combined(code, [weighted(*row) for row in rows], **parameters):
        assert min(losses) >= -1e-9
        assert sum(losses) == pytest.approx(100.0 - value, abs=1e-9)


@STEADY
@given(st.lists(ROW, min_size=1, max_size=8))
def test_arithmetic_is_the_weighted_mean(rows: list[tuple[list[float], list[int]]]) -> None:
    given_rows = [weighted(*row) for row in rows]
    found = [row[0] for row in combined("arithmetic", given_rows)]
    expected = [math.fsum(points * weight for points, weight in row) for row in given_rows]
    assert found == pytest.approx(expected, abs=1e-10)


@STEADY
@given(st.lists(ROW, min_size=1, max_size=8))
def test_geometric_is_the_weighted_product(rows: list[tuple[list[float], list[int]]]) -> None:
    given_rows = [weighted(*row) for row in rows]
    found = [row[0] for row in combined("geometric", given_rows)]
    expected = [100 * math.prod((p / 100) ** weight for p, weight in row) for row in given_rows]
    assert found == pytest.approx(expected, abs=1e-9)


def test_children_without_points_share_the_whole_geometric_loss_by_weight() -> None:
    [row] = combined("geometric", [[(0.0, 0.3), (0.0, 0.1), (80.0, 0.6)]])
    assert row == pytest.approx((0.0, 75.0, 25.0, 0.0), abs=1e-12)


def test_nothing_is_lost_where_all_points_are_full() -> None:
    assert combined("geometric", [[(100.0, 0.5), (100.0, 0.5)]]) == [(100.0, 0.0, 0.0)]


def test_child_out_of_force_bears_no_loss() -> None:
    [row] = combined("geometric", [[(25.0, 1.0), (100.0, 0.0)]])
    assert row == pytest.approx((25.0, 75.0, 0.0), abs=1e-12)


CODES = ["arithmetic", "geometric", "harmonic", "power", "weakest", "sum", "sum-over-most"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("known", [0.0, 50.0])
def test_missing_child_makes_the_value_missing(code: str, known: float) -> None:
    assert combined(code, [[(None, 0.5), (known, 0.5)]])[0][0] is None


@FEW
@given(st.sampled_from((-3.0, -1.0, 0.5, 2.0)), st.lists(ROW, min_size=1, max_size=8))
def test_generalized_mean_is_the_one_that_numpy_computes(
    exponent: float, rows: list[tuple[list[float], list[int]]]
) -> None:
    given_rows = [weighted([max(each, 1.0) for each in row], weights) for row, weights in rows]
    found = [row[0] for row in combined("power", given_rows, exponent=exponent)]
    points, weights = np.moveaxis(np.array(given_rows), 2, 0)
    expected = (weights * points**exponent).sum(axis=1) ** (1 / exponent)
    assert found == pytest.approx(expected.tolist(), rel=1e-12, abs=1e-9)


def test_harmonic_mean_by_hand() -> None:
    [row] = combined("harmonic", [[(60.0, 0.5), (30.0, 0.5)]])
    assert row[0] == pytest.approx(40.0)
    assert row[1:] == pytest.approx((60 * 2 / 9, 60 * 7 / 9))


def test_child_without_points_makes_the_harmonic_mean_nothing_and_bears_the_loss() -> None:
    [row] = combined("harmonic", [[(0.0, 0.25), (90.0, 0.75)]])
    assert row == pytest.approx((0.0, 100.0, 0.0))


def test_weakest_child_bears_the_whole_loss() -> None:
    rows = [[(90.0, 0.5), (40.0, 0.3), (40.0, 0.2)], [(90.0, 0.5), (40.0, 0.0), (50.0, 0.5)]]
    found = combined("weakest", rows)
    assert found[0] == pytest.approx((40.0, 0.0, 36.0, 24.0))
    assert found[1] == pytest.approx((50.0, 0.0, 0.0, 50.0))


def test_three_good_items_of_ten_count_as_three_tenths() -> None:
    rows = [[(100.0, 1 / 3), (80.0, 1 / 3), (60.0, 1 / 3)]]
    assert combined("sum-over-most", rows, items=10)[0] == pytest.approx(
        (24.0, 100 / 3 - 10, 100 / 3 - 8, 100 / 3 - 6)
    )
    assert combined("sum-over-most", rows, items=2)[0][0] == pytest.approx(80.0)


def test_raw_points_beyond_the_maximum_count_for_nothing() -> None:
    rows = [[(50.0, 0.5), (50.0, 0.5)], [(100.0, 0.5), (70.0, 0.5)]]
    found = combined("sum", rows, maximum=1.6)
    assert found[0] == pytest.approx((62.5, 50 - 31.25, 50 - 31.25))
    assert found[1][0] == 100.0
    assert sum(found[1][1:]) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("code", "parameters"),
    [
        ("power", {"exponent": 0}),
        ("power", {"exponent": 51}),
        ("sum", {"maximum": 0}),
        ("sum-over-most", {"items": 0}),
        ("arithmetic", {"exponent": 1}),
    ],
)
def test_aggregation_that_means_nothing_is_refused(code: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(BadExpression, match=code):
        bundled().bound_aggregation(Use(code=code, parameters=parameters))
