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
    tables: Sequence[Path], target: Path, *, by: Sequence[str], rows: int = ROWS_AT_ONCE
) -> None:
    """Write all rows of *tables*, each sorted by *by* (``id`` first), sorted to *target*.

    About *rows* of them are in memory at a time, or all rows of one id if those are more.
    """
    if len(tables) == 1:
        tables[0].rename(target)
        return
    scans = [pl.scan_parquet(path) for path in tables]

    def frames(*_: object) -> Iterator[pl.DataFrame]:
        for least, beyond in _ranges(scans, rows):
            inside = [scan.filter(*_between(least, beyond)) for scan in scans]
            yield pl.concat(inside).collect().sort(by)

    merged = register_io_source(frames, schema=scans[0].collect_schema())
    merged.sink_parquet(target, row_group_size=GROUP, maintain_order=True)


def _ranges(scans: Sequence[pl.LazyFrame], rows: int) -> list[tuple[str | None, str | None]]:
    """Least id and the id beyond of ranges of about *rows* rows; None where it is open."""
    step = max(1, min(_SAMPLED, rows // 10))
    sampled = [scan.select(pl.col("id").gather_every(step)).collect() for scan in scans]
    ids = pl.concat(sampled).to_series().sort()
    bounds = ids.gather_every(max(1, rows // step)).unique().sort().to_list()[1:]
    return list(zip([None, *bounds], [*bounds, None], strict=True))


def _between(least: str | None, beyond: str | None) -> list[pl.Expr]:
    bounds = [] if least is None else [pl.col("id") >= least]
    return bounds if beyond is None else [*bounds, pl.col("id") < beyond]
