"""What another engine computed, held against Polars.

Engines add, multiply and divide alike to the last bit, but not so logarithms,
exponentials and powers. Where that could turn the ninth decimal, the row is computed
again here; and so are some rows in any case, to refuse rules that mean something else
on the other engine.
"""

from collections.abc import Callable

import polars as pl

from awards.domain.canonical import QUANTA
from awards.evaluation.errors import RunRefused

SAMPLED = 1_000
"""Rows that are computed again in any case, spread evenly over all."""

_MARGIN = 1e-3
"""How near to half a unit of 10⁻⁹ a number is a close call: 10⁻¹² is thousands of times
what two engines differ by in numbers up to `_LARGE`."""
_LARGE = 1_000.0
_APART = 1e-11
"""Relative difference from which two engines are taken to follow different rules."""
_ROW = ":row"

Again = Callable[[pl.Series], pl.LazyFrame]
"""Computes the rows of these numbers, rising, on Polars."""


def settled(found: pl.LazyFrame, again: Again, *, rows: int) -> pl.LazyFrame:
    """*found*, which has so many *rows*, with its close calls decided by *again*.

    Raises `RunRefused`, naming column, candidate and both values, when a row that is
    computed again comes out otherwise by more than noise.
    """
    schema = found.collect_schema()
    sampled = pl.col(_ROW) % (rows // SAMPLED + 1) == 0
    numbered = found.with_row_index(_ROW)
    chosen = numbered.filter(_close(schema) | sampled).select(_ROW)
    numbers = chosen.collect(engine="streaming").to_series()
    right = again(numbers).select(schema.names()).collect()
    _refuse_different(rows_of(found, numbers).collect(), right)
    return _mended(numbered, right.with_columns(numbers)).select(schema.names())


def rows_of(table: pl.LazyFrame, numbers: pl.Series) -> pl.LazyFrame:
    """The rows of *table* that have these *numbers*, rising, counted from 0."""
    chosen = numbers.to_frame(_ROW).lazy()
    found = table.with_row_index(_ROW).join(chosen, on=_ROW, how="semi", maintain_order="left")
    return found.drop(_ROW)


def _close(schema: pl.Schema) -> pl.Expr:
    found = [
        (pl.col(name).abs() < _LARGE) & ((_fraction(name) - 0.5).abs() < _MARGIN)
        for name, dtype in schema.items()
        if dtype.is_float()
    ]
    return pl.any_horizontal(found).fill_null(value=False)


def _fraction(name: str) -> pl.Expr:
    scaled = pl.col(name) * QUANTA
    return scaled - scaled.floor()


def _refuse_different(theirs: pl.DataFrame, right: pl.DataFrame) -> None:
    for name, dtype in right.schema.items():
        there, here = theirs[name], right[name]
        apart = there.ne_missing(here)
        if dtype.is_float():
            least = pl.max_horizontal(pl.lit(1.0), here.abs())
            near = pl.select((there - here).abs() <= _APART * least).to_series()
            apart &= ~near.fill_null(value=False)
        for at in apart.arg_true():
            raise RunRefused(
                f"The engines do not agree on {name} of candidate {right['id'][at]}: "
                f"{there[at]} and, on Polars, {here[at]}. Its rule uses an operation that the "
                "guide for plugins does not list; correct it, or evaluate on Polars."
            )


def _mended(numbered: pl.LazyFrame, right: pl.DataFrame) -> pl.LazyFrame:
    """*numbered* with the rows of *right* in place of its own."""
    floats = [name for name, dtype in right.schema.items() if dtype.is_float()]
    new = right.lazy().select(_ROW, pl.col(floats).name.prefix("new "), known=pl.lit(value=True))
    joined = numbered.join(new, on=_ROW, how="left", maintain_order="left")
    mended = [
        pl.when("known").then(pl.col(f"new {name}")).otherwise(pl.col(name)).alias(name)
        for name in floats
    ]
    return joined.with_columns(mended)
