"""Locking parts into a snapshot."""

import json

import polars as pl
import pytest
from sqlalchemy import update

from awards.domain.errors import Altered, NotFound
from awards.evaluation.errors import PartsDisagree
from awards.storage.archive import sha256_of
from awards.storage.models import SnapshotRow
from tests.unit.services.world import ROWS, World

ONE = "K0001,Koperasi Satu,primary,1,95,91,88.25"
TWO = "K0002,Koperasi Dua,primary,1,90,90,"


def test_several_parts_make_one_table_sorted_by_id_that_knows_every_cell(opened: World) -> None:
    opened.deliver("kop-open", TWO, ONE, part="east")
    opened.deliver("kop-open", "K0003,33.5", "K0001,", head="id,mentored", part="west")
    snapshot = opened.snapshot("kop-open")
    folder = opened.stores.archive.snapshot(snapshot.id)
    table = pl.read_parquet(folder / "snapshot.parquet")
    assert table.select("id", "level", "active", "mentored").rows() == [
        ("K0001", "primary", 95.0, 88.25),
        ("K0002", "primary", 90.0, None),
        ("K0003", None, None, 33.5),
    ]
    cells = pl.read_parquet(folder / "cells.parquet")
    assert cells.select("id", "part:mentored", "file:mentored", "row:mentored").rows() == [
        ("K0001", 0, 0, 3),
        ("K0002", None, None, None),
        ("K0003", 1, 0, 2),
    ]
    assert [each.name for each in opened.parts("kop-open")] == ["east", "west"]
    assert snapshot.rows == 3


def test_the_same_parts_give_the_same_snapshot_and_each_act_its_event(imported: World) -> None:
    first = imported.snapshot("kop-open")
    files = imported.files()
    assert imported.snapshot("kop-open") == first
    assert imported.files() == files
    assert imported.actions()[-2:] == ["snapshot.taken", "snapshot.taken"]
    assert [each.event.subject for each in imported.ledger()[-2:]] == [first.id, first.id]


def test_parts_that_disagree_are_refused_with_both_cells_and_nothing_is_saved(
    imported: World,
) -> None:
    imported.deliver("kop-open", "K0001,94.5", head="id,active", part="other")
    before = imported.ledger(), imported.files()
    with pytest.raises(
        PartsDisagree, match=r"'active'.*K0001: 95\.0 \(part 'main', .* and 94\.5 \(part 'other', "
    ):
        imported.snapshot("kop-open")
    assert (imported.ledger(), imported.files()) == before


def test_an_edition_without_data_is_refused_with_the_command_that_brings_some(
    opened: World,
) -> None:
    before = opened.ledger()
    with pytest.raises(NotFound, match="awards import FILE --edition kop-open --kind cooperative"):
        opened.snapshot("kop-open")
    assert opened.ledger() == before


def test_a_part_altered_on_disk_is_never_locked(imported: World) -> None:
    (part,) = imported.parts("kop-open")
    path = imported.stores.archive.part(part.id)
    path.write_bytes(path.read_bytes() + b"\0")
    before = imported.ledger()
    with pytest.raises(Altered, match=part.sha256):
        imported.snapshot("kop-open")
    assert imported.ledger() == before


def test_a_snapshot_on_record_keeps_the_bytes_that_an_earlier_library_wrote(
    imported: World,
) -> None:
    first = imported.snapshot("kop-open")
    path = imported.stores.archive.snapshot_table(first.id)
    pl.read_parquet(path).write_parquet(path, compression="uncompressed")
    with pytest.raises(Altered):
        imported.snapshot("kop-open")
    with imported.stores.database.transaction() as records:
        session = records.snapshots._session
        session.execute(update(SnapshotRow).values(sha256=sha256_of(path)))
        records.ledger.append(imported.ledger()[-1].event, at=imported.ledger()[-1].at)
    assert imported.snapshot("kop-open").id == first.id


def test_the_description_names_the_parts_and_digests_of_a_snapshot(imported: World) -> None:
    snapshot = imported.snapshot("kop-open")
    path = imported.stores.archive.snapshot_description(snapshot.id)
    assert sha256_of(path) == snapshot.id
    described = json.loads(path.read_bytes())
    (part,) = imported.parts("kop-open")
    assert [each["id"] for each in described["parts"]] == [part.id]
    assert (described["rows"], described["kind"]) == (len(ROWS), "cooperative")
