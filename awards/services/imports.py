"""Bring a sender's file in as a part of an edition's data."""

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from awards.domain.canonical import json_digest
from awards.domain.errors import NotFound, Refused
from awards.domain.records import Edition, Event, Part, SourceFile
from awards.intake.inspection import inspect_file
from awards.intake.types import ColumnMap, Inspection, Layout
from awards.sdk.rulebook import RuleBook
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What came with a file: the part it makes, who sent it, and how to take it.

    With ``accept_valid`` the rows that pass are taken although others are refused;
    with ``add`` the rows complete the part of that name instead of replacing it.
    """

    part: str
    sender: str | None = None
    letter: str | None = None
    as_of: date | None = None
    accept_valid: bool = False
    add: bool = False


@dataclass(frozen=True, kw_only=True)
class Imported:
    """An inspected file and, when it was taken, the part it made."""

    inspection: Inspection
    part: Part | None


def layout_of(edition: Edition, kind: str, *, rulebook: RuleBook) -> Layout:
    """What a file for *kind* may contain: the indicators of all its categories and of
    the edition's classifications, whose attributes are not sent."""
    categories = [each for each in edition.definition.categories if each.kind == kind]
    if not categories:
        kinds = ", ".join(sorted({each.kind for each in edition.definition.categories}))
        raise NotFound(f"Edition {edition.code!r} judges no {kind!r}. Its kinds: {kinds}.")
    found = [each for one in categories for each in rulebook.indicators_of(one)]
    classified = rulebook.classifications_of(edition.definition, kind=kind)
    found += [each for one in classified for each in one.inputs]
    unique = tuple({each.code: each for each in found}.values())
    filled = {each.attribute for each in classified}
    known = rulebook.kind(kind)
    sent = tuple(each for each in known.attributes if each.code not in filled)
    return Layout(kind=replace(known, attributes=sent) if filled else known, indicators=unique)


def import_part(
    stores: Stores,
    path: Path,
    *,
    edition: str,
    layout: Layout,
    column_map: ColumnMap,
    delivery: Delivery,
    act: Act,
    work: Path,
) -> Imported:
    """Check the file at *path* and make it a part of the edition's data.

    A part of the same name is replaced or, if so delivered, completed. When rows
    are refused and the delivery does not accept that, nothing is imported and the
    result has no part. *work* is where the inspection keeps its files.
    """
    inspection = inspect_file(path, layout, column_map, work=work)
    if inspection.refused_rows and not delivery.accept_valid:
        return Imported(inspection=inspection, part=None)
    with stores.database.reading() as records:
        before = records.parts.named(edition, layout.kind.code, delivery.part)
    if delivery.add and before is None:
        raise NotFound(
            f"There is no part {delivery.part!r} to add to. Import it without --add first."
        )
    with stores.archive.workspace() as prepared:
        table = prepared / "part.parquet"
        kept = _write_table(stores, inspection, before if delivery.add else None, table)
        part = _describe(
            path, inspection, delivery, edition=edition, layout=layout, kept=kept, table=table
        )
        _save(
            stores,
            part,
            source=path,
            table=table,
            refused=inspection.refused_rows_file,
            prepared=prepared,
            replaced=before,
            act=act,
        )
    return Imported(inspection=inspection, part=part)


def refused_rows_of(stores: Stores, part: Part) -> Path:
    """Where the rows that were refused with *part* are kept, as they were received."""
    return stores.archive.part(part.id).with_suffix(".refused.csv")


@dataclass(frozen=True)
class _Kept:
    """What a part takes over from the one it completes."""

    sources: tuple[SourceFile, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    refused: int = 0


def _write_table(stores: Stores, inspection: Inspection, before: Part | None, table: Path) -> _Kept:
    """Write the part's Parquet file: the accepted columns, ``source_file`` and
    ``source_row``, after the rows of *before* where there is one."""
    found = [name for name in ("id", "name") if name == "id" or name in inspection.columns]
    found += [name for name in inspection.columns if name not in found]
    number = len(before.sources) if before else 0
    rows = pl.read_parquet(inspection.accepted).select(
        *found, "source_row", source_file=pl.lit(number, dtype=pl.Int8)
    )
    if before is None:
        rows.write_parquet(table)
        return _Kept()
    path = stores.archive.checked(stores.archive.part(before.id), before.sha256)
    earlier = pl.read_parquet(path)
    _refuse_known_ids(earlier, rows, before)
    joined = pl.concat([earlier, rows], how="diagonal").sort("id")
    joined.write_parquet(table)
    return _Kept(before.sources, before.columns, max(0, before.refused - rows.height))


def _refuse_known_ids(earlier: pl.DataFrame, rows: pl.DataFrame, before: Part) -> None:
    twice = rows.join(earlier, on="id", how="semi")
    if twice.height:
        shown = ", ".join(twice["id"].head(5))
        raise Refused(
            f"{twice.height} candidates are already in part {before.name!r}: {shown}. "
            "Send only rows that are not in it yet, or replace the whole part."
        )


def _describe(
    path: Path,
    inspection: Inspection,
    delivery: Delivery,
    *,
    edition: str,
    layout: Layout,
    kept: _Kept,
    table: Path,
) -> Part:
    source = SourceFile(name=path.name, sha256=sha256_of(path), sheet=inspection.sheet)
    described = Part(
        id="",
        edition=edition,
        kind=layout.kind.code,
        name=delivery.part,
        sources=(*kept.sources, source),
        columns={**kept.columns, **inspection.columns},
        rows=pl.scan_parquet(table).select(pl.len()).collect().item(),
        refused=kept.refused + inspection.refused_rows,
        sha256=sha256_of(table),
        sender=delivery.sender,
        letter=delivery.letter,
        as_of=delivery.as_of,
    )
    return replace(described, id=json_digest(_identity(described)))


def _identity(part: Part) -> dict[str, object]:
    data = {key: value for key, value in asdict(part).items() if key != "id"}
    return data | {"as_of": part.as_of.isoformat() if part.as_of else None}


def _save(
    stores: Stores,
    part: Part,
    *,
    source: Path,
    table: Path,
    refused: Path | None,
    prepared: Path,
    replaced: Part | None,
    act: Act,
) -> None:
    if replaced is not None and replaced.id == part.id:
        return
    copy = prepared / "source"
    shutil.copyfile(source, copy)
    stores.archive.adopt(copy, stores.archive.source(part.sources[-1].sha256))
    stores.archive.adopt(table, stores.archive.part(part.id))
    if refused is not None:
        kept = prepared / "refused.csv"
        shutil.copyfile(refused, kept)
        stores.archive.adopt(kept, refused_rows_of(stores, part))
    detail: dict[str, object] = {
        "edition": part.edition,
        "part": part.name,
        "file": part.sources[-1].sha256,
        "rows": part.rows,
        "refused": part.refused,
        "replaces": replaced.id if replaced else None,
    }
    with stores.database.transaction() as records:
        records.parts.add(part)
        event = Event(actor=act.by, action="part.imported", subject=part.id, detail=detail)
        records.ledger.append(event, at=act.at)
