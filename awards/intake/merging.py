"""Sorted Parquet files merged into one, a range of ids at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

ROWS_AT_ONCE = 500_000
GROUP = 16_384
"""Rows of a group that a reader can leave out by its least and greatest id."""

_SAMPLED = 1_000


def merge_by_id(
    tables: Sequence[pl.LazyFrame], target: Path, *, by: Sequence[str], rows: int = ROWS_AT_ONCE
) -> None:
    """Write all rows of *tables*, each sorted by *by* (``id`` first), sorted to *target*.

    A column that a table lacks is missing there. About *rows* are in memory at a time,
    or all rows of one id if those are more.
    """
    if len(tables) == 1:
        tables[0].sink_parquet(target)
        return

    def frames(*_: object) -> Iterator[pl.DataFrame]:
        for least, beyond in _ranges(tables, rows):
            inside = [table.filter(*_between(least, beyond)) for table in tables]
            yield pl.concat(inside, how="diagonal").collect().sort(by)

    schema = pl.concat(tables, how="diagonal").collect_schema()
    register_io_source(frames, schema=schema).sink_parquet(target)


def _ranges(tables: Sequence[pl.LazyFrame], rows: int) -> list[tuple[str | None, str | None]]:
    """Least id and the id beyond of ranges of about *rows* rows; None where it is open."""
    step = max(1, min(_SAMPLED, rows // 10))
    sampled = [table.select(pl.col("id").gather_every(step)).collect() for table in tables]
    ids = pl.concat(sampled).to_series().sort()
    bounds = ids.gather_every(max(1, rows // step)).unique().sort().to_list()[1:]
    return list(zip([None, *bounds], [*bounds, None], strict=True))


def _between(least: str | None, beyond: str | None) -> list[pl.Expr]:
    bounds = [] if least is None else [pl.col("id") >= least]
    return bounds if beyond is None else [*bounds, pl.col("id") < beyond]
