"""Other ways to spread stored points from 0 to 100.

They start from the points, not from raw values: what is better, where a target lies
and which table holds for which sector was settled by the scale that is in force.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from awards.domain.canonical import QUANTA
from awards.evaluation.robustness.tree import Floats

_CENTER, _STEP = 50.0, 10.0


def min_max(points: Floats) -> Floats:
    """100 · (p − lowest) / (highest − lowest); 100 for all where they are equal."""
    low, high = points.min(), points.max()
    if not low < high:
        return np.full_like(points, 100.0)
    return np.asarray((points - low) / (high - low) * 100.0)


def z_score(points: Floats) -> Floats:
    """50 + 10 · (p − mean) / s with the sample standard deviation s, kept within 0 to
    100; 50 for all where there is no spread. Both sums are exact, so no order counts."""
    if len(points) < 2:
        return np.full_like(points, _CENTER)
    mean = math.fsum(points) / len(points)
    spread = math.sqrt(math.fsum((points - mean) ** 2) / (len(points) - 1))
    if spread * QUANTA < 1.0:
        return np.full_like(points, _CENTER)
    return np.clip(_CENTER + _STEP * ((points - mean) / spread), 0.0, 100.0)


def rank(points: Floats) -> Floats:
    """100 · (candidates with fewer points + half of the others with as many) / (n − 1),
    points compared as integers of 10⁻⁹; 100 for a single candidate."""
    if len(points) < 2:
        return np.full_like(points, 100.0)
    keys = np.rint(points * QUANTA).astype(np.int64)
    ordered = np.sort(keys)
    fewer = np.searchsorted(ordered, keys, side="left")
    upto = np.searchsorted(ordered, keys, side="right")
    return (fewer + (upto - fewer - 1) / 2) / (len(points) - 1) * 100.0


SCALES: Mapping[str, Callable[[Floats], Floats]] = {
    "min-max": min_max,
    "z": z_score,
    "rank": rank,
}


def respread(points: Floats, scale: str) -> Floats:
    """*points* (criteria × candidates) on another of `SCALES`; missing ones stay so."""
    found = np.full_like(points, np.nan)
    for row, given in zip(found, points, strict=True):
        known = ~np.isnan(given)
        if known.any():
            row[known] = SCALES[scale](given[known])
    return found
