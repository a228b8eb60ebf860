"""Cells as columns: for column 3 of a sheet ``t3`` (text), ``n3`` (number), ``k3`` (kind)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the child looks at a file before it loads Polars
    import polars as pl

    from awards.intake.scan import Places

EMPTY, TEXT, NUMBER, BOOLEAN, DATE, ERROR, PERCENT = range(7)
"""What a cell is. A percentage is a number that is shown with a percent sign;
an error has no value whatever the reader made of it."""

_KINDS: dict[type, int] = {str: TEXT, float: NUMBER, int: NUMBER, bool: BOOLEAN}
_ROWS_AT_ONCE = 16_384


def frame_of(rows: Iterator[Sequence[Any]], width: int, *, offset: int = 0) -> pl.DataFrame:
    """The cells of *rows* as columns, each row filled up to *width*.

    *offset* is the column that the rows start with. Blank text is empty.
    """
    import polars as pl  # noqa: PLC0415

    parts = [_part([], 0, width=width)]
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        parts.append(_part(batch, offset, width=width))
    return pl.concat(parts)


def frame_of_text(rows: Sequence[Sequence[str]]) -> pl.DataFrame:
    """The text of *rows* as columns ``t0``, ``t1`` …, at least one; short rows are filled up."""
    import polars as pl  # noqa: PLC0415

    columns = list(zip_longest(*rows, fillvalue="")) or [("",) * len(rows)]
    return pl.DataFrame(
        [pl.Series(f"t{index}", texts, pl.String) for index, texts in enumerate(columns)]
    )


def completed(cells: pl.DataFrame, width: int) -> pl.DataFrame:
    """*cells* with text, number and kind of all columns up to *width*. A column that is
    not there is empty; where only the text is there, all that is there is text."""
    import polars as pl  # noqa: PLC0415

    there = set(cells.columns)
    texts = [name for each in range(width) if (name := f"t{each}") not in there]
    numbers = [name for each in range(width) if (name := f"n{each}") not in there]
    kinds = [each for each in range(width) if f"k{each}" not in there]
    filled = cells.with_columns(
        *(pl.lit(None, pl.String).alias(name) for name in texts),
        *(pl.lit(None, pl.Float64).alias(name) for name in numbers),
    )
    text = pl.lit(TEXT, pl.UInt8)
    return filled.with_columns(
        pl.when(pl.col(f"t{each}").is_not_null()).then(text).otherwise(EMPTY).alias(f"k{each}")
        for each in kinds
    )


def mark(frame: pl.DataFrame, places: Places, *, kind: int, among: Sequence[int]) -> pl.DataFrame:
    """Give the cells at *places* another kind where they have a kind in *among*."""
    import polars as pl  # noqa: PLC0415

    row = pl.int_range(pl.len())
    marked = [
        pl.when(row.is_in(rows) & pl.col(f"k{column}").is_in(among))
        .then(pl.lit(kind, pl.UInt8))
        .otherwise(pl.col(f"k{column}"))
        .alias(f"k{column}")
        for column, rows in places.items()
        if f"k{column}" in frame.columns
    ]
    return frame.with_columns(marked)


def _part(rows: list[Sequence[Any]], offset: int, *, width: int) -> pl.DataFrame:
    import polars as pl  # noqa: PLC0415

    columns = list(zip(*rows, strict=True))
    empty = [""] * len(rows)
    series: list[pl.Series] = []
    for index in range(width):
        inside = 0 <= index - offset < len(columns)
        series += _split(columns[index - offset] if inside else empty, index)
    return pl.DataFrame(series)


def _split(values: Sequence[Any], index: int) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Text, number and kind of each value; most columns are of one type throughout."""
    import polars as pl  # noqa: PLC0415

    types = set(map(type, values))
    if types == {float}:
        texts, numbers, kinds = [None], list(values), [NUMBER]
    elif types == {str}:
        texts, numbers, kinds = list(values), [None], [TEXT]
    else:
        texts, numbers, kinds = _split_mixed(values)
    rows = len(values)
    text = _series(f"t{index}", texts, pl.String(), rows=rows)
    text = text.set(text.str.strip_chars() == "", None)
    kind = _series(f"k{index}", kinds, pl.UInt8(), rows=rows)
    blank = text.is_null() & (kind == TEXT)
    number = _series(f"n{index}", numbers, pl.Float64(), rows=rows)
    return text, number, kind.set(blank, EMPTY)


def _split_mixed(values: Sequence[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    kinds = [_KINDS.get(type(value), DATE) for value in values]
    pairs = list(zip(values, kinds, strict=True))
    texts = [
        value if kind == TEXT else None if kind == NUMBER else str(value).upper()
        for value, kind in pairs
    ]
    return texts, [float(value) if kind == NUMBER else None for value, kind in pairs], kinds


def _series(name: str, values: Sequence[Any], dtype: pl.DataType, *, rows: int) -> pl.Series:
    """A column of *rows* values; one value stands for all."""
    import polars as pl  # noqa: PLC0415

    series = pl.Series(name, values, dtype)
    return series if len(series) == rows else series.new_from_index(0, rows)
