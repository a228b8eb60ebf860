"""Where values with several sources came from: more cells, or records."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from awards.evaluation.settling import PARTS_OF_CELL
from awards.evaluation.tallies import counted
from awards.sdk.types import Indicator

FIRST_RECORDS = 5
"""So many records of a candidate are named one by one."""


def more_of(more_cells: pl.LazyFrame, indicators: Sequence[str]) -> Iterator[pl.DataFrame]:
    """For each of *indicators* with more cells: id and ``more:x``, a list of part, file,
    row and value."""
    found = more_cells.filter(pl.col("indicator").is_in(indicators)).collect()
    for (code,), cells in found.partition_by("indicator", as_dict=True).items():
        cell = pl.struct(*PARTS_OF_CELL, "value").alias(f"more:{code}")
        yield cells.group_by("id", maintain_order=True).agg(cell)


def counted_of(
    records: Mapping[str, pl.LazyFrame], indicators: Sequence[Indicator]
) -> Iterator[pl.DataFrame]:
    """For each tallied indicator: id and ``records:x`` with ``count``, the ``column`` that
    the tally reads, and ``first``, a list of part, file and row."""
    for each in indicators:
        if each.tally is None or each.tally.record.code not in records:
            continue
        column = each.tally.column or each.tally.record.key[0]
        kept = counted(records[each.tally.record.code], each.tally)
        yield (
            kept.rename({"candidate": "id"})
            .group_by("id")
            .agg(count=pl.len(), first=pl.struct(*PARTS_OF_CELL).head(FIRST_RECORDS))
            .select(
                "id",
                pl.struct("count", "first", column=pl.lit(column)).alias(f"records:{each.code}"),
            )
            .collect()
        )
