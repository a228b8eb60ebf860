from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from awards.intake.errors import UnusableColumns
from awards.intake.inspection import inspect_reading
from awards.intake.template import column_titles
from awards.intake.types import ColumnMap, Inspection, Layout
from awards.sdk import Indicator, RecordColumn, RecordType, Tally
from tests.unit.intake.files import COMPANY, REGENCY, faults, reading_of, sheet_of

VISITS = RecordType(
    code="visits",
    title={"en": "Visits"},
    columns=(
        RecordColumn(code="by", title={"en": "Visited by"}, values={"lead": {"en": "Lead"}}),
        RecordColumn(code="to", title={"en": "Host"}, register="company", required=False),
        RecordColumn(code="hours", title={"en": "Hours"}, type=int, required=False, maximum=9),
        RecordColumn(code="on", title={"en": "Day"}, type=date),
    ),
    key=("by", "on"),
)
LAYOUT = Layout(kind=REGENCY, records=VISITS, registers={"company": COMPANY})
HEAD = ["id", "by", "to", "hours", "on"]


def inspected(rows: list[list[Any]], work: Path) -> Inspection:
    return inspect_reading(reading_of(sheet_of(rows)), LAYOUT, ColumnMap(), work=work)


def test_records_are_typed_and_several_may_be_of_one_candidate(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        HEAD,
        ["35.78", "lead", "JJ012345", 3.0, "2025-12-31"],
        ["35.78", "Lead", "", "", "2025-12-30"],
    ]
    table = pl.read_parquet(inspected(rows, tmp_path).accepted)
    assert table.rows() == [
        ("35.78", "Kota Surabaya", "lead", "JJ012345", 3, "2025-12-31", 2),
        ("35.78", "Kota Surabaya", "lead", None, None, "2025-12-30", 3),
    ]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["35.78", "boss", "", 1.0, "2025-12-31"], ("B2", "boss", "not-among")),
        (["35.78", "lead", "x", 1.0, "2025-12-31"], ("C2", "x", "id-form")),
        (["35.78", "lead", "", 10.0, "2025-12-31"], ("D2", "10", "above-maximum")),
        (["35.78", "lead", "", 1.0, "31/12/2025"], ("E2", "31/12/2025", "not-a-date")),
        (["35.78", "lead", "", 1.0, "2025-02-30"], ("E2", "2025-02-30", "not-a-date")),
        (["35.78", "lead", "", 1.0, 45000.0], ("E2", "45000", "not-a-date")),
        (["35.78", "lead", "", 1.0, ""], ("E2", "", "required")),
        (["99.99", "lead", "", 1.0, "2025-12-31"], ("A2", "99.99", "id-unknown")),
    ],
)
def test_a_bad_cell_is_refused_by_its_address(
    row: list[Any], found: tuple[str, str, str], tmp_path: Path
) -> None:
    assert faults(inspected([HEAD, row], tmp_path)) == [found]


def test_a_refused_id_of_another_kind_is_told_how_that_kind_is_numbered(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEAD, ["35.78", "lead", "x", 1.0, "2025-12-31"]]
    assert "Write it as JJ012345" in inspected(rows, tmp_path).refused[0].reason["en"]


def test_a_file_without_a_column_that_every_record_needs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableColumns, match="No column is titled 'Day'"):
        inspected([["id", "by"], ["35.78", "lead"]], tmp_path)


def test_what_is_counted_out_of_records_is_asked_for_in_no_file() -> None:
    counted = Indicator(
        code="visits", title={"en": "Visits"}, type=int, unit="visits", tally=Tally(record=VISITS)
    )
    layout = Layout(kind=REGENCY, indicators=(counted,))
    assert layout.targets == ("id", "name")
    assert column_titles(layout, "en") == ("Region code", "Name")
