"""All eight steps up to writing: a snapshot and rules in, results out."""

from dataclasses import dataclass

import narwhals as nw
import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.errors import RunRefused
from awards.evaluation.places import assign_places, assign_titles
from awards.evaluation.rows import measure, select_candidates
from awards.evaluation.scoring import score
from awards.sdk.compiled import Reason
from awards.sdk.rulebook import RuleBook


@dataclass(frozen=True)
class Evaluation:
    """``results``: one row a candidate, sorted by id, columns as in
    `columns.result_columns`. ``sources``: id, criterion and what stands in for a
    value that did not come straight from the snapshot."""

    results: pl.DataFrame
    sources: pl.DataFrame


def evaluate(
    snapshot: pl.LazyFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> Evaluation:
    """Evaluate a category over a snapshot.

    The outcome does not depend on the order of rows, the number of threads,
    hash seed, locale or time zone. Raises `RunRefused` when nobody is in the
    category and `PluginFault` when a rule yields something that is no number.
    """
    candidates = select_candidates(snapshot, definition, rulebook=rulebook)
    if candidates.is_empty():
        raise RunRefused(
            f"Category {definition.code!r} has no candidate in this snapshot. "
            "Import data of its kind first, or correct the category's filter."
        )
    frame = nw.from_native(candidates, eager_only=True)
    measured = measure(frame, definition, rulebook=rulebook)
    scored = score(measured, definition, rulebook=rulebook)
    placed = assign_places(scored, definition)
    titled = assign_titles(placed, definition, rulebook=rulebook)
    results = titled.to_native().select(columns.result_columns(definition))
    return Evaluation(results, _sources(results, definition))


def _sources(results: pl.DataFrame, definition: CategoryDefinition) -> pl.DataFrame:
    """A row for every absent value of a ranked candidate: what the rules did."""
    ranked = results.lazy().filter(pl.col("place").is_not_null())
    found = [
        ranked.filter(pl.col(columns.reason(leaf.code)) != 0).select(
            "id",
            criterion=pl.lit(leaf.code),
            source=pl.when(pl.col(columns.reason(leaf.code)) == int(Reason.NOT_APPLICABLE))
            .then(pl.lit(f"policy:{leaf.not_applicable}"))
            .otherwise(pl.lit(f"policy:{leaf.missing}")),
        )
        for leaf in definition.tree.leaves()
    ]
    return pl.concat(found).sort("id", "criterion").collect()
