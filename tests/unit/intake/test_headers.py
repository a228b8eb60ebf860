from pathlib import Path

import pytest

from awards.intake.errors import BadColumnMap, UnreadableFile, UnusableColumns
from awards.intake.inspection import inspect_reading
from awards.intake.types import ColumnMap
from tests.unit.intake.files import (
    REGENCIES,
    accepted,
    faults,
    inspected,
    reading_of,
    sheet_of,
)

ROW = ["35.07", "Kabupaten Malang", 9.5]


def refusal(rows: list[list[object]], work: Path, **options: object) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        inspected(rows, work, **options)  # type: ignore[arg-type]
    assert not list(work.iterdir()), "something was left although nothing was accepted"
    return caught.value


@pytest.mark.parametrize(
    "titles",
    [
        ["Kode wilayah", "Nama", "Penduduk miskin"],
        ["REGION CODE", "name", "Poor people (percent)"],
        ["id", "nama kabupaten/kota", "poverty"],
        ["kemendagri", "Nama ", "penduduk_miskin"],
    ],
)
def test_titles_are_known_in_every_language_however_they_are_written(
    titles: list[str], tmp_path: Path
) -> None:
    inspection = inspected([titles, ROW], tmp_path)
    assert inspection.columns == {"id": "A", "name": "B", "poverty": "C"}
    assert inspection.headers == {
        target: title.strip()
        for target, title in zip(("id", "name", "poverty"), titles, strict=True)
    }
    assert accepted(inspection) == [("35.07", "Kabupaten Malang", 9.5, None, None, 2)]


def test_titles_may_stand_below_a_caption(tmp_path: Path) -> None:
    rows = [["Data kemiskinan 2021"], [], ["Kode wilayah", "Nama", "poverty"], ROW]
    assert accepted(inspected(rows, tmp_path))[0][-1] == 4


def test_unknown_columns_are_listed_and_not_guessed(tmp_path: Path) -> None:
    rows = [["No", "Kode wilayah", "Miskin", "poverty", "Catatan"], [1.0, "35.07", 8.0, 9.5, "x"]]
    inspection = inspected(rows, tmp_path)
    assert inspection.ignored == ("No", "Miskin", "Catatan")
    assert inspection.columns == {"id": "B", "poverty": "D"}


def test_titles_in_two_rows_with_merged_cells_are_put_together(tmp_path: Path) -> None:
    rows = [
        ["Kode wilayah", "Nama", "Penduduk", "", "Pekerja"],
        ["", "", "jumlah", "miskin", ""],
        ["35.07", "Kabupaten Malang", 100.0, 9.5, 7.0],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)]
    inspection = inspected(rows, tmp_path, merged=merged)
    assert inspection.columns == {"id": "A", "name": "B", "poverty": "D", "workers": "E"}
    assert inspection.ignored == ("jumlah",)
    assert accepted(inspection) == [("35.07", "Kabupaten Malang", 9.5, None, 7, 3)]


def test_titles_in_two_rows_of_a_csv_are_put_together(tmp_path: Path) -> None:
    rows = [["Kode wilayah", "Nama", ""], ["", "", "poverty"], ["35.07", "Kab. Malang", "9.5"]]
    assert len(accepted(inspected(rows, tmp_path, written_as="csv"))) == 1


def test_a_known_title_over_two_columns_is_refused_with_both_named(tmp_path: Path) -> None:
    rows = [
        ["Kode wilayah", "Penduduk miskin", ""],
        ["", "jumlah", "persen"],
        ["35.07", 100.0, 9.5],
    ]
    refused = refusal(rows, tmp_path, merged=[(0, 1, 0, 2)])
    assert (refused.code, refused.values["columns"]) == ("two-columns", "B, C")
    assert "write them in one row" in str(refused)


def test_two_columns_with_one_title_are_refused_with_both_named(tmp_path: Path) -> None:
    refused = refusal([["id", "poverty", "Poverty"], ["35.07", 9.5, 8.0]], tmp_path)
    assert str(refused).startswith("Columns B, C both hold 'poverty'")


def test_two_titles_for_one_target_are_refused(tmp_path: Path) -> None:
    refused = refusal([["id", "poverty", "Penduduk miskin"], ["35.07", 9.5, 8.0]], tmp_path)
    assert refused.values["found"] == "'poverty', 'Penduduk miskin'"


def test_the_map_decides_between_two_columns(tmp_path: Path) -> None:
    rows = [["id", "poverty", "Penduduk miskin"], ["35.07", 9.5, 8.0]]
    column_map = ColumnMap(columns={"poverty": "Penduduk miskin"})
    with pytest.raises(UnusableColumns):
        inspected(rows, tmp_path)
    assert accepted(inspected(rows, tmp_path, column_map=column_map))[0][2] == 8.0


def test_a_missing_id_column_is_refused_with_the_titles_that_were_found(tmp_path: Path) -> None:
    refused = refusal([["Kode", "poverty"], ["35.07", 9.5]], tmp_path)
    assert refused.code == "no-id-column"
    assert refused.values["found"] == "'Kode', 'poverty'"
    assert "Kode wilayah" in refused.reason["id"]


def test_a_file_with_nothing_but_ids_and_names_is_refused(tmp_path: Path) -> None:
    assert (
        refusal([["id", "name", "Miskin"], ["35.07", "Malang", 9.5]], tmp_path).code
        == "no-known-columns"
    )


def test_the_header_row_may_be_declared(tmp_path: Path) -> None:
    rows = [["id", "poverty"], ["id", "poverty"], ["35.07", 9.5]]
    assert faults(inspected(rows, tmp_path))[0] == ("A2", "id", "id-form")
    assert faults(inspected(rows, tmp_path, column_map=ColumnMap(header_row=2))) == []


def test_a_mapped_title_that_is_not_there_is_refused(tmp_path: Path) -> None:
    rows = [["id", "poverty"], ["35.07", 9.5]]
    refused = refusal(rows, tmp_path, column_map=ColumnMap(columns={"poverty": "Miskin"}))
    assert isinstance(refused, BadColumnMap)
    assert "'Miskin' for poverty" in str(refused)


def test_a_mapped_target_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    rows = [["id", "poverty"], ["35.07", 9.5]]
    refused = refusal(rows, tmp_path, column_map=ColumnMap(columns={"povrety": "poverty"}))
    assert "id, name, poverty, coverage, workers" in str(refused)


def test_the_sheet_with_the_titles_is_found_among_others(tmp_path: Path) -> None:
    notes = sheet_of([["Catatan"], ["id", "kode wilayah"]], name="Catatan")
    data = sheet_of([["id", "poverty"], ["35.07", 9.5]], name="Isi")
    reading = reading_of(notes, data)
    assert inspect_reading(reading, REGENCIES, ColumnMap(), work=tmp_path).sheet == "Isi"


def test_two_sheets_with_the_titles_are_refused_with_both_named(tmp_path: Path) -> None:
    rows = [["id", "poverty"], ["35.07", 9.5]]
    reading = reading_of(sheet_of(rows, name="2023"), sheet_of(rows, name="2024"))
    with pytest.raises(UnusableColumns, match="'2023', '2024'"):
        inspect_reading(reading, REGENCIES, ColumnMap(), work=tmp_path)


def test_empty_sheets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="All cells are empty"):
        inspect_reading(reading_of(sheet_of([])), REGENCIES, ColumnMap(), work=tmp_path)


def test_titles_without_rows_are_refused(tmp_path: Path) -> None:
    assert refusal([["id", "poverty"], ["", ""]], tmp_path).code == "no-data"


def test_only_rows_with_the_wanted_value_are_read(tmp_path: Path) -> None:
    rows = [["id", "Tahun", "poverty"], ["35.07", 2023.0, 9.0], ["35.07", 2024.0, 9.5]]
    inspection = inspected(rows, tmp_path, column_map=ColumnMap(rows={"tahun": "2024"}))
    assert (inspection.rows_read, inspection.ignored) == (1, ())
    assert accepted(inspection) == [("35.07", "Kabupaten Malang", 9.5, None, None, 3)]


def test_a_wanted_value_that_no_row_has_is_refused_with_those_found(tmp_path: Path) -> None:
    rows = [["id", "Tahun", "poverty"], ["35.07", 2023.0, 9.0], ["35.07", 2024.0, 9.5]]
    refused = refusal(rows, tmp_path, column_map=ColumnMap(rows={"tahun": "2025"}))
    assert refused.values["found"] == "2023, 2024"


def test_a_wanted_value_under_a_title_that_is_not_there_is_refused(tmp_path: Path) -> None:
    rows = [["id", "poverty"], ["35.07", 9.0]]
    assert "'tahun' for rows" in str(
        refusal(rows, tmp_path, column_map=ColumnMap(rows={"tahun": "1"}))
    )
