"""Evaluate a category over a snapshot and seal what came out."""

from pathlib import Path
from typing import Any

from awards.domain.canonical import canonical_json
from awards.domain.records import Edition, Event, Run, Snapshot
from awards.domain.stages import Stage
from awards.evaluation.manifest import make_manifest, seal_of
from awards.sdk.rulebook import RuleBook
from awards.services.computing import Compute, Task, compute_here
from awards.services.history import History, collect_history
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
    compute: Compute = compute_here,
) -> Run:
    """Evaluate *category* over *snapshot*, write the run and seal it.

    The same inputs, rules and versions give the same run, which is then returned
    as it is. *compute* says in which process rules work. Raises `RunRefused` and
    `PluginFault` as that does; nothing is written then.
    """
    definition = category_of(edition, category)
    path = stores.archive.checked(stores.archive.snapshot_table(snapshot.id), snapshot.sha256)
    history = collect_history(stores, definition)
    with stores.archive.workspace() as prepared:
        folder = prepared / "run"
        task = Task(path, definition, history=_write_history(history, prepared))
        written = compute(task, rulebook=rulebook, folder=folder)
        if task.history:
            task.history.rename(folder / HISTORY_FILE)
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


def _write_history(history: History | None, folder: Path) -> Path | None:
    if history is None:
        return None
    history.table.write_parquet(folder / HISTORY_FILE)
    return folder / HISTORY_FILE


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
