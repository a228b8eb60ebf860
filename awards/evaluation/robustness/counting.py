"""Counts of places over all draws: never the places of all draws at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from awards.evaluation.robustness import kernels
from awards.evaluation.robustness.placing import Ground
from awards.evaluation.robustness.threads import side_by_side
from awards.evaluation.robustness.tree import Floats, Integers, Places
from awards.evaluation.robustness.weights import chunks_of

EXACT = 1_024
"""Places up to this one are counted one by one; further down, bins widen with the place
and are at most 1/256 of it wide."""
_FINENESS = 256

DrawWeights = Callable[[int, tuple[int, int]], Floats]
"""Weights of so many draws, of a stream."""


@dataclass(frozen=True, eq=False)
class Bins:
    """``first`` and ``last`` place of each bin, and the bin ``of`` each place."""

    first: Places
    last: Places
    of: Places


def make_bins(candidates: int) -> Bins:
    """The bins that places 1 to *candidates* are counted in."""
    first = list(range(1, min(candidates, EXACT) + 1))
    place = EXACT + 1
    while place <= candidates:
        first.append(place)
        place += max(1, place // _FINENESS)
    starts = np.array(first, np.int32)
    ends = np.append(starts[1:] - 1, candidates).astype(np.int32)
    of = np.zeros(candidates + 1, np.int32)
    of[1:] = np.repeat(np.arange(len(starts)), ends - starts + 1)
    return Bins(starts, ends, of)


@dataclass(frozen=True, eq=False)
class Counted:
    """``counts`` (candidates × bins) of places, and ``ahead``: in how many draws each
    candidate is before the next one, in halves (a shared place is one half)."""

    draws: int
    bins: Bins
    counts: npt.NDArray[np.uint16]
    ahead: Integers

    def quantile(self, share: float) -> Integers:
        """The bin of each candidate that the smallest place lies in which is not passed
        in *share* of the draws: the inverse of the distribution function."""
        least = max(1, int(np.ceil(share * self.draws - 1e-9)))
        found = np.empty(len(self.counts), np.int64)

        def find(low: int, high: int) -> None:
            kernels.find_bins(self.counts, least, low, high, found)

        side_by_side(find, len(self.counts))
        return found

    def within(self, bins: npt.NDArray[np.bool_]) -> Floats:
        """Share of draws in which each candidate's place lies in one of *bins*."""
        return np.asarray(self.counts[:, bins].sum(axis=1, dtype=np.int64) / self.draws)


def count_draws(
    grounds: Sequence[Ground], shares: Sequence[int], *, draw_weights: DrawWeights
) -> Counted:
    """Count the places of as many draws of each ground as *shares* says."""
    size = grounds[0].ranked.size
    bins = make_bins(size)
    counts = np.zeros((size, len(bins.first)), np.uint16)
    ahead = np.zeros(size, np.int64)
    for places in _places(grounds, shares, draw_weights):

        def count(low: int, high: int, places: Places = places) -> None:
            kernels.count_places(places, bins.of, low, high, counts, ahead)

        side_by_side(count, size)
    return Counted(sum(shares), bins, counts, ahead)


def _places(
    grounds: Sequence[Ground], shares: Sequence[int], draw_weights: DrawWeights
) -> Iterator[Places]:
    for scheme, (ground, share) in enumerate(zip(grounds, shares, strict=True)):
        for chunk, size in enumerate(chunks_of(share)):
            yield ground.places(draw_weights(size, (scheme, chunk)))
