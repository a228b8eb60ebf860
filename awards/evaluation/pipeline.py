"""All eight steps up to writing: a snapshot and rules in, results out.

Every step adds columns to a query. Polars runs it some rows at a time, so that a
population need not be in memory as a whole; only the integers that decide places
are held for everybody.
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
from awards.evaluation.rows import measure, select_candidates
from awards.evaluation.scoring import score
from awards.evaluation.sources import sources_of
from awards.evaluation.titles import assign_titles
from awards.sdk.rulebook import RuleBook


@dataclass(frozen=True)
class Evaluation:
    """``results``: one row a candidate, sorted by id, columns as in
    `columns.result_columns`. ``sources``: id, criterion and what stands in for a
    value that did not come straight from the snapshot. Rows of both are computed
    when they are read, each time again.
    """

    results: pl.LazyFrame
    sources: pl.LazyFrame


def evaluate(
    snapshot: pl.LazyFrame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    history: pl.LazyFrame | None = None,
) -> Evaluation:
    """Evaluate a category over a snapshot; *history* is the `history_table` of one that
    looks at results of others.

    The outcome does not depend on the order of rows, how many are read at once, the
    number of threads, hash seed, locale or time zone. Raises `RunRefused` when
    nobody is in the category and `PluginFault` when a rule yields something that
    is no number.
    """
    selected = select_candidates(snapshot, definition, rulebook=rulebook)
    candidates = nw.from_native(with_history(selected, definition, history))
    measured = measure(candidates, definition, rulebook=rulebook)
    cohorts = cohort_statistics(measured, definition, rulebook=rulebook)
    scored = score(measured, definition, rulebook=rulebook, cohorts=cohorts)
    keys = comparable(scored, definition)
    refuse_faults(scored, keys, definition, rulebook=rulebook)
    placed = assign_places(scored, keys, definition)
    titled = assign_titles(placed, definition, rulebook=rulebook)
    results = titled.to_native().select(columns.result_columns(definition))
    return Evaluation(results, sources_of(results, definition))
