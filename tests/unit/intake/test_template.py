from pathlib import Path

import openpyxl
import pytest

from awards.intake.inspection import inspect_file
from awards.intake.template import column_titles, write_template
from awards.intake.types import ColumnMap, Layout
from awards.sdk import Indicator
from tests.unit.intake.files import COMPANIES, NAMES, REGENCIES, REGENCY, accepted, faults


def fill(path: Path, column: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Data"]
    for row in range(2, sheet.max_row + 1):
        sheet[f"{column}{row}"] = value
    book.save(path)


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_filled_template_is_read_back_whole(language: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, REGENCIES, language=language, names={})
    fill(path, "E", 7)
    inspection = inspect_file(path, REGENCIES, ColumnMap(), work=tmp_path / "work")
    assert faults(inspection) == []
    assert dict(inspection.columns) == dict(zip(REGENCIES.targets, "ABCDE", strict=True))
    assert [row[:2] for row in accepted(inspection)] == sorted(NAMES.items())
    assert {row[4] for row in accepted(inspection)} == {7}


def test_only_the_wanted_candidates_are_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, REGENCIES, language="id", names={"35.78": "Kota Surabaya"})
    sheet = openpyxl.load_workbook(path)["Data"]
    assert [[cell.value for cell in row[:2]] for row in sheet.iter_rows()] == [
        ["Kode wilayah", "Nama"],
        ["35.78", "Kota Surabaya"],
    ]
    assert sheet["A2"].number_format == "@"


def test_cells_accept_only_what_the_indicator_can_be(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, COMPANIES, language="en", names={})
    rules = openpyxl.load_workbook(path)["Data"].data_validations.dataValidation
    assert [(str(rule.sqref), rule.type, rule.formula1) for rule in rules] == [
        ("D2:D100001", "list", '"Micro,Small,Large"'),
        ("E2:E100001", "whole", "0"),
    ]


def test_the_second_sheet_explains_every_column(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, REGENCIES, language="id", names={})
    sheet = openpyxl.load_workbook(path)["Cara mengisi"]
    lines = [[cell.value for cell in row[:2]] for row in sheet.iter_rows()]
    assert ["Kode wilayah", "35.78"] in lines
    assert ["Penduduk miskin (percent)", "angka, 0 – 100, percent"] in lines
    assert ["Pekerja (people)", "bilangan bulat, ≥ 0, people"] in lines


def test_indicators_that_share_a_title_are_told_apart_by_code() -> None:
    twins = tuple(
        Indicator(code=code, title={"en": "Growth"}, type=float, unit="percent")
        for code in ("growth_1", "growth_2")
    )
    layout = Layout(kind=REGENCY, indicators=twins)
    assert column_titles(layout, "en") == ("Region code", "Name", "growth_1", "growth_2")
