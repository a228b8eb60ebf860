"""Compute the tables of a run: the one seam through which everybody evaluates."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation.culprits import refuse_unsteady
from awards.evaluation.digest import table_digest
from awards.evaluation.manifest import Written
from awards.evaluation.pipeline import Evaluation, evaluate
from awards.evaluation.sources import sources_of
from awards.sdk.rulebook import RuleBook


@dataclass(frozen=True)
class Task:
    """What to evaluate: the table of a snapshot, the rules of a category, and the file
    with what earlier decisions say, for a category that looks at them."""

    table: Path
    definition: CategoryDefinition
    history: Path | None = None

    def read(self) -> pl.LazyFrame:
        """The candidates."""
        return pl.scan_parquet(self.table)

    def read_history(self) -> pl.LazyFrame | None:
        return pl.scan_parquet(self.history) if self.history else None


class Compute(Protocol):
    """Evaluates a task, writes ``results.parquet`` and ``sources.parquet`` into the new
    folder, and returns both as they can be read from there, with their digests.

    Raises `RunRefused`, `PluginFault` and `NotFound` as `evaluate` does. `compute_here`
    is for tests and benchmarks; commands and jobs have `awards.services.apart.Apart`.
    """

    def __call__(self, task: Task, *, rulebook: RuleBook, folder: Path) -> Written: ...


def compute_here(task: Task, *, rulebook: RuleBook, folder: Path) -> Written:
    """Compute in this process, which a rule that hangs or crashes takes along."""
    table, history = task.read(), task.read_history()
    refuse_unsteady(table, task.definition, rulebook=rulebook, history=history)
    evaluation = evaluate(table, task.definition, rulebook=rulebook, history=history)
    return write_evaluation(evaluation, task.definition, folder=folder)


def write_evaluation(
    evaluation: Evaluation, definition: CategoryDefinition, *, folder: Path
) -> Written:
    """Write results and sources into the new *folder*, chunk by chunk, and digest them:
    meanwhile, when they are held, else from what was written."""
    folder.mkdir()
    paths = folder / "results.parquet", folder / "sources.parquet"
    results, sources = (pl.scan_parquet(path) for path in paths)
    with ThreadPoolExecutor(1) as beside:
        early = beside.submit(table_digest, evaluation.results) if evaluation.held else None
        evaluation.results.sink_parquet(paths[0], compression="lz4")
        found = evaluation.sources if evaluation.held else sources_of(results, definition)
        found.sink_parquet(paths[1])
        digest = early.result() if early else table_digest(results)
    return Written(results, sources, digest, table_digest(sources))
