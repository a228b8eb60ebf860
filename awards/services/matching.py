"""How many candidates a filter keeps, by the latest data there are."""

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from awards.domain.records import Edition
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Kind
from awards.services.stores import Stores


@dataclass(frozen=True, kw_only=True)
class Matching:
    """``kept`` of ``all`` candidates; ``edition`` is that whose data were counted, None
    where the kind itself lists them all."""

    kept: int
    all: int
    edition: str | None
    unknown: tuple[str, ...] = ()
    """Attributes that these data do not have."""


def count_matching(
    stores: Stores,
    edition: Edition,
    *,
    kind: str,
    where: Mapping[str, tuple[str, ...]],
    rulebook: RuleBook,
) -> Matching | None:
    """Count in the locked data of *edition*, else in its files, else in the latest locked
    data of another edition, else in the list of the kind; None where there is nothing."""
    found = _table(stores, edition, kind=rulebook.kind(kind))
    if found is None:
        return None
    table, source = found
    present = table.collect_schema().names()
    known = {name: values for name, values in where.items() if name in present}
    kept = table.filter(*(pl.col(name).is_in(values) for name, values in known.items()))
    return Matching(
        kept=_length(kept),
        all=_length(table),
        edition=source,
        unknown=tuple(name for name in where if name not in present),
    )


def _table(
    stores: Stores, edition: Edition, *, kind: Kind
) -> tuple[pl.LazyFrame, str | None] | None:
    with stores.database.reading() as records:
        own = records.snapshots.latest(edition.code, kind.code)
        parts = records.parts.current(edition.code, kind.code)
        others = [
            records.snapshots.latest(each.code, kind.code) for each in records.editions.list()
        ]
    if own is not None:
        return pl.scan_parquet(stores.archive.snapshot_table(own.id)), edition.code
    files = [stores.archive.part(each.id) for each in parts if each.records is None]
    if files:
        joined = pl.scan_parquet(files, missing_columns="insert", extra_columns="ignore")
        return _with_derived(joined.unique("id"), kind), edition.code
    later = [each for each in others if each is not None]
    if later:
        return pl.scan_parquet(stores.archive.snapshot_table(later[-1].id)), later[-1].edition
    if kind.names:
        return _with_derived(pl.LazyFrame({"id": list(kind.names)}), kind), None
    return None


def _with_derived(table: pl.LazyFrame, kind: Kind) -> pl.LazyFrame:
    derived = {each.code: each.derived(nw.col("id")) for each in kind.attributes if each.derived}
    return nw.from_native(table).with_columns(**derived).to_native() if derived else table


def _length(table: pl.LazyFrame) -> int:
    return int(table.select(pl.len()).collect().item())
