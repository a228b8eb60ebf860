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
from awards.evaluation.faults import refuse_faults
from awards.evaluation.places import assign_places, assign_titles, comparable
from awards.evaluation.rows import measure, select_candidates
from awards.evaluation.scoring import cohort_statistics, score
from awards.sdk.compiled import Reason
from awards.sdk.rulebook import RuleBook

SOURCES = pl.Schema({"id": pl.String, "criterion": pl.String, "source": pl.String})


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
    snapshot: pl.LazyFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> Evaluation:
    """Evaluate a category over a snapshot.

    The outcome does not depend on the order of rows, how many are read at once, the
    number of threads, hash seed, locale or time zone. Raises `RunRefused` when
    nobody is in the category and `PluginFault` when a rule yields something that
    is no number.
    """
    candidates = nw.from_native(select_candidates(snapshot, definition, rulebook=rulebook))
    measured = measure(candidates, definition, rulebook=rulebook)
    cohorts = cohort_statistics(measured, definition, rulebook=rulebook)
    scored = score(measured, definition, rulebook=rulebook, cohorts=cohorts)
    keys = comparable(scored, definition)
    refuse_faults(scored, keys, definition, rulebook=rulebook)
    placed = assign_places(scored, keys, definition)
    titled = assign_titles(placed, definition, rulebook=rulebook)
    results = titled.to_native().select(columns.result_columns(definition))
    return Evaluation(results, sources_of(results, definition))


def sources_of(results: pl.LazyFrame, definition: CategoryDefinition) -> pl.LazyFrame:
    """A row for every absent value of a ranked candidate: what the rules did."""
    reasons = [columns.reason(leaf.code) for leaf in definition.tree.leaves()]
    absent = pl.any_horizontal(pl.col(reason) != 0 for reason in reasons)
    ranked = results.filter(pl.col("place").is_not_null() & absent).select("id", *reasons)
    return ranked.map_batches(
        lambda some: _sources(some, definition), schema=SOURCES, streamable=True
    )


def _sources(ranked: pl.DataFrame, definition: CategoryDefinition) -> pl.DataFrame:
    found = [
        ranked.lazy()
        .filter(pl.col(columns.reason(leaf.code)) != 0)
        .select(
            "id",
            criterion=pl.lit(leaf.code),
            source=pl.when(pl.col(columns.reason(leaf.code)) == int(Reason.NOT_APPLICABLE))
            .then(pl.lit(f"policy:{leaf.not_applicable}"))
            .otherwise(pl.lit(f"policy:{leaf.missing}")),
        )
        for leaf in definition.tree.leaves()
    ]
    return pl.concat(found).sort("id", "criterion").collect()
