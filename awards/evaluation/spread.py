"""Statistics of the values of a cohort, and how far outliers are drawn in.

Nothing here is a running sum of floats: sums are exact (`math.fsum`), so that neither
the order of candidates nor threads can change a result.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from awards.domain.definition import Winsorize

Values = npt.NDArray[np.float64]

_CHUNK = 65_536
_FEWEST = 4
"""Kurtosis is defined from so many values on."""


def statistics_of(values: Values, names: Iterable[str]) -> Mapping[str, float]:
    """The *names* that are one number for a cohort, of its *values*, in rising order and
    at least one.

    ``median``: of the two values in the middle the mean. ``mean``: Σx / n.
    ``deviation``: √(Σ(x − mean)² / (n − 1)), the sample standard deviation; 0 for a
    single value.
    """
    said: Mapping[str, Callable[[], float]] = {
        "minimum": lambda: values[0],
        "maximum": lambda: values[-1],
        "median": lambda: float(np.median(values)),
        "mean": lambda: mean_of(values),
        "deviation": lambda: deviation_of(values),
        "count": lambda: len(values),
    }
    return {name: float(said[name]()) for name in names if name in said}


def mean_of(values: Values) -> float:
    return total_of(values) / len(values)


def deviation_of(values: Values) -> float:
    if len(values) < 2:
        return 0.0
    return math.sqrt(total_of(np.square(values - mean_of(values))) / (len(values) - 1))


def total_of(values: Values) -> float:
    """Σx, correctly rounded, whatever the order."""
    chunks = (values[at : at + _CHUNK].tolist() for at in range(0, len(values), _CHUNK))
    return math.fsum(chain.from_iterable(chunks))


def shape_of(values: Values) -> tuple[float, float]:
    """Skewness and excess kurtosis as samples have them (G₁ and G₂ of Joanes and Gill 1998,
    The Statistician 47; what Excel's SKEW and KURT give).

    With z = (x − mean) / deviation: G₁ = n / ((n−1)(n−2)) · Σz³ and G₂ =
    n(n+1) / ((n−1)(n−2)(n−3)) · Σz⁴ − 3(n−1)² / ((n−2)(n−3)). Both are 0 for fewer
    than four values and where all are equal.
    """
    n, deviation = len(values), deviation_of(values)
    if n < _FEWEST or deviation == 0.0:
        return 0.0, 0.0
    z = (values - mean_of(values)) / deviation
    square = z * z
    skewness = n / ((n - 1) * (n - 2)) * total_of(square * z)
    peak = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * total_of(square * square)
    return skewness, peak - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))


def winsor_bounds(values: Values, rule: Winsorize) -> tuple[float, float]:
    """The lowest and highest that *values*, in rising order, are drawn in to.

    While ``|G₁| > rule.skewness`` and ``G₂ > rule.kurtosis``, the highest value (where
    G₁ ≥ 0; else the lowest) becomes the next one, with all that equal it: the
    procedure of the JRC's audits and of COINr (Becker et al. 2022, Journal of Open
    Source Software 7/78). A step that would bring the candidates drawn in above
    ``rule.most`` is not taken, nor one that would leave all values equal.
    """
    drawn, low, high = values.copy(), 0, len(values) - 1
    while _is_far_from_symmetric(drawn, rule):
        skewness, _ = shape_of(drawn)
        if skewness >= 0:
            next_high = int(np.searchsorted(drawn, drawn[high], side="left")) - 1
            next_low = low
        else:
            next_low = int(np.searchsorted(drawn, drawn[low], side="right"))
            next_high = high
        if next_low >= next_high or next_low + len(drawn) - 1 - next_high > rule.most:
            break
        low, high = next_low, next_high
        drawn[high:], drawn[: low + 1] = drawn[high], drawn[low]
    return float(drawn[low]), float(drawn[high])


def _is_far_from_symmetric(values: Values, rule: Winsorize) -> bool:
    skewness, kurtosis = shape_of(values)
    return abs(skewness) > rule.skewness and kurtosis > rule.kurtosis


def positions_in(values: Values, ordered: Values) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """For each of *values*, how many of *ordered* (rising) are below it and how many equal,
    compared as ``round(x · 10⁹)``."""
    quanta, known = np.rint(values * 1e9), np.rint(ordered * 1e9)
    below = np.searchsorted(known, quanta, side="left")
    return below, np.searchsorted(known, quanta, side="right") - below
