"""Where values with several sources came from: more cells, or records."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from awards.evaluation.exact import exact_sum
from awards.evaluation.settling import PARTS_OF_CELL
from awards.evaluation.tallies import counted
from awards.sdk.types import Indicator

FIRST_RECORDS = 5
"""So many records of a candidate are named one by one."""


def more_of(more_cells: pl.LazyFrame, indicators: Sequence[Indicator]) -> Iterator[pl.DataFrame]:
    """For each of *indicators* with more cells: id, ``more:x``, a list of part, file,
    row and value, and, where cells are added up, ``added:x``, what these come to."""
    rules = {each.code: each for each in indicators}
    found = more_cells.filter(pl.col("indicator").is_in(list(rules))).collect()
    for (code,), cells in found.partition_by("indicator", as_dict=True).items():
        wanted = [pl.struct(*PARTS_OF_CELL, "value").alias(f"more:{code}")]
        if rules[code].combine == "sum":
            wanted.append(exact_sum("value", cells.schema["value"]).alias(f"added:{code}"))
        yield cells.group_by("id", maintain_order=True).agg(wanted)


def counted_of(
    records: Mapping[str, pl.LazyFrame], indicators: Sequence[Indicator]
) -> Iterator[pl.DataFrame]:
    """For each tallied indicator: id and ``records:x`` with ``count``, the ``column`` that
    the tally reads, and ``first``, a list of part, file and row."""
    for each in indicators:
        if each.tally is None or each.tally.record.code not in records:
            continue
        column = pl.lit(each.tally.column or each.tally.record.key[0])
        kept = counted(records[each.tally.record.code], each.tally).rename({"candidate": "id"})
        told = kept.group_by("id").agg(
            count=pl.len(), first=pl.struct(*PARTS_OF_CELL).head(FIRST_RECORDS)
        )
        named = pl.struct("count", "first", column=column).alias(f"records:{each.code}")
        yield told.select("id", named).collect()
