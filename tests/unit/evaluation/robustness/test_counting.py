"""Bins of places, and quantiles out of counts."""

import numpy as np
import pytest

from awards.evaluation.robustness.counting import EXACT, Counted, make_bins


@pytest.mark.parametrize("candidates", [1, 2, EXACT, EXACT + 1, 5_000, 66_150])
def test_bins_cover_every_place_once_and_are_at_most_a_256th_wide(candidates: int) -> None:
    bins = make_bins(candidates)
    covered = np.concatenate(
        [np.arange(a, b + 1) for a, b in zip(bins.first, bins.last, strict=True)]
    )
    assert covered.tolist() == list(range(1, candidates + 1))
    assert (bins.of[bins.first] == np.arange(len(bins.first))).all()
    widths = bins.last - bins.first + 1
    assert (widths[bins.first <= EXACT] == 1).all()
    assert (widths <= np.maximum(1, bins.first // 256)).all()


def test_quantiles_are_the_inverse_of_the_distribution() -> None:
    dice = np.random.default_rng(1)
    places = dice.integers(1, 30, (200, 5))
    counts = np.array([np.bincount(each, minlength=31)[1:] for each in places.T], np.uint16)
    counted = Counted(200, make_bins(30), counts, np.zeros(5, np.int64))
    for share in (0.05, 0.5, 0.95, 1.0):
        expected = np.quantile(places, share, axis=0, method="inverted_cdf")
        assert (counted.quantile(share) + 1).tolist() == expected.tolist()
