"""The published candidates of a category as files that pages are read from."""

from pathlib import Path

import polars as pl

FOLDED_NAME, BY_NAME = "folded:name", "by:name"
INTERVAL = ("interval:low", "interval:high")
"""Columns of the places that hold a candidate's in 90 percent of the draws, where public."""
_FOLDED_ID = "folded:id"
_LAST = "\U0010ffff"

_LEAST_GROUP, _MOST_GROUPS = 4_096, 64


def write_listing(listed: pl.LazyFrame, folder: Path, *, rows: int) -> None:
    """Write *listed*, best first, about *rows* of them, in groups that are told apart by
    their lowest and highest position, so that few are read for a page. Beside it stands
    what makes searching and sorting cheap: the name in lower case, the number of the
    row in the order of names, and, in a file of its own, positions by id."""
    group = max(_LEAST_GROUP, -(-rows // _MOST_GROUPS))
    plain = folder / "plain.parquet"
    listed.sink_parquet(plain, compression="lz4")
    table = pl.scan_parquet(plain)
    by_name = pl.col("name").rank("ordinal").cast(pl.UInt32).alias(BY_NAME)
    # Ranked apart: beside all other columns, Polars would hold those in memory too.
    order = table.select(by_name).collect()
    prepared = pl.concat([table, order.lazy()], how="horizontal").with_columns(
        pl.col("name").str.to_lowercase().alias(FOLDED_NAME)
    )
    # LZ4 is read twice as fast as what Parquet writers choose; nobody downloads this.
    prepared.sink_parquet(folder / "candidates.parquet", compression="lz4", row_group_size=group)
    folded = pl.col("id").str.to_lowercase().alias(_FOLDED_ID)
    ids = table.select(folded, "id", "position").sort(_FOLDED_ID)
    ids.sink_parquet(folder / "ids.parquet", compression="lz4", row_group_size=group)
    plain.unlink()


def read_listing(folder: Path) -> pl.LazyFrame:
    """The published candidates of a category, best first."""
    return pl.scan_parquet(folder / "candidates.parquet")


def find_position(folder: Path, candidate: str) -> pl.Series:
    """The position of *candidate*, or nothing."""
    return _by_id(folder, pl.col("id") == candidate)


def find_positions(folder: Path, beginning: str) -> pl.Series:
    """The positions of all whose id, in lower case, begins so."""
    folded = pl.col(_FOLDED_ID)
    # The range, unlike the beginning, is compared with what a group of rows holds.
    within = folded.is_between(pl.lit(beginning), pl.lit(beginning + _LAST))
    return _by_id(folder, within & folded.str.starts_with(beginning))


def _by_id(folder: Path, wanted: pl.Expr) -> pl.Series:
    ids = pl.scan_parquet(folder / "ids.parquet").filter(wanted)
    return ids.select("position").collect().to_series()
