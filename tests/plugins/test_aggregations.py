import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize("code", ["arithmetic", "geometric"])
def test_aggregation_is_sound(code: str) -> None:
    check_aggregation(bundled().aggregation(code))


@pytest.mark.parametrize("code", ["arithmetic", "geometric"])
@STEADY
@given(rows=st.lists(ROW, min_size=1, max_size=8))
def test_losses_are_zero_or_more_and_sum_to_what_is_lost(
    code: str, rows: list[tuple[list[float], list[int]]]
) -> None:
    for value, *losses in combined(code, [weighted(*row) for row in rows]):
        assert min(losses) >= -1e-12
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


@pytest.mark.parametrize("code", ["arithmetic", "geometric"])
@pytest.mark.parametrize("known", [0.0, 50.0])
def test_missing_child_makes_the_value_missing(code: str, known: float) -> None:
    assert combined(code, [[(None, 0.5), (known, 0.5)]])[0][0] is None
