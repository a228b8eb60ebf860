"""Rows that say twice what may be said once, found across all batches of a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from awards.intake.findings import NONE, findings
from awards.intake.headers import Header
from awards.intake.types import Layout

Tables = Callable[[], Iterator[pl.DataFrame]]
"""The rows of a file, some at a time, as often as asked: ``source_row``, ``id``, ``value``
(the id as it is written) and the columns that a rule compares."""

_LISTED = 20


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """Rows that are equal in *compared* and lack none of *needed* are refused at *column*."""

    compared: Sequence[str]
    needed: Sequence[str]
    code: str
    column: int


def find_doubles(tables: Tables, layout: Layout, *, header: Header) -> pl.DataFrame:
    """Findings: rows that have the id of another row or, where an id may have several
    rows, those that are equal in all columns and, of records, those of one candidate
    that have the same whole key. ``more`` lists the first of the rows."""
    found = [_repeated(tables, rule) for rule in _rules(layout, header)]
    return pl.concat([NONE, *found])


def _rules(layout: Layout, header: Header) -> list[_Rule]:
    at = header.columns["id"]
    if not layout.takes_several(header.columns):
        return [_Rule(compared=["id"], needed=["id"], code="id-twice", column=at)]
    rows = _Rule(compared=layout.targets, needed=["id"], code="row-twice", column=at)
    if not layout.records:
        return [rows]
    key = ["id", *layout.records.key]
    column = header.columns.get(key[1], at)
    return [_Rule(compared=key, needed=key, code="record-twice", column=column), rows]


def _repeated(tables: Tables, rule: _Rule) -> pl.DataFrame:
    suspects = _suspects(tables, rule)
    if suspects is None:
        return NONE
    rows = pl.col("source_row").cast(pl.String)
    times = pl.len().over(rule.compared)
    listed = rows.head(_LISTED).implode().list.join(", ").over(rule.compared)
    more = pl.when(times > _LISTED).then(pl.format("{}, …", listed)).otherwise(listed)
    faulty = suspects.with_columns(times.alias("times"), more.alias("more"))
    faulty = faulty.filter(pl.col("times") > 1).with_columns(code=pl.lit(rule.code))
    named = faulty.select("code", "value", "more", row="source_row")
    return findings(named, rule.column, more=pl.col("more"))


def _suspects(tables: Tables, rule: _Rule) -> pl.DataFrame | None:
    """All rows whose hash is not their own alone: the only ones that need be in memory."""
    hashed = pl.struct(rule.compared).hash().alias("hash")
    hashes = pl.concat([table.drop_nulls(rule.needed).select(hashed) for table in tables()])
    twice = hashes.filter(pl.col("hash").is_duplicated()).to_series().unique()
    if twice.is_empty():
        return None
    columns = {"source_row", "value", *rule.compared}
    return pl.concat(
        [
            table.drop_nulls(rule.needed).filter(hashed.is_in(twice.implode())).select(columns)
            for table in tables()
        ]
    )
