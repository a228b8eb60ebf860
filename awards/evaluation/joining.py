"""Ids that senders use, turned into the candidates that a crosswalk joins them to."""

from dataclasses import dataclass

import polars as pl

from awards.domain.records import Part
from awards.sdk.types import Kind

CROSSWALK = pl.Schema(
    {"scheme": pl.String, "id": pl.String, "candidate": pl.String, "by": pl.String}
)


@dataclass(frozen=True)
class Joined:
    """``table`` is the part's, with candidates as ``id`` and, where entries were used,
    ``second``: whether the row came under another number of the kind's own scheme.
    ``unknown`` are ids of another scheme that no entry joins; their rows are not in
    the table."""

    table: pl.LazyFrame
    unknown: pl.Series


def join_ids(part: Part, table: pl.LazyFrame, crosswalk: pl.DataFrame, *, kind: Kind) -> Joined:
    """*table* by candidate. An id of the kind's own scheme that no entry joins is a
    candidate itself."""
    own = part.scheme is None or part.scheme == kind.scheme
    entries = _entries(crosswalk, part.scheme or kind.scheme)
    if own and entries.is_empty():
        return Joined(table, pl.Series(dtype=pl.String))
    joined = table.collect().join(entries, on="id", how="left", maintain_order="left")
    known = joined if own else joined.drop_nulls("candidate")
    unknown = joined.filter(pl.col("candidate").is_null())["id"]
    resolved = known.with_columns(
        id=pl.coalesce("candidate", "id"), second=pl.col("candidate").is_not_null() & own
    )
    return Joined(resolved.drop("candidate").lazy(), unknown.clear() if own else unknown)


def resolve(ids: pl.Series, crosswalk: pl.DataFrame, *, kind: Kind) -> pl.Series:
    """*ids* of the kind's own scheme, second numbers replaced by the candidate's."""
    entries = _entries(crosswalk, kind.scheme)
    if entries.is_empty():
        return ids
    found = pl.DataFrame({"id": ids}).join(entries, on="id", how="left", maintain_order="left")
    return found.select(pl.coalesce("candidate", "id").alias(ids.name)).to_series()


def _entries(crosswalk: pl.DataFrame, scheme: str) -> pl.DataFrame:
    return crosswalk.filter(pl.col("scheme") == scheme).select("id", "candidate")
