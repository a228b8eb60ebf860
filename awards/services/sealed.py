"""Read a sealed run back, from the archive or from a bundle that somebody was given."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.domain.errors import Altered, Refused
from awards.domain.records import Run
from awards.evaluation.digest import table_digest
from awards.evaluation.errors import RunRefused
from awards.evaluation.sheets import RunTables
from awards.services.stores import Stores
from awards.storage.files import checked

RUN_FILES = ("manifest.json", "results.parquet", "sources.parquet")
HISTORY_FILE = "history.parquet"
"""Of runs that look at results of others alone."""
SNAPSHOT_FILES = ("snapshot.json", "snapshot.parquet", "cells.parquet", "more_cells.parquet")

_CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True)
class SealedRun:
    """A run with what its files say; ``seal`` is the one that it is known by, and
    ``table`` and ``history`` the files of the locked data and of what was held before."""

    seal: str
    manifest: dict[str, Any]
    definition: CategoryDefinition
    snapshot: dict[str, Any]
    tables: RunTables
    table: Path
    history: Path | None = None


def snapshot_files(description: Mapping[str, Any]) -> tuple[str, ...]:
    """The files of a snapshot by its description, as paths in its folder."""
    return (*SNAPSHOT_FILES, *record_files(description).values())


def record_files(description: Mapping[str, Any]) -> dict[str, str]:
    """The file of each type of record in a snapshot. Raises `Altered` for a strange one."""
    codes = description.get("records", {})
    if not all(_CODE.fullmatch(code) for code in codes):
        raise Altered("snapshot.json names records that cannot be. Put the original back.")
    return {code: f"records/{code}.parquet" for code in sorted(codes)}


def read_run(stores: Stores, run: Run) -> SealedRun:
    """The files of *run*, each checked against its digest before it is used.

    Raises `Altered`, naming the file, for one that is not what was sealed.
    """
    archive = stores.archive
    with stores.database.reading() as records:
        snapshot = records.snapshots.get(run.snapshot)
    archive.checked(archive.run_results(run.seal), run.results_sha256)
    archive.checked(archive.run_sources(run.seal), run.sources_sha256)
    archive.checked(archive.snapshot_table(snapshot.id), snapshot.sha256)
    own, locked = archive.run(run.seal), archive.snapshot(snapshot.id)
    sealed = _read(
        run.seal, lambda name: (own if name in (*RUN_FILES, HISTORY_FILE) else locked) / name
    )
    _check_origins(sealed)
    return sealed


def read_unpacked(folder: Path, *, seal: str) -> SealedRun:
    """The run in an unpacked bundle, which claims to be the one of *seal*.

    Raises `Refused` when the folder lacks a file: the public bundle of an edition
    that withholds values cannot be computed again.
    """
    lacking = [name for name in RUN_FILES + SNAPSHOT_FILES if not (folder / name).is_file()]
    if lacking:
        raise Refused(
            f"The bundle lacks {', '.join(lacking)}: it is not one that can be computed again. "
            "Editions that withhold values give those files to auditors only."
        )
    return _read(seal, lambda name: folder / name)


def check_tables(sealed: SealedRun) -> None:
    """Raise `Altered`, naming the table, when one is not what its digest names."""
    tables, result, sources = sealed.tables, sealed.manifest["result"], sealed.manifest["sources"]
    _check_table(tables.results, result["digest"], "results.parquet")
    _check_table(tables.sources, sources["digest"], "sources.parquet")
    _check_table(tables.table, sealed.snapshot["table"], "snapshot.parquet")
    _check_origins(sealed)


def _check_origins(sealed: SealedRun) -> None:
    """Check the tables that say where values, and what was held before, came from."""
    tables, snapshot = sealed.tables, sealed.snapshot
    if tables.history is not None:
        digest = sealed.manifest["inputs"]["history"]["digest"]
        _check_table(tables.history, digest, HISTORY_FILE)
    _check_table(tables.cells, snapshot["cells"], "cells.parquet")
    _check_table(tables.more_cells, snapshot["more_cells"], "more_cells.parquet")
    for code, name in record_files(snapshot).items():
        _check_table(tables.records[code], snapshot["records"][code]["table"], name)


def _check_table(table: pl.LazyFrame, expected: object, name: str) -> None:
    try:
        found = table_digest(table)
    except (pl.exceptions.PolarsError, RunRefused, OSError) as error:
        raise Altered(f"{name} cannot be read: {error}. Put the original back.") from error
    if found != expected:
        raise Altered(
            f"{name} is not what was sealed: expected {expected}, found {found}. "
            "Put the original back from a backup."
        )


def _read(seal: str, path: Callable[[str], Path]) -> SealedRun:
    """Read what *path* gives for each name: first the manifest, which the seal names,
    then the description of the data, which the manifest names."""
    manifest = _json(path("manifest.json"), seal)
    try:
        snapshot = _json(path("snapshot.json"), manifest["inputs"]["snapshot"])
        tables = RunTables(
            results=pl.scan_parquet(path("results.parquet")),
            sources=pl.scan_parquet(path("sources.parquet")),
            table=pl.scan_parquet(path("snapshot.parquet")),
            cells=pl.scan_parquet(path("cells.parquet")),
            more_cells=pl.scan_parquet(path("more_cells.parquet")),
            records={
                code: pl.scan_parquet(path(name)) for code, name in record_files(snapshot).items()
            },
            history=pl.scan_parquet(path(HISTORY_FILE)) if _looks_back(manifest) else None,
        )
        definition = CategoryDefinition.model_validate(manifest["category"]["definition"])
    except (KeyError, ValueError, pl.exceptions.PolarsError) as error:
        raise Altered(f"The files of run {seal[:12]} cannot be read: {error}") from error
    history = path(HISTORY_FILE) if tables.history is not None else None
    table = path("snapshot.parquet")
    return SealedRun(seal, manifest, definition, snapshot, tables, table, history)


def run_files(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The files of a run by its manifest."""
    return (*RUN_FILES, HISTORY_FILE) if _looks_back(manifest) else RUN_FILES


def _looks_back(manifest: Mapping[str, Any]) -> bool:
    return "history" in manifest["inputs"]


def _json(path: Path, sha256: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(checked(path, sha256).read_bytes())
    return data
