"""Who is at least as good on every criterion, and better on one.

Such a pair keeps its order under any weights. For each criterion the candidates with at
least as many points are a set of bits; the sets of all criteria are intersected. Sets
are kept for every 256th candidate in the order of points only, so memory grows with
n² / 2048 bytes for each criterion and no table of pairs is made.
"""

from dataclasses import dataclass

import numpy as np

from awards.domain.canonical import QUANTA
from awards.evaluation.robustness import bits
from awards.evaluation.robustness.threads import side_by_side
from awards.evaluation.robustness.tree import Floats, Integers

ABSENT = np.int64(-(2**61))


@dataclass(frozen=True, eq=False)
class Dominance:
    """How many candidates each one dominates, and by how many it is dominated."""

    dominates: Integers
    dominated: Integers


def compared(points: Floats) -> Integers:
    """*points* as integers of 10⁻⁹, `ABSENT` where a criterion is out of force."""
    missing = np.isnan(points)
    scaled = np.where(missing, 0.0, points) * QUANTA
    keys: Integers = np.rint(scaled).astype(np.int64)
    keys[missing] = ABSENT
    return keys


def count_dominance(points: Floats) -> Dominance:
    """Counts over *points* (criteria × candidates).

    Where a criterion is in force for one of two candidates only, neither dominates.
    """
    keys = compared(points)
    alike = _alike(keys)
    better = _at_least(keys) - alike
    worse = _at_least(np.where(keys == ABSENT, ABSENT, -keys)) - alike
    return Dominance(dominates=worse, dominated=better)


def dominating_pairs(points: Floats) -> list[tuple[int, int]]:
    """All pairs (better, worse) of the few candidates in *points*, by number."""
    keys = compared(points)
    absent = keys == ABSENT
    found: list[tuple[int, int]] = []
    for own in range(keys.shape[1]):
        alike = (absent == absent[:, [own]]).all(axis=0)
        covers = (keys[:, [own]] >= keys).all(axis=0)
        exceeds = (keys[:, [own]] > keys).any(axis=0)
        found += [(own, int(each)) for each in np.flatnonzero(alike & covers & exceeds)]
    return found


def _alike(keys: Integers) -> Integers:
    """How many candidates have the very same points, each itself included."""
    _, inverse, counts = np.unique(keys, axis=1, return_inverse=True, return_counts=True)
    return np.asarray(counts[np.ravel(inverse)], np.int64)


def _at_least(keys: Integers) -> Integers:
    """How many candidates have at least as much on every criterion, each itself included."""
    criteria, size = keys.shape
    orders = np.argsort(-keys, axis=1, kind="stable")
    present = (keys != ABSENT).sum(axis=1)
    ends = np.empty_like(keys)
    for row in range(criteria):
        rising = np.sort(-keys[row])
        ends[row] = np.searchsorted(rising, -keys[row], side="right")
        ends[row][keys[row] == ABSENT] = -1
    marks = bits.mark_orders(orders, present)
    found = np.empty(size, np.int64)

    def count(low: int, high: int) -> None:
        bits.count_all(marks, orders, ends, low, high, found)

    side_by_side(count, size)
    return found
