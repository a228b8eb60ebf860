"""The sheet: everything about every candidate of a run in one wide table.

Scorecards, rankings, exports and explanations are all read from it, so they
cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation.contributions import add_contributions
from awards.evaluation.origins import counted_of, more_of
from awards.evaluation.snapshots import spread
from awards.sdk.rulebook import RuleBook


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


def make_sheet(
    run: RunTables, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.DataFrame:
    """One row a candidate, best first, candidates without a place last.

    Columns: ``position`` (from 1), ``shared`` (whether the place is), id, name and
    attributes; those of the results; ``contribution:x`` of criteria and groups;
    the indicators and, for each, ``part:x``, ``file:x`` and ``row:x``. Where a value
    has more cells there is ``more:x``, a list of part, file, row and value, and where
    cells were added up ``added:x``, what these come to. Where a value was counted out
    of records there is ``records:x``: ``count``, ``column`` and a list ``first`` of
    part, file and row.
    """
    kind = rulebook.kind(definition.kind)
    needed = rulebook.indicators_of(definition)
    indicators = [each.code for each in needed]
    results = add_contributions(run.results.collect(), definition, rulebook=rulebook)
    facts = ["name", *(each.code for each in kind.attributes), *indicators]
    table = _columns(run.table, ["id", *facts])
    cells = _columns(run.cells, ["id", *_cell_columns([*indicators, "*"])])
    joined = results.lazy().join(table, on="id", how="left").join(cells, on="id", how="left")
    joined = spread(joined, [each.code for each in needed if each.tally is None])
    for origin in (*more_of(run.more_cells, needed), *counted_of(run.records, needed)):
        joined = joined.join(origin.lazy(), on="id", how="left")
    ordered = joined.with_columns(
        name=pl.coalesce("name", "id") if "name" in table.collect_schema() else pl.col("id"),
        shared=(pl.len().over("place") > 1) & pl.col("place").is_not_null(),
    ).sort("place", "id", nulls_last=True)
    return ordered.with_row_index("position", offset=1).collect()


def _cell_columns(indicators: Sequence[str]) -> list[str]:
    return [f"{what}:{code}" for code in indicators for what in ("part", "file", "row")]


def _columns(frame: pl.LazyFrame, wanted: Sequence[str]) -> pl.LazyFrame:
    present = set(frame.collect_schema().names())
    return frame.select(name for name in wanted if name in present)
