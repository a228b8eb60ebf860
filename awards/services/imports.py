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
from awards.intake.merging import merge_by_id
from awards.intake.types import ColumnMap, Inspection, Layout
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Indicator, Kind
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What came with a file: the part it makes, who sent it, and how to take it.

    With ``accept_valid`` the rows that pass are taken although others are refused;
    with ``add`` the rows complete the part of that name instead of replacing it.
    ``scheme`` names what the ids are numbered by, None for the kind's own.
    """

    part: str
    sender: str | None = None
    letter: str | None = None
    as_of: date | None = None
    accept_valid: bool = False
    add: bool = False
    scheme: str | None = None


@dataclass(frozen=True, kw_only=True)
class Imported:
    """An inspected file and, when it was taken, the part it made."""

    inspection: Inspection
    part: Part | None


def layout_of(
    edition: Edition,
    kind: str,
    *,
    rulebook: RuleBook,
    scheme: str | None = None,
    records: str | None = None,
) -> Layout:
    """What a file for *kind* may contain, with ids numbered by *scheme*: the indicators
    of all its categories that are sent, or *records* of a type. Attributes that the
    edition's classifications fill are not sent."""
    needed = indicators_of(edition, kind, rulebook=rulebook)
    numbered = _without_filled(edition, rulebook.kind(kind).numbered_by(scheme), rulebook)
    if records is not None:
        record = rulebook.record(records)
        named = {each.register for each in record.columns if each.register}
        registers = {each: rulebook.kind(each) for each in named}
        return Layout(kind=numbered, records=record, registers=registers)
    return Layout(kind=numbered, indicators=needed)


def indicators_of(edition: Edition, kind: str, *, rulebook: RuleBook) -> tuple[Indicator, ...]:
    """The indicators of all categories of *kind* and of what classifies it, those
    tallied from records included.

    Raises `NotFound`, naming the edition's kinds, when no category judges it.
    """
    categories = [each for each in edition.definition.categories if each.kind == kind]
    if not categories:
        kinds = ", ".join(sorted({each.kind for each in edition.definition.categories}))
        raise NotFound(f"Edition {edition.code!r} judges no {kind!r}. Its kinds: {kinds}.")
    found = [each for one in categories for each in rulebook.indicators_of(one)]
    for one in rulebook.classifications_of(edition.definition, kind=kind):
        found += one.inputs
    return tuple({each.code: each for each in found}.values())


def _without_filled(edition: Edition, kind: Kind, rulebook: RuleBook) -> Kind:
    """*kind* without the attributes that the edition's classifications fill."""
    classified = rulebook.classifications_of(edition.definition, kind=kind.code)
    filled = {each.attribute for each in classified}
    sent = tuple(each for each in kind.attributes if each.code not in filled)
    return replace(kind, attributes=sent)


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
    are refused and the delivery does not accept that, or no row is left, nothing is
    imported and the result has no part. *work* is where the inspection keeps its
    files. Raises `Refused` when the file or the part changes meanwhile.
    """
    sha256 = sha256_of(path)
    inspection = inspect_file(path, layout, column_map, work=work)
    good = inspection.rows_accepted > 0 and (delivery.accept_valid or not inspection.refused_rows)
    if not good:
        return Imported(inspection=inspection, part=None)
    with stores.database.reading() as records:
        type_ = layout.records.code if layout.records else None
        before = records.parts.named(edition, layout.kind.code, delivery.part, records=type_)
    if delivery.add:
        _refuse_addition(before, delivery, layout)
    with stores.archive.workspace() as prepared:
        table = prepared / "part.parquet"
        kept = _write_table(stores, inspection, before if delivery.add else None, table)
        received = SourceFile(name=path.name, sha256=sha256, sheet=inspection.sheet)
        part = _describe(
            received, inspection, delivery, edition=edition, layout=layout, kept=kept, table=table
        )
        refused = inspection.refused_rows_file
        files = _Files(source=path, table=table, refused=refused, prepared=prepared)
        _save(stores, part, files=files, replaced=before, act=act)
    return Imported(inspection=inspection, part=part)


def _refuse_addition(before: Part | None, delivery: Delivery, layout: Layout) -> None:
    """Raise for rows that complete no part, or one with ids of another scheme."""
    if before is None:
        raise NotFound(
            f"There is no part {delivery.part!r} to add to. Import it without --add first."
        )
    if before.scheme != delivery.scheme:
        raise Refused(
            f"Part {before.name!r} holds other numbers than {layout.kind.scheme}. Send these rows "
            "as a part of their own."
        )


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
    rows = pl.scan_parquet(inspection.accepted).select(
        *found, "source_row", source_file=pl.lit(number, dtype=pl.Int8)
    )
    if before is None:
        rows.sink_parquet(table)
        return _Kept()
    path = stores.archive.checked(stores.archive.part(before.id), before.sha256)
    earlier = pl.scan_parquet(path)
    if before.records is None:
        _refuse_known_ids(earlier, rows, before)
    merge_by_id([earlier, rows], table, by=("id", "source_file", "source_row"))
    refused = max(0, before.refused - inspection.rows_accepted)
    return _Kept(before.sources, before.columns, refused)


def _refuse_known_ids(earlier: pl.LazyFrame, rows: pl.LazyFrame, before: Part) -> None:
    twice = rows.select("id").join(earlier.select("id"), on="id", how="semi").collect()
    if twice.height:
        shown = ", ".join(twice["id"].head(5))
        raise Refused(
            f"{twice.height} candidates are already in part {before.name!r}: {shown}. "
            "Send only rows that are not in it yet, or replace the whole part."
        )


def _describe(
    received: SourceFile,
    inspection: Inspection,
    delivery: Delivery,
    *,
    edition: str,
    layout: Layout,
    kept: _Kept,
    table: Path,
) -> Part:
    described = Part(
        id="",
        edition=edition,
        kind=layout.kind.code,
        name=delivery.part,
        sources=(*kept.sources, replace(received, columns=dict(inspection.columns))),
        columns={**kept.columns, **inspection.columns},
        rows=pl.scan_parquet(table).select(pl.len()).collect().item(),
        refused=kept.refused + inspection.refused_rows,
        sha256=sha256_of(table),
        sender=delivery.sender,
        letter=delivery.letter,
        as_of=delivery.as_of,
        scheme=delivery.scheme,
        records=layout.records.code if layout.records else None,
    )
    return replace(described, id=json_digest(_identity(described)))


def _identity(part: Part) -> dict[str, object]:
    data = {key: value for key, value in asdict(part).items() if key != "id"}
    return data | {"as_of": part.as_of.isoformat() if part.as_of else None}


@dataclass(frozen=True, kw_only=True)
class _Files:
    """What becomes files of the archive, and the folder to prepare them in."""

    source: Path
    table: Path
    refused: Path | None
    prepared: Path


def _save(stores: Stores, part: Part, *, files: _Files, replaced: Part | None, act: Act) -> None:
    if replaced is not None and replaced.id == part.id:
        return
    _adopt(stores, part, files)
    detail: dict[str, object] = {
        "edition": part.edition,
        "part": part.name,
        "file": part.sources[-1].sha256,
        "rows": part.rows,
        "refused": part.refused,
        "replaces": replaced.id if replaced else None,
    } | ({"records": part.records} if part.records else {})
    with stores.database.transaction() as records:
        now = records.parts.named(part.edition, part.kind, part.name, records=part.records)
        _refuse_other_part(now, replaced, part)
        records.parts.add(part)
        event = Event(actor=act.by, action="part.imported", subject=part.id, detail=detail)
        records.ledger.append(event, at=act.at)


def _adopt(stores: Stores, part: Part, files: _Files) -> None:
    copy = files.prepared / "source"
    shutil.copyfile(files.source, copy)
    _refuse_other_bytes(copy, part.sources[-1])
    stores.archive.adopt(copy, stores.archive.source(part.sources[-1].sha256))
    stores.archive.adopt(files.table, stores.archive.part(part.id))
    if files.refused is not None:
        kept = files.prepared / "refused.csv"
        shutil.copyfile(files.refused, kept)
        stores.archive.adopt(kept, refused_rows_of(stores, part))


def _refuse_other_bytes(copy: Path, source: SourceFile) -> None:
    if sha256_of(copy) != source.sha256:
        raise Refused(
            f"{source.name} was changed while it was read. Nothing was imported; "
            "send it again when nobody writes it."
        )


def _refuse_other_part(now: Part | None, replaced: Part | None, part: Part) -> None:
    """Raise `Refused` when the part in force is not the one that was read before."""
    if (now.id if now else None) != (replaced.id if replaced else None):
        raise Refused(
            f"Part {part.name!r} was replaced meanwhile by somebody else. "
            "Nothing was imported; look at it, then send the file again."
        )
