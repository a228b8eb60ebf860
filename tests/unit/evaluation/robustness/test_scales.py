"""Other scales by hand."""

import numpy as np

from awards.evaluation.robustness.scales import min_max, rank, respread, z_score

POINTS = np.array([20.0, 40.0, 40.0, 60.0])


def test_min_max_stretches_from_lowest_to_highest() -> None:
    assert min_max(POINTS).tolist() == [0.0, 50.0, 50.0, 100.0]


def test_z_scores_lie_around_fifty_in_steps_of_ten() -> None:
    step = 10 * 20 / np.sqrt(800 / 3)
    assert np.allclose(z_score(POINTS), [50 - step, 50, 50, 50 + step])


def test_ranks_share_the_middle_of_equal_ones() -> None:
    assert rank(POINTS).tolist() == [0.0, 50.0, 50.0, 100.0]
    assert rank(np.array([0.1 + 0.2, 0.3])).tolist() == [50.0, 50.0]


def test_without_spread_nobody_is_told_apart() -> None:
    level = np.array([7.0, 7.0])
    assert [min_max(level).tolist(), z_score(level).tolist(), rank(level).tolist()] == [
        [100.0, 100.0],
        [50.0, 50.0],
        [50.0, 50.0],
    ]
    assert [each(np.array([7.0])).tolist() for each in (min_max, z_score, rank)] == [
        [100.0],
        [50.0],
        [100.0],
    ]


def test_missing_points_stay_missing_and_change_nobody_elses() -> None:
    spread = respread(np.array([[20.0, np.nan, 60.0], [np.nan] * 3]), "min-max")
    assert np.array_equal(spread, [[0.0, np.nan, 100.0], [np.nan] * 3], equal_nan=True)
