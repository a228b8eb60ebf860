"""Rows that say the same thing twice, where an id may have several rows."""

from collections.abc import Sequence

import polars as pl

from awards.intake.findings import findings
from awards.intake.headers import Header
from awards.intake.types import Layout


def same_rows(table: pl.DataFrame, layout: Layout, *, header: Header) -> list[pl.DataFrame]:
    """Findings: rows of *table* that are equal in all columns and, of records, those
    of one candidate that have the same whole key."""
    found = [_repeated(table, layout.targets, code="row-twice", column=header.columns["id"])]
    if layout.records:
        key = layout.records.key
        column = header.columns.get(key[0], header.columns["id"])
        whole = table.drop_nulls(key)
        found.insert(0, _repeated(whole, ("id", *key), code="record-twice", column=column))
    return found


def _repeated(
    table: pl.DataFrame, columns: Sequence[str], *, code: str, column: int
) -> pl.DataFrame:
    rows = pl.col("source_row").cast(pl.String).implode().list.join(", ").over(columns)
    times = pl.len().over(columns)
    named = table.drop_nulls("id").with_columns(rows.alias("more"), times.alias("times"))
    faulty = named.filter(pl.col("times") > 1).select(
        row="source_row", code=pl.lit(code), value="id", more="more"
    )
    return findings(faulty, column, more=pl.col("more"))
