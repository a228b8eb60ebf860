"""Lock an edition's parts into a snapshot: immutable, sorted by id, digested."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from awards.domain.canonical import canonical_json, json_digest
from awards.domain.errors import NotFound
from awards.domain.records import Edition, Event, Part, Snapshot
from awards.domain.stages import Stage
from awards.evaluation.classifications import classify
from awards.evaluation.digest import table_digest
from awards.evaluation.snapshots import Combined, combine_parts
from awards.evaluation.tallies import tally_up
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Indicator, Kind
from awards.services.candidates import ByCandidate, read_by_candidate
from awards.services.delivered import Delivered, gather_delivered
from awards.services.imports import indicators_of
from awards.services.rules import refuse_unlocked
from awards.services.stages import advance
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of

FORMAT = "awards-snapshot/1"


@dataclass(frozen=True, kw_only=True)
class _Contents:
    """All tables of a snapshot: the combined ones, and the records by type."""

    combined: Combined
    records: Mapping[str, pl.DataFrame]


def take_snapshot(
    stores: Stores, edition: Edition, *, kind: str, rulebook: RuleBook, act: Act
) -> Snapshot:
    """Combine the parts now in force for *kind* into a snapshot.

    The same parts and crosswalk give the same snapshot, which is then returned as
    it is. Raises `NotFound` when there is no part, `PartsDisagree` when values of one
    candidate differ that must not, and `Refused` for ids that no crosswalk joins, for
    records of nobody, and while the rules are not locked.
    """
    refuse_unlocked(edition)
    indicators = indicators_of(edition, kind, rulebook=rulebook)
    judged = rulebook.kind(kind)
    with stores.database.reading() as records:
        parts = records.parts.current(edition.code, kind)
    data = [each for each in parts if each.records is None]
    if not data:
        raise NotFound(
            f"Edition {edition.code!r} has no data for {kind!r} yet. "
            f"Import a file: awards import FILE --edition {edition.code} --kind {kind}"
        )
    read = read_by_candidate(stores, parts, kind=judged)
    combined = combine_parts(data, read.tables, indicators=indicators)
    ids = combined.table.select("id").collect()["id"]
    delivered = gather_delivered(stores, edition, read, ids=ids, rulebook=rulebook)
    tallied = _with_tallies(_with_derived(combined.table, judged), indicators, delivered)
    classified = rulebook.classifications_of(edition.definition, kind=kind)
    table = classify(tallied, classified)
    contents = _Contents(combined=replace(combined, table=table), records=delivered.tables)
    description = _describe(edition.code, kind, contents, read=read, delivered=delivered)
    if classified:
        description["classifications"] = [dict(each.quote()) for each in classified]
    snapshot = _known(stores, json_digest(description))
    if snapshot is None:
        with stores.archive.workspace() as prepared:
            snapshot = _write(stores, description, contents, prepared)
    _record(stores, snapshot, description, act)
    return snapshot


def _known(stores: Stores, snapshot_id: str) -> Snapshot | None:
    """The snapshot on record: its Parquet bytes may be those of an earlier library."""
    try:
        with stores.database.reading() as records:
            snapshot = records.snapshots.get(snapshot_id)
    except NotFound:
        return None
    stores.archive.checked(stores.archive.snapshot_table(snapshot.id), snapshot.sha256)
    return snapshot


def _with_derived(table: pl.LazyFrame, kind: Kind) -> pl.LazyFrame:
    """*table* with the attributes that the id itself tells, and official names."""
    derived = {each.code: each.derived(nw.col("id")) for each in kind.attributes if each.derived}
    filled = nw.from_native(table).with_columns(**derived).to_native() if derived else table
    if not kind.names:
        return filled
    official = pl.LazyFrame({"id": list(kind.names), "name": list(kind.names.values())})
    own = filled.drop("name", strict=False)
    return own.join(official, on="id", how="left", maintain_order="left")


def _with_tallies(
    table: pl.LazyFrame, indicators: Sequence[Indicator], delivered: Delivered
) -> pl.LazyFrame:
    """*table* with the indicators that are counted out of records; a figure that was
    carried stands where no records of the type were delivered."""
    present = table.collect_schema().names()
    tallied = [
        (each.code, each.tally)
        for each in indicators
        if each.tally and (each.tally.record.code in delivered.tables or each.code not in present)
    ]
    if not tallied:
        return table
    read = table.collect()
    found = {
        code: tally_up(delivered.tables.get(tally.record.code), tally, ids=read["id"])
        for code, tally in tallied
    }
    return read.with_columns(**found).lazy()


def _describe(
    edition: str, kind: str, contents: _Contents, *, read: ByCandidate, delivered: Delivered
) -> dict[str, Any]:
    combined = contents.combined
    return {
        "format": FORMAT,
        "edition": edition,
        "kind": kind,
        "parts": [_part(each) for each in read.parts],
        "crosswalks": {**delivered.crosswalks, **read.crosswalk},
        "registers": dict(delivered.registers),
        "rows": combined.table.select(pl.len()).collect().item(),
        "columns": combined.table.collect_schema().names(),
        "table": table_digest(combined.table),
        "cells": table_digest(combined.cells),
        "more_cells": table_digest(combined.more_cells),
        "records": {
            code: {"rows": table.height, "table": table_digest(table)}
            for code, table in contents.records.items()
        },
    }


def _part(part: Part) -> dict[str, Any]:
    data = asdict(part)
    return data | {"as_of": part.as_of.isoformat() if part.as_of else None}


def _write(
    stores: Stores, description: dict[str, Any], contents: _Contents, prepared: Path
) -> Snapshot:
    snapshot_id = json_digest(description)
    folder = prepared / "snapshot"
    folder.mkdir()
    combined = contents.combined
    combined.table.sink_parquet(folder / "snapshot.parquet")
    combined.cells.sink_parquet(folder / "cells.parquet")
    combined.more_cells.write_parquet(folder / "more_cells.parquet")
    for code, table in contents.records.items():
        (folder / "records").mkdir(exist_ok=True)
        table.write_parquet(folder / "records" / f"{code}.parquet")
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
        advance(records, snapshot.edition, Stage.DATA, act)
