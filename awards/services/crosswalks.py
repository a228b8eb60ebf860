"""Join the numbers that senders use to candidates: imported, suggested, reviewed."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from awards.domain.errors import Refused
from awards.domain.records import Crosswalk, Event
from awards.evaluation.joining import CROSSWALK
from awards.intake.crosswalks import CrosswalkFile, read_crosswalk
from awards.sdk.types import Kind
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of
from awards.storage.records import Records

_LISTED = 5


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A crosswalk file and, when it was taken, the crosswalk now in force and how many
    of its entries are new."""

    file: CrosswalkFile
    crosswalk: Crosswalk | None
    added: int = 0


class CrosswalkContradicts(Refused):
    """An entry says something else than the crosswalk in force."""


def import_crosswalk(
    stores: Stores,
    path: Path,
    *,
    kind: Kind,
    act: Act,
    work: Path,
    decided: bool = False,
    replace: bool = False,
) -> Joined:
    """Add the entries of the file at *path* to the crosswalk of *kind*, or *replace* it.

    With *decided* only rows that somebody answered with yes are taken. Nothing is
    saved when a row is refused, or an entry contradicts one in force
    (`CrosswalkContradicts`); nothing new makes no new crosswalk.
    """
    file = read_crosswalk(path, kind, work=work, decided=decided)
    if file.refused:
        return Joined(file=file, crosswalk=None)
    with stores.database.reading() as records:
        before = records.crosswalks.current(kind.code)
    known = read_entries(stores, None if replace else before)
    _refuse_contradictions(file.entries, known)
    new = file.entries.join(known, on=["scheme", "id"], how="anti")
    own = new.select("scheme", "id", "candidate", by=pl.lit(act.by))
    table = pl.concat([known, own]).sort("scheme", "id")
    _refuse_chains(table, kind)
    crosswalk = _save(stores, table, kind=kind, before=before, act=act, added=new.height)
    return Joined(file=file, crosswalk=crosswalk, added=new.height)


def current_entries(stores: Stores, records: Records, kind: str) -> tuple[str | None, pl.DataFrame]:
    """The digest of the crosswalk in force for *kind*, and its entries, checked."""
    found = records.crosswalks.current(kind)
    return found.digest if found else None, read_entries(stores, found)


def read_entries(stores: Stores, crosswalk: Crosswalk | None) -> pl.DataFrame:
    """The entries of *crosswalk*; none for None."""
    if crosswalk is None:
        return CROSSWALK.to_frame()
    archive = stores.archive
    return pl.read_parquet(archive.checked(archive.crosswalk(crosswalk.digest), crosswalk.digest))


def _refuse_contradictions(entries: pl.DataFrame, known: pl.DataFrame) -> None:
    both = entries.join(known, on=["scheme", "id"], how="inner", suffix="_known")
    clash = both.filter(pl.col("candidate") != pl.col("candidate_known"))
    if clash.height:
        shown = "; ".join(
            f"row {row['row']}: {row['scheme']} {row['id']} is joined to {row['candidate_known']} "
            f"(by {row['by']}), the file says {row['candidate']}"
            for row in clash.head(_LISTED).iter_rows(named=True)
        )
        raise CrosswalkContradicts(
            f"{clash.height} entries contradict the crosswalk in force: {shown}. Correct the "
            "file, or send the whole corrected crosswalk with --replace."
        )


def _refuse_chains(table: pl.DataFrame, kind: Kind) -> None:
    """A candidate must be the last word: not itself another candidate's second number."""
    own = table.filter(pl.col("scheme") == kind.scheme).select("id", onward="candidate")
    chained = table.join(own, left_on="candidate", right_on="id", how="inner")
    if chained.height:
        shown = "; ".join(
            f"{row['scheme']} {row['id']} to {row['candidate']}, which is {row['onward']}"
            for row in chained.head(_LISTED).iter_rows(named=True)
        )
        raise CrosswalkContradicts(
            f"{chained.height} entries lead to a number that is itself joined to another: {shown}. "
            "Join each number to the main one."
        )


def _save(
    stores: Stores,
    table: pl.DataFrame,
    *,
    kind: Kind,
    before: Crosswalk | None,
    act: Act,
    added: int,
) -> Crosswalk:
    with stores.archive.workspace() as prepared:
        path = prepared / "crosswalk.parquet"
        table.write_parquet(path)
        crosswalk = Crosswalk(digest=sha256_of(path), kind=kind.code, rows=table.height)
        if before == crosswalk:
            return crosswalk
        stores.archive.adopt(path, stores.archive.crosswalk(crosswalk.digest))
    detail: dict[str, object] = {
        "kind": kind.code,
        "rows": crosswalk.rows,
        "added": added,
        "replaces": before.digest if before else None,
    }
    with stores.database.transaction() as records:
        records.crosswalks.put(crosswalk)
        event = Event(
            actor=act.by, action="crosswalk.changed", subject=crosswalk.digest, detail=detail
        )
        records.ledger.append(event, at=act.at)
    return crosswalk
