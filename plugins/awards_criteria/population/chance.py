"""Random columns from a seed, each subject with a stream of its own."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def stream(seed: int, *subject: str | int) -> np.random.Generator:
    """The random source of *subject*: the same for the same seed, whatever else is
    drawn before, so that chunks and tables can be made in any order."""
    words = [zlib.crc32(str(each).encode()) for each in subject]
    return np.random.Generator(np.random.PCG64([seed, *words]))


def chance(logit: ArrayLike) -> Floats:
    """A probability from its logit."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(logit, dtype=np.float64))))


def part_of(dice: np.random.Generator, whole: Ints, probability: Floats | float) -> Ints:
    """How many of each *whole* are drawn; never more than there are."""
    return np.asarray(dice.binomial(whole, probability), dtype=np.int64)


def rounded(values: ArrayLike) -> Ints:
    return np.asarray(np.rint(values), dtype=np.int64)


def split(dice: np.random.Generator, whole: int, weights: Floats) -> Ints:
    """*whole* shared out by *weights*; the shares add up to it."""
    return np.asarray(dice.multinomial(whole, weights / weights.sum()), dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """A one-to-one map of serials onto numbers below ``size``, in no visible order.

    ``factor`` shares no divisor with ``size``, so two serials never meet; it is
    computed per number, without a table, and therefore in chunks too.
    """

    size: int
    factor: int
    shift: int

    def __call__(self, serials: Ints) -> Ints:
        return (serials * self.factor + self.shift) % self.size
