"""The published candidates of a category as files that pages are read from.

``candidates/`` holds what everybody's row shows, best first, a million positions a
file; ``values.parquet`` everything else of those whose values are public;
``ids.parquet`` positions by id.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import polars as pl

FOLDED_NAME, BY_NAME = "folded:name", "by:name"
INTERVAL = ("interval:low", "interval:high")
"""Columns of the places that hold a candidate's in 90 percent of the draws, where public."""
_FOLDED_ID = "folded:id"
_LAST = "\U0010ffff"

_LEAST_GROUP, _MOST_GROUPS = 4_096, 64
_AT_ONCE = 1_000_000
"""Rows that are in memory with all that is shown of them."""


def write_listing(
    listed: pl.LazyFrame, values: pl.LazyFrame, folder: Path, *, at_once: int = _AT_ONCE
) -> None:
    """Write *listed*, in any order, and *values*, best first, both with ``position``.

    No more than *at_once* rows are in memory, but for names and ids. Rows stand in
    groups that are told apart by their lowest and highest position, so that few are
    read for a page. Beside a row stands what makes searching and sorting cheap: the
    name in lower case, and the number of the row in the order of names.
    """
    names = _order_of_names(listed)
    group = max(_LEAST_GROUP, -(-names.height // _MOST_GROUPS))
    (folder / "candidates").mkdir()
    for number, own in enumerate(names.iter_slices(at_once) if names.height else [names]):
        path = folder / "candidates" / f"{number:05}.parquet"
        # LZ4 is read twice as fast as what Parquet writers choose; nobody downloads this.
        _beside(listed, own).write_parquet(path, compression="lz4", row_group_size=group)
    values.sink_parquet(folder / "values.parquet", compression="lz4", row_group_size=group)
    ids = listed.select(pl.col("id").str.to_lowercase().alias(_FOLDED_ID), "id", "position")
    by_id = ids.collect(engine="streaming")
    if not by_id[_FOLDED_ID].is_sorted():
        by_id = by_id.sort(_FOLDED_ID)
    by_id.write_parquet(folder / "ids.parquet", compression="lz4", row_group_size=group)


def _order_of_names(listed: pl.LazyFrame) -> pl.DataFrame:
    """Every position, ascending, with its number in the order of names."""
    names = listed.select("position", "name").collect(engine="streaming").sort("position")
    by_name = pl.col("name").rank("ordinal").cast(pl.UInt32)
    return names.select("position", by_name.alias(BY_NAME))


def _beside(listed: pl.LazyFrame, own: pl.DataFrame) -> pl.DataFrame:
    """The rows of *listed* at the positions of *own*, in that order."""
    first, last = own["position"].min(), own["position"].max()
    some = listed.filter(pl.col("position").is_between(first, last)).collect(engine="streaming")
    folded = pl.col("name").str.to_lowercase().alias(FOLDED_NAME)
    return some.sort("position").hstack(own.select(BY_NAME)).with_columns(folded)


def read_listing(folder: Path) -> pl.LazyFrame:
    """What is shown of the published candidates of a category, best first."""
    return pl.scan_parquet(folder / "candidates" / "*.parquet")


def read_values(folder: Path) -> pl.LazyFrame:
    """All else of those whose values are public, by ``position``."""
    return pl.scan_parquet(folder / "values.parquet")


def pieces(folder: Path, *, at_once: int) -> Iterator[pl.DataFrame]:
    """What is shown of the candidates, best first, *at_once* rows at most a piece, with the
    values of those whose values are public."""
    listed, values = read_listing(folder).drop(FOLDED_NAME, BY_NAME), read_values(folder)
    batches = listed.collect_batches(chunk_size=at_once, maintain_order=True)
    for piece in chain([next(batches, listed.head(0).collect())], batches):
        first, last = piece["position"].min(), piece["position"].max()
        near = values.filter(pl.col("position").is_between(first, last)).collect()
        yield piece.join(near, on="position", how="left", maintain_order="left")


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
