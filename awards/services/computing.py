"""Compute the tables of a run: the one seam through which everybody evaluates."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation.culprits import refuse_unsteady
from awards.evaluation.pipeline import Evaluation, evaluate, sources_of
from awards.sdk.rulebook import RuleBook


@dataclass(frozen=True)
class Task:
    """What to evaluate: the table of a snapshot, and the rules of a category."""

    table: Path
    definition: CategoryDefinition


class Compute(Protocol):
    """Evaluates a task, writes ``results.parquet`` and ``sources.parquet`` into the new
    folder, and returns both as they can be read from there.

    Raises `RunRefused`, `PluginFault` and `NotFound` as `evaluate` does. `compute_here`
    is for tests and benchmarks; commands and jobs have `awards.services.apart.Apart`.
    """

    def __call__(self, task: Task, *, rulebook: RuleBook, folder: Path) -> Evaluation: ...


def compute_here(task: Task, *, rulebook: RuleBook, folder: Path) -> Evaluation:
    """Compute in this process, which a rule that hangs or crashes takes along."""
    table = pl.scan_parquet(task.table)
    refuse_unsteady(table, task.definition, rulebook=rulebook)
    return write_evaluation(
        evaluate(table, task.definition, rulebook=rulebook), task.definition, folder=folder
    )


def write_evaluation(
    evaluation: Evaluation, definition: CategoryDefinition, *, folder: Path
) -> Evaluation:
    """Write results and sources into the new *folder*, chunk by chunk."""
    folder.mkdir()
    evaluation.results.sink_parquet(folder / "results.parquet", compression="lz4")
    results = pl.scan_parquet(folder / "results.parquet")
    sources_of(results, definition).sink_parquet(folder / "sources.parquet")
    return read_evaluation(folder)


def read_evaluation(folder: Path) -> Evaluation:
    """What was written into *folder*."""
    return Evaluation(
        results=pl.scan_parquet(folder / "results.parquet"),
        sources=pl.scan_parquet(folder / "sources.parquet"),
    )
