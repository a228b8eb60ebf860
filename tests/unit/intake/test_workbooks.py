"""XLSX and ODS through the child process."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from awards.intake.errors import UnreadableFile
from awards.intake.inspection import inspect_file
from awards.intake.limits import LIMITS, Limits
from awards.intake.sandbox import Reading, read_cells
from awards.intake.types import ColumnMap, Inspection
from awards.intake.workbooks import new_workbook
from tests.unit.intake.files import (
    REGENCIES,
    accepted,
    faults,
    inline,
    ods_number,
    ods_parts,
    ods_text,
    write_archive,
    write_xlsx,
    xlsx_parts,
)

TITLES = inline("A1", "id") + inline("B1", "poverty")


def read(path: Path, work: Path, **column_map: Any) -> Inspection:
    return inspect_file(path, REGENCIES, ColumnMap(**column_map), work=work)


def ods(tmp_path: Path, *rows: str, manifest: str = "") -> Path:
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return write_archive(tmp_path / "a.ods", ods_parts(table, manifest=manifest).items())


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.csv", [["id", "poverty"], ["35.07", 9.5]])
    inspection = read(path, tmp_path / "work")
    assert accepted(inspection) == [("35.07", "Kabupaten Malang", 9.5, None, None, 2)]
    assert (inspection.sheet, inspection.encoding, inspection.delimiter) == ("Data", None, None)


def test_inspecting_leaves_the_source_alone_and_no_file_but_its_results(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["id", "poverty"], ["35.07", 9.5]])
    before = path.read_bytes()
    read(path, tmp_path / "work")
    assert path.read_bytes() == before
    assert [each.name for each in (tmp_path / "work").iterdir()] == ["accepted.parquet"]


def test_addresses_are_those_of_the_sheet_where_the_table_starts_lower_and_further_right(
    tmp_path: Path,
) -> None:
    rows = [[], [], ["", "", "id", "poverty"], ["", "", "35.07", -1]]
    inspection = read(write_xlsx(tmp_path / "a.xlsx", rows), tmp_path / "work")
    assert inspection.columns == {"id": "C", "poverty": "D"}
    assert faults(inspection) == [("D4", "-1", "below-minimum")]


def test_a_formula_counts_by_its_stored_value_and_a_failed_one_is_refused(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "poverty", "workers"])
        sheet.write(1, 0, "35.07")
        sheet.write_formula(1, 1, "=1+1", None, 2)
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write(2, 0, "35.78")
        sheet.write_formula(2, 1, "=NA()", None, "#N/A")
    inspection = read(tmp_path / "a.xlsx", tmp_path / "work")
    assert faults(inspection) == [
        ("C2", "#ERROR", "formula-error"),
        ("B3", "#ERROR", "formula-error"),
    ]


def test_failed_formulas_below_all_other_cells_are_seen(tmp_path: Path) -> None:
    cells = f'<row r="1">{TITLES}</row><row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'
    path = write_archive(tmp_path / "a.xlsx", xlsx_parts(cells).items())
    assert faults(read(path, tmp_path / "work")) == [("A2", "#ERROR", "formula-error")]


def test_a_workbook_under_another_name_is_refused_with_what_to_do(tmp_path: Path) -> None:
    row = inline("A2", "35.07") + '<c r="B2"><v>9.5</v></c>'
    parts = xlsx_parts(f'<row r="1">{TITLES}</row><row r="2">{row}</row>')
    moved = {
        name.replace("workbook.xml", "workbook22.xml"): content.replace(
            "xl/workbook.xml", "/xl/workbook22.xml"
        )
        for name, content in parts.items()
    }
    path = write_archive(tmp_path / "a.xlsx", moved.items())
    with pytest.raises(UnreadableFile, match="save it again as"):
        read(path, tmp_path / "work")


def test_markup_may_carry_a_prefix(tmp_path: Path) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>')
    sheet = parts["xl/worksheets/sheet1.xml"]
    prefixed = re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet).replace("xmlns=", "xmlns:x=")
    path = write_archive(
        tmp_path / "a.xlsx", {**parts, "xl/worksheets/sheet1.xml": prefixed}.items()
    )
    with pytest.raises(UnreadableFile, match="no title in row 1 is known"):
        read(path, tmp_path / "work")


def test_dates_booleans_and_percentages_are_seen_for_what_they_are(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "poverty", "coverage", "workers"])
        day, percent = (book.add_format({"num_format": form}) for form in ("d mmm yyyy", '0.0" %"'))
        shown = book.add_format({"num_format": "0.00%"})
        sheet.write_row(1, 0, ["35.07", True])
        sheet.write_datetime(1, 2, date(2024, 1, 2), day)
        sheet.write(2, 0, "35.10")
        sheet.write(2, 1, 0.2984, shown)
        sheet.write(2, 2, 0.2984, shown)
        sheet.write(3, 0, "35.78")
        sheet.write(3, 1, 29.84, percent)
    inspection = read(tmp_path / "a.xlsx", tmp_path / "work")
    assert [cell.code for cell in inspection.refused] == ["boolean", "date", "percent-cell"]
    assert [row[0] for row in accepted(inspection)] == ["35.78"]


def test_hidden_sheets_are_not_read_unless_named(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "a.xlsx") as book:
        for name in ("Baru", "Lama"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["id", "poverty"])
            sheet.write_row(1, 0, ["35.07", 1 if name == "Baru" else 2])
        sheet.hide()
    assert accepted(read(tmp_path / "a.xlsx", tmp_path / "work"))[0][2] == 1
    assert accepted(read(tmp_path / "a.xlsx", tmp_path / "work", sheet="Lama"))[0][2] == 2
    with pytest.raises(UnreadableFile, match=r"no sheet 'Tua'\. The sheets are: 'Baru', 'Lama'"):
        read(tmp_path / "a.xlsx", tmp_path / "work", sheet="Tua")


def test_titles_merged_over_two_rows_are_read(tmp_path: Path) -> None:
    with new_workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 0, "Kode wilayah")
        sheet.merge_range(0, 1, 0, 2, "Penduduk")
        sheet.write_row(1, 1, ["jumlah", "miskin"])
        sheet.write_row(2, 0, ["35.07", 100, 9.5])
    inspection = read(tmp_path / "a.xlsx", tmp_path / "work")
    assert inspection.columns == {"id": "A", "poverty": "C"}


def test_ods_is_read_with_repeated_cells_and_a_million_empty_rows_below(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = [
        ods_text("id") + ods_text("poverty") + ods_text("coverage") + empty,
        ods_text("35.07")
        + '<table:table-cell table:number-columns-repeated="2" office:value-type="float" '
        'office:value="0.5"><text:p>0,5</text:p></table:table-cell>',
    ]
    below = f'</table:table-row><table:table-row table:number-rows-repeated="1048000">{empty}'
    inspection = read(ods(tmp_path, *rows, below), tmp_path / "work")
    assert accepted(inspection) == [("35.07", "Kabupaten Malang", 0.5, 0.5, None, 2)]


def test_a_failed_formula_of_an_ods_is_never_a_zero(tmp_path: Path) -> None:
    failed = (
        '<table:table-cell office:value-type="float" office:value="0" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    path = ods(tmp_path, ods_text("id") + ods_text("poverty"), ods_text("35.07") + failed)
    assert faults(read(path, tmp_path / "work")) == [("B2", "#ERROR", "formula-error")]


def test_a_percentage_of_an_ods_is_seen(tmp_path: Path) -> None:
    cells = ods_text("35.07") + ods_number(0.2984, shown_as="percentage")
    path = ods(tmp_path, ods_text("id") + ods_text("poverty"), cells)
    assert faults(read(path, tmp_path / "work")) == [("B2", "0.2984", "percent-cell")]


@pytest.mark.parametrize(
    ("box", "limits", "words"),
    [
        ((3, 2), Limits(columns=2, rows=3, box_cells=6), None),
        ((3, 2), Limits(columns=1), "reaches to column 2; 1 columns"),
        ((3, 2), Limits(rows=2), "reaches to row 3; 2 rows"),
        ((3, 2), Limits(box_cells=5), "spans 6 cells"),
        ((2, 2), Limits(sheets=1), None),
        ((2, 2), Limits(entries=5), "parts; 5 are allowed"),
        ((2, 2), Limits(file_bytes=1000), "bytes; 1000 are allowed"),
        ((2, 2), Limits(unpacked_bytes=5000), "more than 5000 bytes"),
        ((2, 2), Limits(cell_characters=6), "Cell A1 of Data holds 7 characters"),
        ((2, 2), Limits(cell_characters=7), None),
    ],
)
def test_every_limit_is_inclusive_and_named_when_it_is_passed(
    box: tuple[int, int], limits: Limits, words: str | None, tmp_path: Path
) -> None:
    rows = [["poverty"] * box[1] for _ in range(box[0])]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    if words is None:
        assert opened(path, limits).sheets[0].width == box[1]
    else:
        with pytest.raises(UnreadableFile, match=words):
            opened(path, limits)


def opened(path: Path, limits: Limits) -> Reading:
    with read_cells(path, path.parent, sheet=None, limits=limits) as reading:
        return reading


def test_the_size_of_a_file_is_judged_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,poverty\n35.07,9.5\n")
    size = path.stat().st_size
    assert opened(path, Limits(file_bytes=size)).format == "csv"
    with pytest.raises(UnreadableFile, match=f"{size} bytes; {size - 1} are allowed"):
        opened(path, Limits(file_bytes=size - 1))


def test_the_limits_of_the_assessment_are_in_force() -> None:
    assert (LIMITS.file_bytes, LIMITS.unpacked_bytes, LIMITS.ratio) == (25 << 20, 256 << 20, 200)
    assert (LIMITS.entries, LIMITS.box_cells, LIMITS.cell_characters) == (2_000, 20_000_000, 32_767)
    assert (LIMITS.rows, LIMITS.columns) == (1_048_576, 256)
