"""Sums that no order of rows and no number of threads can change, and rounding that no
engine does otherwise."""

import narwhals as nw
import polars as pl

from awards.domain.canonical import QUANTA


def exact_sum(column: str, dtype: pl.DataType) -> pl.Expr:
    """The sum of *column*, to be aggregated: of integers as they are, of floats in
    integers of 10⁻⁹."""
    value = pl.col(column)
    if not dtype.is_float():
        return value.sum()
    whole = value.floor()
    fraction = ((value - whole) * QUANTA).round().cast(pl.Int64).sum()
    carried = whole.cast(pl.Int64).sum() + fraction // QUANTA
    return carried.cast(pl.Float64) + (fraction % QUANTA).cast(pl.Float64) / QUANTA


_WHOLE = 2.0**52
"""From here on every float is a whole number."""


def quanta(value: nw.Expr) -> nw.Expr:
    """round(value · 10⁹), halves to even, as a float.

    Engines round halves in ways of their own; a sum that leaves no bits for the fraction
    is rounded by the processor.
    """
    scaled = value * float(QUANTA)
    up, down = (scaled + _WHOLE) - _WHOLE, (scaled - _WHOLE) + _WHOLE
    small = nw.when(scaled < 0.0).then(down).otherwise(up)
    return nw.when(scaled.abs() < _WHOLE).then(small).otherwise(scaled)
