"""Invented names: syllables that are no words, put together by number."""

from itertools import product

import numpy as np
import polars as pl

from .chance import Ints, Spread

_STARTS = (
    "Ba Bren Dal Dor Fa Gal Gren Jal Kar Ken Lem Lor Mal Mer Nal "
    "Nor Pal Pren Ral Ren Sal Sel Tal Tren Ur Val Wel Yar Zal Zen"
)
_MIDDLES = "ba da di go ka lu ma mo na no ra ri ru sa se ta to va vi zu"
_ENDS = "bar dan dol gon kal lem lin mas mer nar nov ran ril sar ton tur van vin zan zar"
_SYLLABLES = [each.split() for each in (_STARTS, _MIDDLES, _ENDS)]
_WORDS = pl.Series(["".join(each) for each in product(*_SYLLABLES)])
_SINGLE = Spread(size=len(_WORDS), factor=7_919, shift=5_003)
_PAIRS = Spread(size=len(_WORDS) ** 2, factor=61_803_397, shift=31_415_926)


def invented(numbers: Ints) -> pl.Series:
    """A word for each number; there are 11,400, and neighbors are unlike each other."""
    return _WORDS.gather(_SINGLE(numbers))


def paired(numbers: Ints) -> pl.Series:
    """Two words for each number: a different pair for each of the first 129,960,000."""
    pairs = _PAIRS(numbers)
    return _WORDS.gather(pairs // len(_WORDS)) + " " + _WORDS.gather(pairs % len(_WORDS))


def chosen(words: tuple[str, ...], numbers: Ints) -> pl.Series:
    """The word of each number in *words*."""
    return pl.Series(words).gather(np.asarray(numbers, dtype=np.int64))
