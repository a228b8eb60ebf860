"""Sums that no order of rows and no number of threads can change."""

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
