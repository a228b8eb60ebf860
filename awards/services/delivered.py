"""The records that were delivered for an edition, put together by type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from awards.domain.errors import Refused
from awards.domain.records import Edition, Part
from awards.evaluation.joining import resolve
from awards.evaluation.tallies import Register, gather_records
from awards.sdk.records import RecordType
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Kind
from awards.services.candidates import ByCandidate, read_by_candidate
from awards.services.crosswalks import current_entries
from awards.services.stores import Stores

_LISTED = 5


class RecordsOfNobody(Refused):
    """Records name candidates that no data are about."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """``tables``: the records of each type that was delivered (see `gather_records`).
    ``registers``: for kinds whose register they were matched with, other than the
    judged kind itself, the snapshot or the parts that it was read from; ``crosswalks``:
    digests of the crosswalks used for it."""

    tables: Mapping[str, pl.DataFrame]
    registers: Mapping[str, Sequence[str]]
    crosswalks: Mapping[str, str]


def gather_delivered(
    stores: Stores, edition: Edition, read: ByCandidate, *, ids: pl.Series, rulebook: RuleBook
) -> Delivered:
    """Gather the records among the parts of *read*; *ids* are the candidates there are.

    Raises `RecordsOfNobody` for records of other candidates, and `PartsDisagree`.
    """
    types = dict.fromkeys(each.records for each in read.parts if each.records)
    found = [rulebook.record(code) for code in types if code]
    sources = {
        kind: _register(stores, edition, rulebook.kind(kind), read=read, ids=ids)
        for kind in sorted({one.register for each in found for one in each.columns if one.register})
    }
    tables = {each.code: _gather(each, read, sources=sources, ids=ids) for each in found}
    others = {kind: each for kind, each in sources.items() if kind != read.kind.code}
    return Delivered(
        tables=dict(sorted(tables.items())),
        registers={kind: each.origin for kind, each in others.items()},
        crosswalks={kind: each.digest for kind, each in others.items() if each.digest},
    )


@dataclass(frozen=True, kw_only=True)
class _Source:
    """A register: its ids, what they were read from, and the kind's crosswalk."""

    kind: Kind
    register: Register
    origin: Sequence[str]
    digest: str | None
    crosswalk: pl.DataFrame


def _register(
    stores: Stores, edition: Edition, kind: Kind, *, read: ByCandidate, ids: pl.Series
) -> _Source:
    """The register of *kind* in *edition*: its latest snapshot, else its parts."""
    with stores.database.reading() as records:
        digest, crosswalk = current_entries(stores, records, kind.code)
        latest = records.snapshots.latest(edition.code, kind.code)
        parts = records.parts.current(edition.code, kind.code)
    origin: Sequence[str] = ()
    found: pl.Series | None = None
    if kind.code == read.kind.code:
        found = ids
    elif latest is not None:
        path = stores.archive.checked(stores.archive.snapshot_table(latest.id), latest.sha256)
        found, origin = pl.read_parquet(path, columns=["id"])["id"], (latest.id,)
    elif data := [each for each in parts if each.records is None]:
        tables = read_by_candidate(stores, data, kind=kind).tables
        found = pl.concat([each.select("id") for each in tables.values()]).collect()["id"]
        origin = tuple(each.id for each in data)
    return _Source(
        kind=kind, register=Register(found), origin=origin, digest=digest, crosswalk=crosswalk
    )


def _gather(
    record: RecordType, read: ByCandidate, *, sources: Mapping[str, _Source], ids: pl.Series
) -> pl.DataFrame:
    tables = [
        (number, _resolved(read.tables[part.id].collect(), record, sources))
        for number, part in enumerate(read.parts)
        if part.records == record.code
    ]
    for number, table in tables:
        _refuse_unknown(record, table, ids, read.parts[number])
    registers = {kind: each.register for kind, each in sources.items()}
    return gather_records(record, tables, registers=registers, parts=read.parts)


def _resolved(
    table: pl.DataFrame, record: RecordType, sources: Mapping[str, _Source]
) -> pl.DataFrame:
    """*table* with ids in columns that name a register taken through its crosswalk."""
    columns = [each for each in record.columns if each.register and each.code in table.columns]
    return table.with_columns(
        resolve(table[each.code], source.crosswalk, kind=source.kind)
        for each in columns
        for source in (sources[each.register or ""],)
    )


def _refuse_unknown(record: RecordType, table: pl.DataFrame, ids: pl.Series, part: Part) -> None:
    strange = table.filter(~pl.col("id").is_in(ids.implode()))["id"].unique().sort()
    if len(strange):
        raise RecordsOfNobody(
            f"Part {part.name!r} has {record.code} of {len(strange)} candidates that no data are "
            f"about, such as {', '.join(strange.head(_LISTED))}. Correct their numbers, join them "
            "by a crosswalk, or import the data of these candidates first."
        )
