"""A file is judged the same however many rows of it are read at a time."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.intake.cells import frame_of_text
from awards.intake.errors import UnreadableFile
from awards.intake.inspection import inspect_file, inspect_reading
from awards.intake.limits import LIMITS, TEXT_LIMITS, usual_limits
from awards.intake.sandbox import Reading, Sheet
from awards.intake.types import ColumnMap, Inspection, Layout
from tests.unit.intake.files import (
    COMPANIES,
    COMPANY,
    COVERAGE,
    POVERTY,
    WORKERS,
    accepted,
    faults,
    write_xlsx,
)

LAYOUT = Layout(kind=COMPANY, indicators=(WORKERS, POVERTY, COVERAGE))
ADDED_UP = Layout(kind=COMPANY, indicators=(replace(WORKERS, combine="sum"),))
TITLES = ["id", "name", "sector", "workers", "poverty", "extra"]

Rows = list[list[str]]


def in_batches(rows: Rows, size: int) -> Reading:
    """A reading of *rows*, as text, *size* at a time."""
    frames = [frame_of_text(rows[first : first + size]) for first in range(0, len(rows), size)]
    sheet = Sheet(
        name=None,
        cells=tuple(each.lazy() for each in frames),
        width=max(len(row) for row in rows),
        merged=(),
    )
    return Reading(format="csv", encoding="utf-8", delimiter=",", sheets=(sheet,))


def inspected(
    rows: Rows, size: int, work: Path, *, layout: Layout = LAYOUT, wanted: str | None = None
) -> Inspection:
    blanks_are_empty = [[cell.strip() and cell for cell in row] for row in rows]
    column_map = ColumnMap(rows={"extra": wanted} if wanted else {})
    reading = in_batches(blanks_are_empty, size)
    emptied = [each.with_columns(pl.all().replace("", None)) for each in reading.sheets[0].cells]
    sheet = replace(reading.sheets[0], cells=tuple(emptied))
    return inspect_reading(replace(reading, sheets=(sheet,)), layout, column_map, work=work)


def told(inspection: Inspection) -> tuple[object, ...]:
    """All that an inspection says, its files by their contents."""
    rows_file = inspection.refused_rows_file
    rest = replace(inspection, accepted=Path(), refused_rows_file=None)
    return rest, accepted(inspection), rows_file.read_bytes() if rows_file else None


IDS = st.sampled_from(
    [f"JJ00000{number}" for number in range(8)] + ["", "jj", "Jumlah", "00000001"]
)
NUMBERS = st.sampled_from(["", "1", "12", "1.5", "2,5", "1.234", "-3", "12%", "n/a", "x"])
ROW = st.tuples(
    IDS,
    st.sampled_from(["", "PT Satu", "Total"]),
    st.sampled_from(["", "C", "#REF!"]),
    NUMBERS,
    NUMBERS,
    st.sampled_from(["", "a", "b"]),
    st.sampled_from(["", "", "", "beyond"]),
).map(list)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(ROW, max_size=20),
    st.integers(1, 25),
    st.sampled_from([None, "a"]),
    st.sampled_from([LAYOUT, ADDED_UP]),
)
def test_size_of_the_batches_is_of_no_matter(
    rows: Rows, size: int, wanted: str | None, layout: Layout
) -> None:
    table = [["Data 2026"], TITLES, *rows]
    outcomes = []
    for each in (size, len(table)):
        with TemporaryDirectory() as work:
            try:
                found = inspected(table, each, Path(work), layout=layout, wanted=wanted)
                outcomes.append(told(found))
            except UnreadableFile as refusal:
                outcomes.append((refusal.reason,))
    assert outcomes[0] == outcomes[1]


def company(number: int, workers: str = "5", poverty: str = "2.5") -> list[str]:
    return [f"JJ{number:06}", f"PT {number}", "C", workers, poverty]


def test_id_of_another_batch_is_refused_in_both(tmp_path: Path) -> None:
    rows = [TITLES, *(company(number) for number in range(30)), company(3)]
    found = inspected(rows, 7, tmp_path)
    assert faults(found) == [("A5", "JJ000003", "id-twice"), ("A32", "JJ000003", "id-twice")]
    assert found.refused[0].reason["en"] == (
        "The same Employer number (NPP) stands in rows 5, 32: keep one of them."
    )
    assert (found.rows_read, found.rows_accepted, found.refused_rows) == (31, 29, 2)


def test_rows_of_one_id_are_counted_all_and_listed_up_to_twenty(tmp_path: Path) -> None:
    found = inspected([TITLES, *(company(1) for _ in range(30))], 7, tmp_path)
    assert found.refused_rows == 30
    assert "18, 19, 20, 21, …: keep" in found.refused[0].reason["en"]


def test_decimals_written_otherwise_in_another_batch_are_refused_in_both(tmp_path: Path) -> None:
    rows = [TITLES, *(company(number, poverty="12") for number in range(30))]
    rows[4][4], rows[28][4] = "2.5", "2,5"
    assert faults(inspected(rows, 7, tmp_path)) == [
        ("E5", "2.5", "mixed-numbers"),
        ("E29", "2,5", "mixed-numbers"),
    ]


def test_refused_rows_of_all_batches_are_kept_under_one_line_of_titles(tmp_path: Path) -> None:
    rows = [TITLES, *(company(number, workers="x" if number % 10 else "5") for number in range(30))]
    found = inspected(rows, 7, tmp_path)
    assert found.refused_rows_file is not None
    lines = found.refused_rows_file.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("source_row,refused_because,id,name")
    assert [line.partition(",")[0] for line in lines[1:]] == [
        str(number + 2) for number in range(30) if number % 10
    ]


def test_accepted_rows_of_all_batches_are_sorted_by_id(tmp_path: Path) -> None:
    rows = [TITLES, *(company(number * 17 % 50) for number in range(50))]
    ids = [row[0] for row in accepted(inspected(rows, 7, tmp_path))]
    assert ids == [f"JJ{number:06}" for number in range(50)]
    assert [each.name for each in tmp_path.iterdir()] == ["accepted.parquet"]


def test_torn_row_is_refused_with_its_number_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    lines = ["id,sector,workers", *(f"JJ{number:06},C,5" for number in range(40))]
    path.write_text("\n".join([*lines, 'JJ000099,"C,5']))
    limits = replace(TEXT_LIMITS, batch_characters=100)
    with pytest.raises(UnreadableFile, match=r"do not pair up, at row 42"):
        inspect_file(path, COMPANIES, ColumnMap(), work=tmp_path / "work", limits=limits)
    assert not any((tmp_path / "work").iterdir())


def test_text_may_be_larger_than_a_workbook(tmp_path: Path) -> None:
    text, book = tmp_path / "a.xlsx", write_xlsx(tmp_path / "b.csv", [["id"]])
    text.write_text("id\n1\n")
    assert (usual_limits(text), usual_limits(book)) == (TEXT_LIMITS, LIMITS)
    assert TEXT_LIMITS.box_cells >= 12_000_001 * 16
