"""Counts of dominance beside all pairs compared one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.evaluation.robustness.dominance import count_dominance, dominating_pairs
from awards.evaluation.robustness.tree import Floats
from tests.unit.evaluation.small import STEADY


def pairs_of(points: Floats) -> set[tuple[int, int]]:
    """(better, worse) of all pairs, by the definition."""
    found = set()
    columns = points.T.tolist()
    for one, own in enumerate(columns):
        for two, other in enumerate(columns):
            both = list(zip(own, other, strict=True))
            if all(np.isnan(a) == np.isnan(b) for a, b in both):
                known = [(a, b) for a, b in both if not np.isnan(a)]
                if all(a >= b for a, b in known) and any(a > b for a, b in known):
                    found.add((one, two))
    return found


@STEADY
@given(st.integers(1, 4), st.integers(1, 40), st.integers(0, 10_000))
def test_counts_and_pairs_are_those_of_the_definition(criteria: int, size: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    points = dice.integers(0, 4, (criteria, size)).astype(np.float64)
    points[dice.random(points.shape) < 0.1] = np.nan
    expected, found = pairs_of(points), count_dominance(points)
    assert set(dominating_pairs(points)) == expected
    for each in range(size):
        assert found.dominates[each] == sum(one == each for one, _ in expected)
        assert found.dominated[each] == sum(two == each for _, two in expected)


@pytest.mark.parametrize("size", [255, 256, 257, 640, 1025])
def test_kept_sets_and_words_of_bits_join_without_a_gap(size: int) -> None:
    points = np.vstack([np.arange(size), np.arange(size)[::-1]]).astype(np.float64)
    assert not count_dominance(points).dominates.any()
    assert count_dominance(points[:1]).dominates.tolist() == list(range(size))


def test_points_closer_than_a_billionth_are_equal() -> None:
    points = np.array([[50.0, 50.0 + 1e-10], [40.0, 40.0]])
    assert count_dominance(points).dominates.tolist() == [0, 0]
