"""All eight steps up to writing: a snapshot and rules in, results out.

A population need not be in memory as a whole. What only concerns a candidate
alone is computed chunk by chunk, in the order of ids; of everybody only the
integers that decide places are kept. How many rows a chunk has changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.places import assign_places, assign_titles, comparable, in_place
from awards.evaluation.rows import Frame, cohort_statistics, measure, select_candidates
from awards.evaluation.scoring import Cohorts, eligible_values, score, statistics_needed
from awards.sdk.compiled import Reason
from awards.sdk.rulebook import RuleBook

ROWS_AT_ONCE = 250_000

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
    snapshot: pl.LazyFrame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    rows_at_once: int = ROWS_AT_ONCE,
) -> Evaluation:
    """Evaluate a category over a snapshot.

    The outcome does not depend on the order of rows, the number of threads,
    hash seed, locale or time zone, nor on *rows_at_once*. Raises `RunRefused` when
    nobody is in the category and `PluginFault` when a rule yields something that
    is no number.
    """
    candidates = select_candidates(snapshot, definition, rulebook=rulebook)
    passes = _Passes(candidates, definition, rulebook, rows_at_once)
    cohorts = passes.cohorts()
    keys = [comparable(frame, definition) for frame in passes.scored(cohorts)]
    places = assign_places(pl.concat(keys))
    types = columns.result_types(definition)
    results = _read_from(lambda: passes.results(cohorts, places), types)
    return Evaluation(results, sources_of(results, definition))


@dataclass(frozen=True)
class _Passes:
    """Each pass goes over all candidates, *rows* of them at once."""

    candidates: pl.LazyFrame
    definition: CategoryDefinition
    rulebook: RuleBook
    rows: int

    def measured(self) -> Iterator[Frame]:
        for chunk in self.candidates.collect_batches(chunk_size=self.rows, maintain_order=True):
            frame = nw.from_native(chunk, eager_only=True)
            yield measure(frame, self.definition, rulebook=self.rulebook)

    def cohorts(self) -> Cohorts:
        """What scales have to know of everybody who is still eligible."""
        needed = statistics_needed(self.definition, rulebook=self.rulebook)
        codes = [code for code, statistics in needed.items() if statistics]
        if not codes:
            return cohort_statistics(pl.DataFrame(), needed)
        frames = self.measured()
        values = [eligible_values(each, self.definition, codes=codes) for each in frames]
        return cohort_statistics(pl.concat(values), needed)

    def scored(self, cohorts: Cohorts) -> Iterator[Frame]:
        for frame in self.measured():
            yield score(frame, self.definition, rulebook=self.rulebook, cohorts=cohorts)

    def results(self, cohorts: Cohorts, places: pl.Series) -> Iterator[pl.DataFrame]:
        names = columns.result_columns(self.definition)
        for frame in in_place(self.scored(cohorts), places, self.definition):
            titled = assign_titles(frame, self.definition, rulebook=self.rulebook)
            yield titled.to_native().select(names)


def sources_of(results: pl.LazyFrame, definition: CategoryDefinition) -> pl.LazyFrame:
    """What stands in for a value that did not come straight from the snapshot: id,
    criterion and source of every absent value of a ranked candidate."""

    def found() -> Iterator[pl.DataFrame]:
        reasons = [columns.reason(leaf.code) for leaf in definition.tree.leaves()]
        needed = results.select("id", "place", *reasons)
        for chunk in needed.collect_batches(chunk_size=ROWS_AT_ONCE, maintain_order=True):
            yield _sources(chunk, definition)

    return _read_from(found, SOURCES)


def _sources(results: pl.DataFrame, definition: CategoryDefinition) -> pl.DataFrame:
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


def _read_from(chunks: Callable[[], Iterator[pl.DataFrame]], schema: pl.Schema) -> pl.LazyFrame:
    """A table that *chunks* yields anew whenever it is read."""

    def read(
        wanted: list[str] | None, chosen: pl.Expr | None, most: int | None, _size: int | None
    ) -> Iterator[pl.DataFrame]:
        for chunk in chunks():
            found = chunk if chosen is None else chunk.filter(chosen)
            found = found if most is None else found.head(most)
            most = None if most is None else most - found.height
            yield found if wanted is None else found.select(wanted)
            if most == 0:
                return

    return register_io_source(read, schema=schema, is_pure=True)
