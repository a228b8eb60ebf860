"""The sheet: everything about every candidate of a run in one wide table.

Scorecards, rankings, exports and explanations are all read from it, so they
cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.contributions import add_contributions
from awards.evaluation.origins import counted_of, more_of
from awards.evaluation.snapshots import spread
from awards.sdk.rulebook import RuleBook

_LAST = 2**31 - 1
"""Sorts after every place."""


@dataclass(frozen=True)
class RunTables:
    """The tables of one run: results and sources, and the snapshot's table, cells, and
    records by type."""

    results: pl.LazyFrame
    sources: pl.LazyFrame
    table: pl.LazyFrame
    cells: pl.LazyFrame
    more_cells: pl.LazyFrame
    records: Mapping[str, pl.LazyFrame] = field(default_factory=dict)
    history: pl.LazyFrame | None = None
    """What a run that looks at results of others was given of them."""


def make_sheet(
    run: RunTables,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    among: pl.Expr | None = None,
) -> pl.LazyFrame:
    """One row a candidate, best first, candidates without a place last; only those
    whose results fulfil *among*, if given, and then nobody else's rows are read.

    Columns: ``position`` (from 1), ``shared`` (whether the place is), id, name and
    attributes; those of the results; ``contribution:x`` of criteria and groups;
    the indicators and, for each, ``part:x``, ``file:x`` and ``row:x``. Where a value
    has more cells there is ``more:x``, a list of part, file, row and value, and where
    cells were added up ``added:x``, what these come to. Where a value was counted out
    of records there is ``records:x``: ``count``, ``column`` and a list ``first`` of
    part, file and row.
    """
    order = run.results.select("id", **_order())
    run = run if among is None else _only(run, among)
    kind, needed = rulebook.kind(definition.kind), rulebook.indicators_of(definition)
    indicators = [each.code for each in needed]
    facts = ["name", *(each.code for each in kind.attributes), *indicators]
    table = _columns(run.table, ["id", *facts])
    cells = _columns(run.cells, ["id", *_cell_columns([*indicators, "*"])])
    joined = _ordered(run.results, order, whole=among is None)
    joined = add_contributions(joined, definition, rulebook=rulebook).set_sorted("id")
    for other in (table, cells):
        # Told that both are sorted, Polars merges them and keeps neither in memory.
        joined = joined.join(other.set_sorted("id"), on="id", how="left", maintain_order="left")
    sent = [each for each in needed if not each.tally or each.tally.record.code not in run.records]
    joined = spread(joined, [each.code for each in sent])
    for origin in (*more_of(run.more_cells, needed), *counted_of(run.records, needed)):
        joined = joined.join(origin.lazy(), on="id", how="left")
    known = "name" in table.collect_schema()
    named = pl.coalesce("name", "id") if known else pl.col("id")
    ordered = joined.with_columns(name=named).sort("position")
    return ordered.select("position", pl.exclude("position", "shared"), "shared")


def make_roll(
    run: RunTables, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.LazyFrame:
    """One row a candidate, sorted by id, of what a ranking shows: of the sheet's columns
    ``position``, ``shared``, id, name, attributes, place, total and titles.

    Positions of everybody are held; the rest is read when rows are asked for.
    """
    attributes = [each.code for each in rulebook.kind(definition.kind).attributes]
    titles = [columns.title(step) for step in range(len(definition.ladders))]
    order = run.results.select(**_order()).collect().lazy()
    own = run.results.select("id", "place", "total", *titles)
    table = _columns(run.table, ["id", "name", *attributes])
    known = "name" in table.collect_schema()
    named = pl.coalesce("name", "id") if known else pl.col("id")
    joined = pl.concat([own, order], how="horizontal").set_sorted("id")
    joined = joined.join(table.set_sorted("id"), on="id", how="left", maintain_order="left")
    return joined.with_columns(name=named)


def _order() -> dict[str, pl.Expr]:
    """Position and whether the place is shared, of rows that are sorted by id."""
    place = pl.col("place")
    return {
        "position": place.fill_null(_LAST).rank("ordinal").cast(pl.UInt32),
        "shared": place.is_duplicated() & place.is_not_null(),
    }


def _ordered(results: pl.LazyFrame, order: pl.LazyFrame, *, whole: bool) -> pl.LazyFrame:
    if whole:
        return results.with_columns(**_order())
    few = order.join(results.select("id"), on="id", how="semi")
    return results.join(few, on="id", how="left", maintain_order="left")


def _only(run: RunTables, among: pl.Expr) -> RunTables:
    """The tables with the rows of those candidates whose results fulfil *among*."""
    ids = run.results.filter(among).select("id").collect().to_series().implode()
    own, theirs = pl.col("id").is_in(ids), pl.col("candidate").is_in(ids)
    return RunTables(
        results=run.results.filter(among),
        sources=run.sources.filter(own),
        table=run.table.filter(own),
        cells=run.cells.filter(own),
        more_cells=run.more_cells.filter(own),
        records={code: table.filter(theirs) for code, table in run.records.items()},
    )


def _cell_columns(indicators: Sequence[str]) -> list[str]:
    return [f"{what}:{code}" for code in indicators for what in ("part", "file", "row")]


def _columns(frame: pl.LazyFrame, wanted: Sequence[str]) -> pl.LazyFrame:
    present = set(frame.collect_schema().names())
    return frame.select(name for name in wanted if name in present)
