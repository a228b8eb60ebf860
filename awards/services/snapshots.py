"""Lock an edition's parts into a snapshot: immutable, sorted by id, digested."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from awards.domain.canonical import canonical_json, json_digest
from awards.domain.errors import NotFound
from awards.domain.records import Edition, Event, Part, Snapshot
from awards.evaluation.classifications import classify
from awards.evaluation.digest import table_digest
from awards.evaluation.snapshots import Combined, combine_parts
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Kind
from awards.services.imports import layout_of
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of

FORMAT = "awards-snapshot/1"


def take_snapshot(
    stores: Stores, edition: Edition, *, kind: str, rulebook: RuleBook, act: Act
) -> Snapshot:
    """Combine the parts now in force for *kind* into a snapshot.

    The same parts give the same snapshot, which is then returned as it is.
    Raises `NotFound` when there is no part and `PartsDisagree` when two parts
    give different values for one candidate and indicator.
    """
    layout = layout_of(edition, kind, rulebook=rulebook)
    with stores.database.reading() as records:
        parts = records.parts.current(edition.code, kind)
    if not parts:
        raise NotFound(
            f"Edition {edition.code!r} has no data for {kind!r} yet. "
            f"Import a file: awards import FILE --edition {edition.code} --kind {kind}"
        )
    tables = {each.id: pl.scan_parquet(_checked(stores, each)) for each in parts}
    codes = [each.code for each in layout.indicators]
    combined = combine_parts(parts, tables, indicators=codes)
    classified = rulebook.classifications_of(edition.definition, kind=kind)
    table = classify(_with_derived(combined.table, layout.kind), classified)
    description = _describe(edition.code, kind, parts, Combined(table, combined.cells))
    if classified:
        description["classifications"] = [dict(each.quote()) for each in classified]
    with stores.archive.workspace() as prepared:
        snapshot = _write(stores, description, Combined(table, combined.cells), prepared)
    _record(stores, snapshot, description, act)
    return snapshot


def _checked(stores: Stores, part: Part) -> Path:
    return stores.archive.checked(stores.archive.part(part.id), part.sha256)


def _with_derived(table: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """*table* with the attributes that the id itself tells, and official names."""
    derived = {each.code: each.derived(nw.col("id")) for each in kind.attributes if each.derived}
    filled = nw.from_native(table, eager_only=True).with_columns(**derived).to_native()
    if not kind.names:
        return filled
    official = pl.DataFrame({"id": list(kind.names), "name": list(kind.names.values())})
    own = filled.drop("name", strict=False)
    return own.join(official, on="id", how="left", maintain_order="left")


def _describe(edition: str, kind: str, parts: Sequence[Part], combined: Combined) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "edition": edition,
        "kind": kind,
        "parts": [_part(each) for each in parts],
        "rows": combined.table.height,
        "columns": combined.table.columns,
        "table": table_digest(combined.table),
        "cells": table_digest(combined.cells),
    }


def _part(part: Part) -> dict[str, Any]:
    data = asdict(part)
    return data | {"as_of": part.as_of.isoformat() if part.as_of else None}


def _write(
    stores: Stores, description: dict[str, Any], combined: Combined, prepared: Path
) -> Snapshot:
    snapshot_id = json_digest(description)
    folder = prepared / "snapshot"
    folder.mkdir()
    combined.table.write_parquet(folder / "snapshot.parquet")
    combined.cells.write_parquet(folder / "cells.parquet")
    (folder / "snapshot.json").write_bytes(canonical_json(description))
    sha256 = sha256_of(folder / "snapshot.parquet")
    stores.archive.adopt_folder(folder, stores.archive.snapshot(snapshot_id))
    return Snapshot(
        id=snapshot_id,
        edition=description["edition"],
        kind=description["kind"],
        parts=tuple(each["id"] for each in description["parts"]),
        rows=description["rows"],
        sha256=sha256,
    )


def _record(stores: Stores, snapshot: Snapshot, description: dict[str, Any], act: Act) -> None:
    detail: dict[str, object] = {
        "edition": snapshot.edition,
        "kind": snapshot.kind,
        "rows": snapshot.rows,
        "table": description["table"],
    }
    with stores.database.transaction() as records:
        records.snapshots.add(snapshot)
        event = Event(actor=act.by, action="snapshot.taken", subject=snapshot.id, detail=detail)
        records.ledger.append(event, at=act.at)
