"""Bringing files in: whole or not at all, and a part at a time."""

import csv
from pathlib import Path

import polars as pl
import pytest

from awards.domain.errors import Altered, NotFound, Refused
from awards.intake.inspection import inspect_file
from awards.services import imports
from awards.services.imports import layout_of, refused_rows_of
from tests.unit.services.world import HEAD, ROWS, World

GOOD = "K0001,Koperasi Satu,primary,1,95,91,88.25"
BAD = "K0002,Koperasi Dua,primary,1,190,90,"
CORRECTED = "K0002,Koperasi Dua,primary,1,90,90,"


def table(world: World, code: str) -> list[tuple[object, ...]]:
    """The part in force: id, active, source file and row."""
    (part,) = world.parts(code)
    path = world.stores.archive.checked(world.stores.archive.part(part.id), part.sha256)
    return pl.read_parquet(path).select("id", "active", "source_file", "source_row").rows()


def test_an_accepted_file_becomes_a_part_and_one_event(opened: World) -> None:
    before = len(opened.ledger())
    part = opened.deliver("kop-open", GOOD, CORRECTED).part
    assert part is not None
    assert opened.parts("kop-open") == (part,)
    assert table(opened, "kop-open") == [("K0001", 95.0, 0, 2), ("K0002", 90.0, 0, 3)]
    (event,) = [each.event for each in opened.ledger()[before:]]
    assert (event.action, event.subject) == ("part.imported", part.id)
    assert event.detail == {
        "edition": "kop-open",
        "part": "main",
        "file": part.sources[0].sha256,
        "rows": 2,
        "refused": 0,
        "replaces": None,
    }


def test_the_file_is_kept_as_it_was_received(opened: World) -> None:
    part = opened.deliver("kop-open", GOOD).part
    assert part is not None
    (source,) = part.sources
    kept = opened.stores.archive.source(source.sha256).read_text("utf-8")
    assert (source.name, kept) == ("data.csv", f"{HEAD}\n{GOOD}\n")


def test_nothing_is_imported_while_a_row_is_refused(opened: World) -> None:
    files, ledger = opened.files(), opened.ledger()
    imported = opened.deliver("kop-open", GOOD, BAD)
    assert imported.part is None
    assert [(cell.address, cell.value) for cell in imported.inspection.refused] == [("E3", "190")]
    assert (opened.files(), opened.ledger(), opened.parts("kop-open")) == (files, ledger, ())


def test_good_rows_are_taken_when_that_is_asked_and_the_others_kept_and_counted(
    opened: World,
) -> None:
    part = opened.deliver("kop-open", GOOD, BAD, accept_valid=True).part
    assert part is not None
    assert (part.rows, part.refused) == (1, 1)
    with refused_rows_of(opened.stores, part).open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["id"], row["active"], row["source_row"]) == ("K0002", "190", "3")
    assert "E3" in row["refused_because"]


def test_corrected_rows_complete_a_part_without_sending_the_rest_again(opened: World) -> None:
    first = opened.deliver("kop-open", GOOD, BAD, accept_valid=True).part
    added = opened.deliver("kop-open", CORRECTED, add=True).part
    assert first is not None
    assert added is not None
    assert (added.rows, added.refused, len(added.sources)) == (2, 0, 2)
    assert table(opened, "kop-open") == [("K0001", 95.0, 0, 2), ("K0002", 90.0, 1, 2)]


def test_an_added_file_may_have_its_columns_elsewhere_and_each_value_still_tells_its_cell(
    opened: World,
) -> None:
    opened.deliver("kop-open", GOOD)
    opened.deliver(
        "kop-open",
        "90,K0002,primary,Koperasi Dua,90,1",
        head="surplus,id,level,name,active,audited",
        add=True,
    )
    (part,) = opened.parts("kop-open")
    assert [each.columns["active"] for each in part.sources] == ["E", "E"]
    assert [each.columns["surplus"] for each in part.sources] == ["F", "A"]


def test_rows_that_the_part_has_already_are_not_added(opened: World) -> None:
    opened.deliver("kop-open", GOOD)
    before = opened.ledger(), opened.parts("kop-open")
    with pytest.raises(Refused, match="1 candidates are already in part 'main': K0001"):
        opened.deliver("kop-open", GOOD, CORRECTED, add=True)
    assert (opened.ledger(), opened.parts("kop-open")) == before


def test_only_a_part_that_is_there_can_be_completed(opened: World) -> None:
    before = opened.ledger()
    with pytest.raises(NotFound, match="no part 'main' to add to"):
        opened.deliver("kop-open", GOOD, add=True)
    assert opened.ledger() == before


def test_replacing_a_part_leaves_the_others(opened: World) -> None:
    opened.deliver("kop-open", GOOD, part="east")
    west = opened.deliver("kop-open", CORRECTED, part="west").part
    east = opened.deliver("kop-open", GOOD.replace("95", "96"), part="east").part
    assert opened.parts("kop-open") == (east, west)
    assert opened.ledger()[-1].event.detail["replaces"] is not None


def test_the_same_file_twice_changes_nothing(opened: World) -> None:
    first = opened.deliver("kop-open", GOOD).part
    before = opened.ledger(), opened.files()
    assert opened.deliver("kop-open", GOOD).part == first
    assert (opened.ledger(), opened.files()) == before


def test_an_earlier_file_can_be_sent_again_and_is_in_force_then(opened: World) -> None:
    opened.deliver("kop-open", GOOD)
    opened.deliver("kop-open", GOOD.replace("95", "96"))
    opened.deliver("kop-open", GOOD)
    assert table(opened, "kop-open") == [("K0001", 95.0, 0, 2)]


def test_a_file_without_a_good_row_never_replaces_a_part(opened: World) -> None:
    opened.deliver("kop-open", GOOD)
    before = opened.ledger(), opened.parts("kop-open")
    assert opened.deliver("kop-open", BAD, accept_valid=True).part is None
    assert (opened.ledger(), opened.parts("kop-open")) == before


def test_a_file_that_changes_while_it_is_read_is_refused(
    opened: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data.csv"
    path.write_text(f"{HEAD}\n{GOOD}\n", "utf-8")
    inspect = "awards.services.imports.inspect_file"

    def and_change(*given: object, **more: object) -> object:
        inspection = inspect_file(*given, **more)  # type: ignore[arg-type]
        path.write_text(f"{HEAD}\n{CORRECTED}\n", "utf-8")
        return inspection

    monkeypatch.setattr(inspect, and_change)
    before = opened.ledger()
    with pytest.raises(Refused, match=r"data\.csv was changed while it was read"):
        opened.import_file(path, "kop-open", work=tmp_path)
    assert (opened.ledger(), opened.parts("kop-open")) == (before, ())


def test_a_part_that_somebody_replaced_meanwhile_is_not_overwritten(
    opened: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.deliver("kop-open", GOOD)
    write = imports._write_table

    def after_another(*given: object) -> object:
        monkeypatch.setattr(imports, "_write_table", write)
        opened.deliver("kop-open", GOOD.replace("95", "96"))
        return write(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(imports, "_write_table", after_another)
    with pytest.raises(Refused, match="'main' was replaced meanwhile"):
        opened.deliver("kop-open", CORRECTED, add=True)
    assert table(opened, "kop-open") == [("K0001", 96.0, 0, 2)]


def test_a_part_altered_on_disk_is_not_completed(opened: World) -> None:
    part = opened.deliver("kop-open", GOOD).part
    assert part is not None
    path = opened.stores.archive.part(part.id)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    before = opened.ledger()
    with pytest.raises(Altered, match=part.sha256):
        opened.deliver("kop-open", CORRECTED, add=True)
    assert opened.ledger() == before


def test_the_layout_has_each_indicator_of_all_categories_once(opened: World) -> None:
    layout = layout_of(opened.edition("kop-open"), "cooperative", rulebook=opened.rulebook)
    codes = [each.code for each in layout.indicators]
    assert codes == ["audited", "active", "surplus", "mentored"]


def test_a_kind_that_the_edition_does_not_judge_is_refused_with_those_it_does(
    opened: World,
) -> None:
    with pytest.raises(NotFound, match=r"judges no 'village'\. Its kinds: cooperative"):
        layout_of(opened.edition("kop-open"), "village", rulebook=opened.rulebook)


def test_the_rows_of_the_example_are_all_accepted(imported: World) -> None:
    (part,) = imported.parts("kop-open")
    assert (part.rows, part.refused) == (len(ROWS), 0)
