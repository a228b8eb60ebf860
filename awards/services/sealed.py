"""Read a sealed run back, from the archive or from a bundle that somebody was given."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.domain.errors import Altered, Refused
from awards.domain.records import Run
from awards.evaluation.sheets import RunTables
from awards.services.stores import Stores

RUN_FILES = ("manifest.json", "results.parquet", "sources.parquet")
SNAPSHOT_FILES = ("snapshot.json", "snapshot.parquet", "cells.parquet", "more_cells.parquet")

_CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True)
class SealedRun:
    """A run with what its files say; ``seal`` is the one that it is known by."""

    seal: str
    manifest: dict[str, Any]
    definition: CategoryDefinition
    snapshot: dict[str, Any]
    tables: RunTables


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
    """The files of *run*, each checked against its digest on record before it is used."""
    archive = stores.archive
    with stores.database.reading() as records:
        snapshot = records.snapshots.get(run.snapshot)
    archive.checked(archive.run_results(run.seal), run.results_sha256)
    archive.checked(archive.run_sources(run.seal), run.sources_sha256)
    archive.checked(archive.snapshot_table(snapshot.id), snapshot.sha256)
    own, locked = archive.run(run.seal), archive.snapshot(snapshot.id)
    return _read(run.seal, lambda name: (own if name in RUN_FILES else locked) / name)


def read_unpacked(folder: Path, *, seal: str) -> SealedRun:
    """The run in an unpacked bundle, which claims to be the one of *seal*.

    Raises `Refused` when the folder lacks a file: the public bundle of an edition
    that withholds values cannot be computed again.
    """
    _refuse_lacking(folder, RUN_FILES + SNAPSHOT_FILES)
    _refuse_lacking(folder, snapshot_files(_json(folder / "snapshot.json")))
    return _read(seal, lambda name: folder / name)


def _refuse_lacking(folder: Path, names: Sequence[str]) -> None:
    lacking = [name for name in names if not (folder / name).is_file()]
    if lacking:
        raise Refused(
            f"The bundle lacks {', '.join(lacking)}: it is not one that can be computed again. "
            "Editions that withhold values give those files to auditors only."
        )


def _read(seal: str, path: Callable[[str], Path]) -> SealedRun:
    manifest, snapshot = _json(path("manifest.json")), _json(path("snapshot.json"))
    try:
        tables = RunTables(
            results=pl.scan_parquet(path("results.parquet")),
            sources=pl.scan_parquet(path("sources.parquet")),
            table=pl.scan_parquet(path("snapshot.parquet")),
            cells=pl.scan_parquet(path("cells.parquet")),
            more_cells=pl.scan_parquet(path("more_cells.parquet")),
            records={
                code: pl.scan_parquet(path(name)) for code, name in record_files(snapshot).items()
            },
        )
        definition = CategoryDefinition.model_validate(manifest["category"]["definition"])
    except (KeyError, ValueError, pl.exceptions.PolarsError) as error:
        raise Altered(f"The files of run {seal[:12]} cannot be read: {error}") from error
    return SealedRun(seal, manifest, definition, snapshot, tables)


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Altered(f"{path.name} cannot be read: {error}. Put the original back.") from error
    if not isinstance(data, dict):
        raise Altered(f"{path.name} is not what was sealed. Put the original back.")
    return data
