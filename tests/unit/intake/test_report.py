import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from awards.intake.cells import NUMBER, PERCENT, mark
from awards.intake.inspection import inspect_file, inspect_reading
from awards.intake.report import ReportRow, report_rows, write_report_csv, write_report_workbook
from awards.intake.types import ColumnMap, Inspection, Layout, Numbers
from tests.unit.intake.files import (
    COMPANIES,
    REGENCIES,
    REGENCY,
    accepted,
    faults,
    inspected,
    reading_of,
    sheet_of,
    write_xlsx,
)

ROWS: list[list[object]] = [
    ["id", "name", "poverty", "workers", "Catatan"],
    ["35.07", "Kab. Malang", "n.a.", 5, "=1+1"],
    ["35.17", "Kab. Jombang", 9.125, 7, ""],
    ["35.78", "Kota Surabaya", 1.125, -2, "ok"],
    ["JUMLAH", "", "", 10, ""],
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "a.xlsx", ROWS)


@pytest.fixture
def inspection(source: Path, tmp_path: Path) -> Inspection:
    return inspect_file(source, REGENCIES, ColumnMap(), work=tmp_path / "work")


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_the_terminal_gets_address_title_value_and_reason(inspection: Inspection) -> None:
    rows = report_rows(inspection, "en")
    assert [(row.address, row.header, row.value) for row in rows] == [
        ("C2", "poverty", "n.a."),
        ("D4", "workers", "-2"),
        ("5", "", "JUMLAH"),
    ]
    assert rows[1] == ReportRow(
        address="D4",
        header="workers",
        value="-2",
        reason="Workers cannot be less than 0: ask the sender.",
    )
    assert report_rows(inspection, "id")[2].reason == (
        "Baris jumlah atau rata-rata, bukan kandidat: hapus barisnya."
    )


def test_the_csv_has_the_reasons_in_every_language(inspection: Inspection, tmp_path: Path) -> None:
    write_report_csv(inspection, tmp_path / "report.csv")
    head, first, *rest = table(tmp_path / "report.csv")
    assert head == ["address", "header", "value", "reason_id", "reason_en", "code"]
    assert [first[0], first[2], first[-1]] == ["C2", "n.a.", "placeholder"]
    assert len(rest) == 2


def test_the_marked_workbook_has_all_cells_and_the_reasons_as_comments(
    source: Path, inspection: Inspection, tmp_path: Path
) -> None:
    write_report_workbook(source, inspection, tmp_path / "marked.xlsx", language="en")
    sheet = openpyxl.load_workbook(tmp_path / "marked.xlsx")["Data"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values == [[None if value == "" else value for value in row] for row in ROWS]
    marked = {
        cell.coordinate: cell.comment.text
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert sorted(marked) == ["A5", "C2", "D4"]
    assert marked["D4"] == "Workers cannot be less than 0: ask the sender."
    assert {sheet[place].fill.fgColor.rgb for place in marked} == {"FFF6C9C0"}
    assert sheet["E2"].data_type == "s", "text that looks like a formula stays text"


def test_the_marked_workbook_can_be_corrected_and_sent_again(
    source: Path, inspection: Inspection, tmp_path: Path
) -> None:
    write_report_workbook(source, inspection, tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    book["Data"]["C2"], book["Data"]["D4"] = None, 2
    book["Data"].delete_rows(5)
    book.save(tmp_path / "marked.xlsx")
    again = inspect_file(tmp_path / "marked.xlsx", REGENCIES, ColumnMap(), work=tmp_path / "work")
    assert (again.rows_accepted, faults(again)) == (3, [])


def test_refused_rows_are_kept_as_they_came_with_row_and_reason(inspection: Inspection) -> None:
    assert inspection.refused_rows_file is not None
    head, *rows = table(inspection.refused_rows_file)
    assert head == ["source_row", "refused_because", "id", "name", "poverty", "workers", "Catatan"]
    assert [row[:1] + row[2:] for row in rows] == [
        ["2", "35.07", "Kab. Malang", "n.a.", "5", "'=1+1"],
        ["4", "35.78", "Kota Surabaya", "1.1250", "-2", "ok"],
        ["5", "JUMLAH", "", "", "10", ""],
    ]
    assert rows[1][1] == "D4: Workers cannot be less than 0: ask the sender."


@pytest.mark.parametrize("numbers", [None, "id", "en"])
def test_corrected_refused_rows_are_read_with_the_values_they_had(
    numbers: Numbers | None, source: Path, tmp_path: Path
) -> None:
    column_map = ColumnMap(numbers=numbers)
    first = inspect_file(source, REGENCIES, column_map, work=tmp_path / "first")
    assert first.refused_rows_file is not None
    corrected = tmp_path / "corrected.csv"
    text = first.refused_rows_file.read_text(encoding="utf-8-sig")
    corrected.write_text(text.replace("n.a.", "").replace(",-2,", ",2,"), encoding="utf-8")
    again = inspect_file(corrected, REGENCIES, column_map, work=tmp_path / "again")
    assert accepted(again) == [
        ("35.07", "Kabupaten Malang", None, None, 5, 2),
        ("35.78", "Kota Surabaya", 1.125, None, 2, 3),
    ]
    assert again.ignored == ("source_row", "refused_because", "Catatan")


def resent(first: Inspection, work: Path, *, layout: Layout, column_map: ColumnMap) -> list[str]:
    """The codes of all faults when the refused rows are sent again as they are."""
    assert first.refused_rows_file is not None
    again = inspect_file(first.refused_rows_file, layout, column_map, work=work)
    assert again.rows_accepted == 0
    return [cell.code for cell in again.refused]


def test_what_was_refused_is_refused_again_when_nobody_corrected_it(tmp_path: Path) -> None:
    layout = replace(REGENCIES, kind=replace(REGENCY, names={}, id_pattern=r"\d{16}|\d\d\.\d\d"))
    rows = [
        ["id", "poverty", "coverage", "workers"],
        [3578010112340001.0, 1.0, 0.5, 1.0],
        [35.1, 1.0, 0.5, 1.0],
        ["35.17", "#ERROR", 0.5, 1.0],
        ["35.18", 0.2984, 0.5, 1.0],
        ["35.19", 1.0, 0.5, True],
        ["35.20", 1.0, 0.5, date(2024, 1, 2)],
    ]
    sheet = sheet_of(rows)
    cells = mark(sheet.cells[0].collect(), {1: [4], 2: [4]}, kind=PERCENT, among=(NUMBER,))
    reading = reading_of(replace(sheet, cells=(cells.lazy(),)))
    first = inspect_reading(reading, layout, ColumnMap(), work=tmp_path / "first")
    codes = ["id-digits-lost", "id-zero-lost", "formula-error", "percent-cell", "boolean", "date"]
    assert [cell.code for cell in first.refused] == codes
    again = resent(first, tmp_path / "again", layout=layout, column_map=ColumnMap())
    assert again == [
        "id-form",
        "id-zero-lost",
        "formula-error",
        "percent-sign",
        "not-a-number",
        "not-a-number",
    ]


def test_attributes_that_were_no_text_are_refused_again(tmp_path: Path) -> None:
    values = [35.1, True, date(2024, 1, 2), "#ERROR"]
    rows = [["id", "sector", "workers"], *([f"JJ01234{n}", v, 1.0] for n, v in enumerate(values))]
    first = inspected(rows, tmp_path / "first", layout=COMPANIES)
    assert first.rows_accepted == 0
    again = resent(first, tmp_path / "again", layout=COMPANIES, column_map=ColumnMap())
    assert again == ["not-text"] * 4


def test_a_row_with_more_cells_than_titles_keeps_them_and_is_refused_again(tmp_path: Path) -> None:
    rows = [["id", "name", "workers", ""], ["35.07", "Kab. Malang", " Jawa", "5"]]
    first = inspected(rows, tmp_path / "first", written_as="csv")
    codes = resent(first, tmp_path / "again", layout=REGENCIES, column_map=ColumnMap())
    assert codes == ["beyond-titles"]


def test_refused_rows_have_their_titles_where_the_map_says(tmp_path: Path) -> None:
    rows = [["Caption"], ["id", "workers"], ["id", "workers"], ["35.07", -1.0]]
    column_map = ColumnMap(header_row=3)
    first = inspected(rows, tmp_path / "first", column_map=column_map)
    codes = resent(first, tmp_path / "again", layout=REGENCIES, column_map=column_map)
    assert codes == ["below-minimum"]


def test_what_is_shown_moves_no_cursor(tmp_path: Path) -> None:
    hostile = "\x1b[2J\u202e5"
    first = inspected([["id", "workers", hostile], ["35.07", hostile, 1.0]], tmp_path)
    assert (first.ignored, first.refused[0].value) == (("[2J 5",), " [2J 5")


def test_text_that_looks_like_a_formula_survives_being_sent_again(tmp_path: Path) -> None:
    rows = [["id", "name", "sector", "workers"], ["JJ012345", "=PT+Contoh", "@C", -1.0]]
    first = inspected(rows, tmp_path / "first", layout=COMPANIES)
    assert first.refused_rows_file is not None
    corrected = first.refused_rows_file.read_text(encoding="utf-8-sig").replace(",-1", ",1")
    (tmp_path / "b.csv").write_text(corrected, encoding="utf-8")
    again = inspect_file(tmp_path / "b.csv", COMPANIES, ColumnMap(), work=tmp_path / "again")
    assert accepted(again) == [("JJ012345", "=PT+Contoh", "@C", None, 1, 2)]


def test_no_refused_row_leaves_no_file(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "b.xlsx", [["id", "workers"], ["35.07", 1]])
    inspected([["id", "workers"], ["35.07", -1.0]], tmp_path / "work")
    inspection = inspect_file(path, REGENCIES, ColumnMap(), work=tmp_path / "work")
    assert inspection.refused_rows_file is None
    assert [each.name for each in (tmp_path / "work").iterdir()] == ["accepted.parquet"]
    assert pl.read_parquet(inspection.accepted).height == 1
