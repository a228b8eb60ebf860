"""Evaluate a category over a snapshot and seal what came out."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import polars as pl

from awards.domain.canonical import canonical_json
from awards.domain.definition import CategoryDefinition
from awards.domain.records import Edition, Event, Run, Snapshot
from awards.domain.stages import Stage
from awards.evaluation.digest import table_digest
from awards.evaluation.manifest import Written, make_manifest, seal_of
from awards.evaluation.pipeline import Evaluation, evaluate
from awards.evaluation.sources import sources_of
from awards.sdk.rulebook import RuleBook
from awards.services.history import collect_history
from awards.services.lookup import category_of
from awards.services.sealed import HISTORY_FILE
from awards.services.stages import advance
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of


def evaluate_category(
    stores: Stores,
    edition: Edition,
    *,
    category: str,
    snapshot: Snapshot,
    rulebook: RuleBook,
    act: Act,
) -> Run:
    """Evaluate *category* over *snapshot*, write the run and seal it.

    The same inputs, rules and versions give the same run, which is then returned
    as it is. Raises `RunRefused` and `PluginFault` as `evaluate` does; nothing is
    written then.
    """
    definition = category_of(edition, category)
    path = stores.archive.checked(stores.archive.snapshot_table(snapshot.id), snapshot.sha256)
    history = collect_history(stores, definition)
    evaluation = evaluate(
        pl.scan_parquet(path),
        definition,
        rulebook=rulebook,
        history=history.table.lazy() if history else None,
    )
    with stores.archive.workspace() as prepared:
        folder = prepared / "run"
        written = write_evaluation(evaluation, definition, folder=folder)
        if history:
            history.table.write_parquet(folder / HISTORY_FILE)
        manifest = make_manifest(
            written,
            edition=edition,
            definition=definition,
            snapshot=snapshot,
            rulebook=rulebook,
            history=history.described if history else None,
        )
        run = _seal(stores, manifest, folder)
    _record(stores, run, act)
    return run


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


def _seal(stores: Stores, manifest: dict[str, Any], folder: Path) -> Run:
    seal = seal_of(manifest)
    (folder / "manifest.json").write_bytes(canonical_json(manifest))
    run = Run(
        seal=seal,
        edition=manifest["edition"],
        category=manifest["category"]["code"],
        snapshot=manifest["inputs"]["snapshot"],
        result_digest=manifest["result"]["digest"],
        results_sha256=sha256_of(folder / "results.parquet"),
        sources_sha256=sha256_of(folder / "sources.parquet"),
    )
    stores.archive.adopt_folder(folder, stores.archive.run(seal))
    return run


def _record(stores: Stores, run: Run, act: Act) -> None:
    detail: dict[str, object] = {
        "edition": run.edition,
        "category": run.category,
        "snapshot": run.snapshot,
        "result": run.result_digest,
    }
    with stores.database.transaction() as records:
        records.runs.add(run)
        event = Event(actor=act.by, action="run.sealed", subject=run.seal, detail=detail)
        records.ledger.append(event, at=act.at)
        advance(records, run.edition, Stage.EVALUATION, act)
