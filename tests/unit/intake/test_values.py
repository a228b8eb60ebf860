from datetime import date
from pathlib import Path

import polars as pl
import pytest

from awards.intake.cells import NUMBER, PERCENT, mark
from awards.intake.inspection import inspect_reading
from awards.intake.types import LISTED, ColumnMap
from tests.unit.intake.files import (
    COMPANIES,
    REGENCIES,
    accepted,
    faults,
    inspected,
    reading_of,
    sheet_of,
)


def test_an_empty_cell_is_missing_and_not_zero(tmp_path: Path) -> None:
    rows = [["id", "poverty", "workers"], ["35.07", "", 0.0], ["35.78", 0.0, " "]]
    assert accepted(inspected(rows, tmp_path)) == [
        ("35.07", "Kabupaten Malang", None, None, 0, 2),
        ("35.78", "Kota Surabaya", 0.0, None, None, 3),
    ]


def test_the_accepted_table_has_every_column_of_the_layout_typed(tmp_path: Path) -> None:
    inspection = inspected([["id", "workers"], ["35.07", 1.0]], tmp_path)
    assert dict(pl.read_parquet_schema(inspection.accepted)) == {
        "id": pl.String,
        "name": pl.String,
        "poverty": pl.Float64,
        "coverage": pl.Float64,
        "workers": pl.Int64,
        "source_row": pl.Int64,
    }


@pytest.mark.parametrize(
    ("title", "value", "code"),
    [
        ("workers", -1.0, "below-minimum"),
        ("workers", "-1", "below-minimum"),
        ("workers", 1.5, "not-whole"),
        ("workers", "1.5", "not-whole"),
        ("workers", 1e17, "too-large"),
        ("workers", "99999999999999999999", "too-large"),
        ("coverage", 1.2, "above-maximum"),
        ("poverty", "215.7", "above-maximum"),
        ("poverty", "1.234", "ambiguous-number"),
        ("poverty", "-", "placeholder"),
        ("poverty", "n.a.", "placeholder"),
        ("poverty", "29,84 %", "percent-sign"),
        ("workers", "Rp 1.000", "currency"),
        ("workers", True, "boolean"),
        ("workers", date(2024, 1, 2), "date"),
        ("workers", "#DIV/0!", "formula-error"),
        ("workers", "banyak", "not-a-number"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused(
    title: str, value: object, code: str, tmp_path: Path
) -> None:
    inspection = inspected([["id", title], ["35.07", value], ["35.78", 1.0]], tmp_path)
    [cell] = inspection.refused
    assert (cell.address, cell.header, cell.code) == ("B2", title, code)
    assert [row[0] for row in accepted(inspection)] == ["35.78"]
    assert set(cell.reason) == {"en", "id"}
    assert "{" not in "".join(cell.reason.values())


def test_the_largest_exact_whole_number_is_kept(tmp_path: Path) -> None:
    assert accepted(inspected([["id", "workers"], ["35.07", str(2**53)]], tmp_path))[0][4] == 2**53


def test_several_faults_of_a_row_are_all_listed(tmp_path: Path) -> None:
    rows = [["id", "poverty", "coverage", "workers"], ["35.99", "-", 2.0, -1.0]]
    inspection = inspected(rows, tmp_path)
    assert [cell.address for cell in inspection.refused] == ["A2", "B2", "C2", "D2"]
    assert (inspection.refused_rows, inspection.refused_cells) == (1, 4)


def test_the_reason_for_an_ambiguous_number_names_both_meanings(tmp_path: Path) -> None:
    [cell] = inspected([["id", "poverty"], ["35.07", "1.234"]], tmp_path).refused
    assert cell.reason["en"].startswith("This can mean 1,234 or 1234: say how")
    assert "--numbers id" in cell.reason["id"]


def test_the_reason_for_a_percent_sign_says_what_to_write(tmp_path: Path) -> None:
    rows = [["id", "poverty", "coverage"], ["35.07", "29,84 %", "29,84 %"]]
    percent, ratio = inspected(rows, tmp_path).refused
    assert "tulis 29,84 tanpa tandanya" in percent.reason["id"]
    assert "write 0.2984 without the sign" in ratio.reason["en"]


def test_a_cell_shown_as_a_percentage_is_a_ratio_and_no_percent(tmp_path: Path) -> None:
    sheet = sheet_of([["id", "poverty", "coverage"], ["35.07", 0.2984, 0.2984]])
    cells = mark(sheet.cells[0].collect(), {1: [1], 2: [1]}, kind=PERCENT, among=(NUMBER,))
    shown = type(sheet)(name="Data", cells=(cells.lazy(),), width=3, merged=())
    inspection = inspect_reading(reading_of(shown), REGENCIES, ColumnMap(), work=tmp_path)
    assert faults(inspection) == [("B2", "0.2984", "percent-cell")]
    assert "write 29.84 without the sign" in inspection.refused[0].reason["en"]


def test_numbers_are_read_as_declared(tmp_path: Path) -> None:
    rows = [["id", "poverty", "workers"], ["35.07", "29,84", "1.234"], ["35.78", 9.5, 7.0]]
    inspection = inspected(rows, tmp_path, column_map=ColumnMap(numbers="id"))
    assert [row[2:5] for row in accepted(inspection)] == [(29.84, None, 1234), (9.5, None, 7)]


def test_attributes_are_among_the_declared_values_however_they_are_written(tmp_path: Path) -> None:
    titles = ["id", "sector", "scale", "workers"]
    rows = [
        titles,
        ["JJ012345", "C", "LARGE", 1.0],
        ["JJ012346", "", "huge", 1.0],
        ["JJ012347", "C", "Kecil", 1.0],
    ]
    inspection = inspected(rows, tmp_path, layout=COMPANIES)
    assert accepted(inspection) == [
        ("JJ012345", None, "C", "large", 1, 2),
        ("JJ012347", None, "C", "small", 1, 4),
    ]
    assert faults(inspection) == [("B3", "", "required"), ("C3", "huge", "not-among")]
    assert "Micro, Small, Large" in inspection.refused[1].reason["en"]


def test_an_attribute_that_lost_its_zeros_as_a_number_is_refused(tmp_path: Path) -> None:
    rows = [["id", "sector", "workers"], ["JJ012345", 35.1, 1.0], ["JJ012346", 1150.0, 1.0]]
    inspection = inspected(rows, tmp_path, layout=COMPANIES)
    assert faults(inspection) == [("B2", "35.1", "not-text")]
    assert accepted(inspection)[0][2] == "1150"


def test_a_csv_row_with_more_cells_than_titles_is_refused(tmp_path: Path) -> None:
    rows = [
        ["id", "name", "workers", ""],
        ["35.07", "Kab. Malang", " Jawa", "5"],
        ["35.78", "", "6", ""],
    ]
    inspection = inspected(rows, tmp_path, written_as="csv")
    assert faults(inspection) == [("2", "5", "beyond-titles")]
    assert inspection.rows_accepted == 1


def test_notes_beside_the_table_of_a_workbook_do_no_harm(tmp_path: Path) -> None:
    rows = [["id", "workers", ""], ["35.07", 5.0, "lihat lampiran"]]
    assert faults(inspected(rows, tmp_path)) == []


def test_no_more_cells_are_listed_than_a_person_can_read_but_all_are_counted(
    tmp_path: Path,
) -> None:
    rows = [["id", "workers"], *(["", -1.0] for _ in range(LISTED))]
    inspection = inspected(rows, tmp_path)
    assert len(inspection.refused) == LISTED
    assert (inspection.refused_cells, inspection.refused_rows) == (2 * LISTED, LISTED)
