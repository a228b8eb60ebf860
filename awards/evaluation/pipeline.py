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
from awards.evaluation.cohorts import cohort_statistics
from awards.evaluation.faults import refuse_faults
from awards.evaluation.history import with_history
from awards.evaluation.places import assign_places, comparable
from awards.evaluation.rows import Frame, measure, select_candidates
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
) -> Evaluation:
    """Evaluate a category over a snapshot; hold at most *most_held* bytes of results.

    *history* is the `history_table` of a category that looks at results of others.

    The outcome does not depend on that, nor on the order of rows, how many are read at
    once, the number of threads, hash seed, locale or time zone. Raises `RunRefused` when
    nobody is in the category and `PluginFault` when a rule yields something that
    is no number.
    """
    selected = select_candidates(snapshot, definition, rulebook=rulebook)
    candidates = nw.from_native(with_history(selected, definition, history))
    measured = measure(candidates, definition, rulebook=rulebook)
    cohorts = cohort_statistics(measured, definition, rulebook=rulebook)
    scored = score(measured, definition, rulebook=rulebook, cohorts=cohorts)
    held = _size_of(candidates, definition) <= most_held
    if held:
        scored = _hold(scored, definition)
    keys = comparable(scored, definition)
    refuse_faults(scored, keys, definition, rulebook=rulebook)
    placed = assign_places(scored, keys, definition)
    titled = assign_titles(placed, definition, rulebook=rulebook)
    results = titled.to_native().select(columns.result_columns(definition))
    return Evaluation(results, sources_of(results, definition), held)


def _size_of(candidates: Frame, definition: CategoryDefinition) -> int:
    """Bytes that the results take in memory, short texts included."""
    rows: int = candidates.to_native().select(pl.len()).collect(engine="streaming").item()
    types = columns.result_types(definition).values()
    return rows * sum(_WIDTHS.get(each, _WIDEST) for each in types)


def _hold(scored: Frame, definition: CategoryDefinition) -> Frame:
    """*scored* with what stands in results computed; other columns, such as attributes,
    are read again by those who ask for them."""
    query = scored.to_native()
    names = query.collect_schema().names()
    kept = [name for name in columns.result_columns(definition) if name in names]
    held = query.select(kept).collect(engine="streaming").lazy()
    rest = query.drop(kept)
    return nw.from_native(pl.concat([held, rest], how="horizontal"))
