"""All eight steps up to writing: a snapshot and rules in, results out.

Every step adds columns to a query, which Polars runs some rows at a time. Places need
everybody's totals before anybody's row is whole. What was computed until then is held
in memory where it fits; where it does not, only the integers that decide places are,
and every row is computed again when it is read.
"""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.close_calls import rows_of, settled
from awards.evaluation.cohorts import Cohorts, cohort_statistics
from awards.evaluation.engines.engine import Engine, Frame
from awards.evaluation.engines.polars import POLARS
from awards.evaluation.faults import refuse_faults
from awards.evaluation.history import with_history
from awards.evaluation.places import assign_places, comparable
from awards.evaluation.rows import measure, select_candidates, with_raw_values
from awards.evaluation.scoring import score
from awards.evaluation.sources import sources_of
from awards.evaluation.titles import assign_titles
from awards.sdk.rulebook import RuleBook

MOST_HELD = 4 * 10**9
"""Bytes of results that are held in memory: those of 13 million candidates by nine criteria."""

_WIDTHS: dict[pl.DataType, int] = {pl.Int8(): 1, pl.Int32(): 4, pl.Float64(): 8}
_WIDEST = 16


@dataclass(frozen=True)
class Evaluation:
    """``results``: one row a candidate, sorted by id, columns as in
    `columns.result_columns`. ``sources``: id, criterion and what stands in for a
    value that did not come straight from the snapshot. ``held``: whether rows of both
    are in memory but for a few columns; else they are computed when they are read, each
    time again.
    """

    results: pl.LazyFrame
    sources: pl.LazyFrame
    held: bool


def evaluate(
    snapshot: pl.LazyFrame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    history: pl.LazyFrame | None = None,
    most_held: int = MOST_HELD,
    engine: Engine = POLARS,
) -> Evaluation:
    """Evaluate a category over a snapshot; hold at most *most_held* bytes of results.

    *history* is the `history_table` of a category that looks at results of others.

    The outcome does not depend on *most_held* or *engine*, nor on the order of rows, how
    many are read at once, the number of threads, hash seed, locale or time zone. Raises
    `RunRefused` when nobody is in the category or the engine cannot work by a rule, and
    `PluginFault` when a rule yields something that is no number.
    """
    selected = select_candidates(snapshot, definition, rulebook=rulebook)
    candidates = with_history(selected, definition, history)
    scored, held = _scored(candidates, definition, rulebook, most_held=most_held, engine=engine)
    keys = comparable(scored, definition)
    refuse_faults(scored, keys, definition, rulebook=rulebook)
    placed = assign_places(scored, keys, definition)
    titled = assign_titles(placed, definition, rulebook=rulebook)
    results = titled.to_native().select(columns.result_columns(definition))
    return Evaluation(results, sources_of(results, definition), held)


def _scored(
    candidates: pl.LazyFrame,
    definition: CategoryDefinition,
    rulebook: RuleBook,
    *,
    most_held: int,
    engine: Engine,
) -> tuple[Frame, bool]:
    """The rows of results but for places and titles, on this machine; and whether held."""
    with engine.refusing(definition.code):
        there = engine.distribute(candidates)
        measured = engine.keep(measure(there, definition, rulebook=rulebook, engine=engine))
        cohorts = cohort_statistics(measured, definition, rulebook=rulebook, engine=engine)
        scored = score(measured, definition, rulebook=rulebook, cohorts=cohorts, engine=engine)
    known = scored.collect_schema().names()
    names = [name for name in columns.result_columns(definition) if name in known]
    found = engine.gather(scored, names)
    if engine is not POLARS:
        again = _Again(candidates, found, definition, rulebook, cohorts)
        found = settled(found, again, rows=_rows(candidates))
    held = _rows(candidates) * _width(definition) <= most_held
    if held:
        found = found.select(names).collect(engine="streaming").lazy()
    if held or engine is not POLARS:
        facts = candidates.drop(names, strict=False)
        found = pl.concat([found, facts], how="horizontal")
    return nw.from_native(found), held


@dataclass(frozen=True)
class _Again:
    """Scores some of *candidates* on Polars, given what another engine *found* of gates
    and cohorts."""

    candidates: pl.LazyFrame
    found: pl.LazyFrame
    definition: CategoryDefinition
    rulebook: RuleBook
    cohorts: Cohorts

    def __call__(self, numbers: pl.Series) -> pl.LazyFrame:
        gates = [columns.gate(use.key) for use in self.definition.gates]
        said = rows_of(self.found.select(gates), numbers) if gates else pl.LazyFrame()
        asked = pl.concat([rows_of(self.candidates, numbers), said], how="horizontal")
        measured = with_raw_values(nw.from_native(asked), self.definition, rulebook=self.rulebook)
        cohorts = {code: each.of_rows(numbers) for code, each in self.cohorts.items()}
        scored = score(measured, self.definition, rulebook=self.rulebook, cohorts=cohorts)
        return scored.to_native()


def _rows(candidates: pl.LazyFrame) -> int:
    rows: int = candidates.select(pl.len()).collect(engine="streaming").item()
    return rows


def _width(definition: CategoryDefinition) -> int:
    """Bytes that a row of results takes in memory, short texts included."""
    types = columns.result_types(definition).values()
    return sum(_WIDTHS.get(each, _WIDEST) for each in types)
