"""What was refused, for people: as rows for a terminal, as CSV, as a marked workbook."""

import csv
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from awards.domain.text import LANGUAGES, localized
from awards.intake.cells import EMPTY, NUMBER, PERCENT
from awards.intake.grid import shown
from awards.intake.letters import column_index
from awards.intake.limits import LIMITS
from awards.intake.refused_rows import harmless
from awards.intake.sandbox import Sheet, read_cells
from awards.intake.types import Inspection
from awards.intake.workbooks import new_workbook

_COMMENT = {"x_scale": 2.5, "y_scale": 1.5}


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """One refused cell, ready to show."""

    address: str
    header: str
    value: str
    reason: str


def report_rows(inspection: Inspection, language: str) -> tuple[ReportRow, ...]:
    """The refused cells in the order of the file, reasons in *language*."""
    return tuple(
        ReportRow(
            address=cell.address,
            header=cell.header or "",
            value=cell.value,
            reason=localized(cell.reason, language),
        )
        for cell in inspection.refused
    )


def write_report_csv(inspection: Inspection, path: Path) -> None:
    """Write the refused cells as CSV: address, header, value, reason in each language, code."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        reasons = [f"reason_{language}" for language in LANGUAGES]
        writer.writerow(["address", "header", "value", *reasons, "code"])
        for cell in inspection.refused:
            words = [localized(cell.reason, language) for language in LANGUAGES]
            texts = [cell.address, cell.header or "", cell.value, *words, cell.code]
            writer.writerow([harmless(text) for text in texts])


def write_report_workbook(
    source: Path, inspection: Inspection, path: Path, *, language: str = "id"
) -> None:
    """Write the inspected sheet of *source* again as XLSX, its refused cells coloured and
    with the reasons as comments.

    Values are kept, formats and formulas are not. *source* is read in a child
    process as in `inspect_file` and must be the file that was inspected.
    """
    with (
        tempfile.TemporaryDirectory() as work,
        read_cells(source, Path(work), sheet=inspection.sheet, limits=LIMITS) as reading,
    ):
        _write_marked(path, reading.sheets[0], inspection, language)


def _write_marked(path: Path, source: Sheet, inspection: Inspection, language: str) -> None:
    with new_workbook(path) as book:
        sheet = book.add_worksheet(inspection.sheet or "Data")
        marked = book.add_format({"bg_color": "#F6C9C0", "border": 1, "border_color": "#A33A2A"})
        places = _places(inspection, language)
        cells = pl.concat(source.batches(), how="diagonal")
        _write_cells(sheet, cells, width=source.width, places=places, marked=marked)
        _write_comments(sheet, places)


Places = Mapping[tuple[int, int], str]


def _places(inspection: Inspection, language: str) -> Places:
    """Reasons by row and column, counted from 0; those of a whole row stand at the id."""
    id_column = inspection.columns["id"]
    places: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for cell in inspection.refused:
        place = ((cell.row or 1) - 1, column_index(cell.column or id_column))
        places[place].append(localized(cell.reason, language))
    return {place: "\n".join(reasons) for place, reasons in places.items()}


def _write_cells(
    sheet: Worksheet, cells: pl.DataFrame, *, width: int, places: Places, marked: Format
) -> None:
    for column in range(width):
        read = cells.select(shown(column).fill_null(""), pl.col(f"n{column}"), pl.col(f"k{column}"))
        for row, (text, number, kind) in enumerate(read.iter_rows()):
            look = marked if (row, column) in places else None
            if kind in (NUMBER, PERCENT):
                sheet.write_number(row, column, number, look)
            elif kind != EMPTY:
                sheet.write_string(row, column, text, look)
            elif look:
                sheet.write_blank(row, column, None, look)


def _write_comments(sheet: Worksheet, places: Places) -> None:
    for (row, column), reasons in places.items():
        sheet.write_comment(row, column, reasons, _COMMENT)
