"""Faults while they are columns: one row for each refused cell."""

from collections.abc import Sequence

import polars as pl

SCHEMA = pl.Schema(
    {"row": pl.Int64, "column": pl.Int64, "code": pl.String, "value": pl.String, "more": pl.String}
)
"""``row`` counts from 1, ``column`` from 0 and is null where no one cell is to blame;
``more`` is what a reason needs beside the value: other rows, or ids to choose from."""

NONE = SCHEMA.to_frame()


def findings(
    faulty: pl.DataFrame, column: int | None, *, more: pl.Expr | None = None
) -> pl.DataFrame:
    """The rows of *faulty* (``row``, ``code``, ``value``) as findings about *column*."""
    return faulty.select(
        "row",
        pl.lit(column, pl.Int64).alias("column"),
        "code",
        pl.col("value").fill_null(""),
        (pl.lit(None, pl.String) if more is None else more).alias("more"),
    )


def gathered(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All findings, by row and column; of several about one cell the first."""
    return (
        pl.concat([NONE, *parts])
        .unique(["row", "column"], keep="first", maintain_order=True)
        .sort("row", "column", nulls_last=False)
    )
