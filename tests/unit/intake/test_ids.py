from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from awards.domain.text import localized
from awards.intake.types import ColumnMap
from tests.unit.intake.files import (
    COMPANIES,
    NAMES,
    REGENCIES,
    REGENCY,
    accepted,
    faults,
    inspected,
)

TITLES = ["id", "name", "workers"]


def test_ids_are_kept_as_text_and_rows_sorted_by_them(tmp_path: Path) -> None:
    rows = [TITLES, ["35.78", "Kota Surabaya", 3.0], ["35.07", "Kabupaten Malang", 5.0]]
    assert accepted(inspected(rows, tmp_path)) == [
        ("35.07", "Kabupaten Malang", None, None, 5, 3),
        ("35.78", "Kota Surabaya", None, None, 3, 2),
    ]


def test_a_region_code_without_its_dot_is_taken_as_the_list_writes_it(tmp_path: Path) -> None:
    rows = [["id", "workers"], ["3578", 1.0], [3507.0, 2.0]]
    assert [row[:2] for row in accepted(inspected(rows, tmp_path))] == [
        ("35.07", "Kabupaten Malang"),
        ("35.78", "Kota Surabaya"),
    ]


def test_a_number_cell_that_is_the_whole_id_is_taken(tmp_path: Path) -> None:
    assert accepted(inspected([["id", "workers"], [35.78, 1.0]], tmp_path))[0][0] == "35.78"


@pytest.mark.parametrize("value", [35.1, "35.1"])
def test_a_lost_zero_is_refused_with_the_id_as_it_was(value: object, tmp_path: Path) -> None:
    inspection = inspected([["id", "workers"], [value, 1.0]], tmp_path)
    assert faults(inspection) == [("A2", "35.1", "id-zero-lost")]
    assert "35.10" in inspection.refused[0].reason["id"]
    assert accepted(inspection) == []


def test_a_lost_leading_zero_is_refused_where_the_pattern_shows_it(tmp_path: Path) -> None:
    rows = [["id", "sector", "workers"], [123456.0, "health", 1.0]]
    inspection = inspected(rows, tmp_path, layout=COMPANIES)
    assert faults(inspection) == [("A2", "123456", "id-zero-lost")]
    assert "00123456" in inspection.refused[0].reason["en"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3578010112340001.0, "3578010112340001"),
        (1.234e20, "1.234e+20"),
        ("3.57801E+15", "3.57801E+15"),
        ("3,57801E+15", "3,57801E+15"),
    ],
)
def test_digits_that_excel_lost_are_refused(value: object, shown: str, tmp_path: Path) -> None:
    rows = [["id", "sector", "workers"], [value, "health", 1.0]]
    inspection = inspected(rows, tmp_path, layout=COMPANIES)
    assert faults(inspection) == [("A2", shown, "id-digits-lost")]
    assert "as text" in inspection.refused[0].reason["en"]


def test_sixteen_digits_as_text_lost_nothing(tmp_path: Path) -> None:
    rows = [["id", "sector", "workers"], ["3578010112340001", "health", 1.0]]
    assert faults(inspected(rows, tmp_path, layout=COMPANIES)) == [
        ("A2", "3578010112340001", "id-form")
    ]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("Malang", "35.07 Kabupaten Malang, 35.73 Kota Malang"),
        ("Kab. Malang", "35.07 Kabupaten Malang"),
        ("KOTA MALANG", "35.73 Kota Malang"),
    ],
)
def test_a_name_without_an_id_is_answered_with_the_ids_it_may_mean(
    name: str, offered: str, tmp_path: Path
) -> None:
    inspection = inspected([TITLES, ["", name, 1.0], [name, "", 1.0]], tmp_path)
    assert faults(inspection) == [("A2", "", "id-missing-named"), ("A3", name, "id-is-name")]
    for cell in inspection.refused:
        assert f": {offered}." in localized(cell.reason, "id")


def test_a_name_that_is_not_that_of_the_id_is_refused(tmp_path: Path) -> None:
    inspection = inspected([TITLES, ["35.74", "Kota Malang", 1.0]], tmp_path)
    assert faults(inspection) == [("B2", "Kota Malang", "name-differs")]
    assert inspection.refused[0].reason["en"] == (
        "The name does not fit the id, which is that of 35.74 Kota Probolinggo. Or is it 35.73 "
        "Kota Malang? Correct the one or the other; a row may have been swapped."
    )


@pytest.mark.parametrize(
    "name", ["Kabupaten Malang", "KAB. MALANG", "kab malang", "Malang", "Kab.Malang", ""]
)
def test_a_name_may_be_abbreviated_and_is_kept_as_the_list_writes_it(
    name: str, tmp_path: Path
) -> None:
    assert accepted(inspected([TITLES, ["35.07", name, 1.0]], tmp_path))[0][1] == "Kabupaten Malang"


def test_administrative_cities_may_leave_the_word_out(tmp_path: Path) -> None:
    names = {"31.71": "Kota Administrasi Jakarta Pusat", "31.01": "Kabupaten Adm. Kepulauan Seribu"}
    layout = replace(REGENCIES, kind=replace(REGENCY, names=names))
    rows = [TITLES, ["31.71", "Kota Jakarta Pusat", 1.0], ["31.01", "Kab. Kepulauan Seribu", 1.0]]
    assert faults(inspected(rows, tmp_path, layout=layout)) == []


def test_a_name_is_one_line(tmp_path: Path) -> None:
    rows = [["id", "name", "sector", "workers"], ["JJ012345", "PT\n Contoh\u202e ", "health", 1.0]]
    assert accepted(inspected(rows, tmp_path, layout=COMPANIES))[0][1] == "PT Contoh"


def test_a_name_is_kept_as_sent_where_there_is_no_list(tmp_path: Path) -> None:
    rows = [["id", "name", "sector", "workers"], ["JJ012345", "PT Contoh", "health", 1.0]]
    assert accepted(inspected(rows, tmp_path, layout=COMPANIES))[0][1] == "PT Contoh"


def test_a_name_is_null_where_there_is_neither_column_nor_list(tmp_path: Path) -> None:
    rows = [["id", "sector", "workers"], ["JJ012345", "health", 1.0]]
    assert accepted(inspected(rows, tmp_path, layout=COMPANIES))[0][1] is None


def test_all_rows_of_an_id_that_comes_twice_are_refused(tmp_path: Path) -> None:
    rows = [["id", "workers"], ["35.17", 1.0], ["35.78", 2.0], ["3517", 1.0]]
    inspection = inspected(rows, tmp_path)
    assert faults(inspection) == [("A2", "35.17", "id-twice"), ("A4", "3517", "id-twice")]
    assert "rows 2, 4" in inspection.refused[0].reason["en"]
    assert [row[0] for row in accepted(inspection)] == ["35.78"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("35.99", "id-unknown"),
        ("99.01", "id-unknown"),
        ("Sumber: BPS", "id-form"),
        ("35.078", "id-form"),
        ("٣٥.٠٧", "id-form"),
        (True, "id-no-text"),
        ("#ERROR", "id-form"),
    ],
)
def test_what_is_no_known_id_is_refused(value: object, code: str, tmp_path: Path) -> None:
    inspection = inspected([["id", "workers"], [value, 1.0]], tmp_path)
    assert [cell.code for cell in inspection.refused] == [code]


def test_an_empty_id_is_refused(tmp_path: Path) -> None:
    assert faults(inspected([["id", "workers"], ["", 1.0]], tmp_path)) == [("A2", "", "id-missing")]


@pytest.mark.parametrize("label", ["JUMLAH", "Total", "Rata-rata", "RATA - RATA", "Jumlah total"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_total_row_is_refused_as_a_row(label: str, place: int, tmp_path: Path) -> None:
    total: list[object] = ["", "", "", 99.0]
    total[place] = label
    rows = [["id", "name", "No", "workers"], ["35.07", "", 1.0, 5.0], total]
    inspection = inspected(rows, tmp_path)
    assert faults(inspection) == [("3", label, "total-row")]
    assert (inspection.rows_accepted, inspection.refused_rows) == (1, 1)


def test_a_total_row_is_known_where_any_text_could_be_an_id(tmp_path: Path) -> None:
    rows = [["id", "sector", "workers"], ["TOTAL", "", 99.0], ["JJ012345", "C", 5.0]]
    assert faults(inspected(rows, tmp_path, layout=COMPANIES)) == [("2", "TOTAL", "total-row")]


def test_blank_rows_are_skipped(tmp_path: Path) -> None:
    rows = [["id", "workers"], ["", ""], ["35.07", 5.0], [" ", "\t"], ["35.78", 6.0]]
    inspection = inspected(rows, tmp_path)
    assert (inspection.rows_read, faults(inspection)) == (2, [])


def test_the_ids_of_the_accepted_table_are_unique_and_sorted(tmp_path: Path) -> None:
    rows = [["id", "workers"], *([each, 1.0] for each in reversed([*NAMES, "35.07"]))]
    ids = pl.read_parquet(inspected(rows, tmp_path, column_map=ColumnMap()).accepted)["id"]
    assert ids.to_list() == sorted(set(NAMES) - {"35.07"})
