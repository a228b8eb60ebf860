"""The cells of a scanned workbook, by calamine."""

from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from awards.intake.cells import DATE, EMPTY, ERROR, NUMBER, PERCENT, TEXT, frame_of, mark
from awards.intake.errors import UnreadableFile
from awards.intake.letters import column_letters
from awards.intake.limits import Limits
from awards.intake.scan import SheetScan

_ANY = (EMPTY, TEXT, NUMBER, DATE)
_MERGES_KEPT = 1_000


def visible_names(source: Path) -> tuple[str, ...]:
    """The names of the worksheets that are not hidden, in order."""
    with CalamineWorkbook.from_path(source) as book:
        return tuple(
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        )


def write_sheet(
    source: Path, scan: SheetScan, *, folder: Path, number: int, limits: Limits
) -> dict[str, Any]:
    """Write the sheet's cells as ``<number>.parquet`` and describe it."""
    with CalamineWorkbook.from_path(source) as book:
        sheet = book.get_sheet_by_name(scan.name)
        frame = _frame(sheet, scan)
        merged = [_box(each) for each in (sheet.merged_cell_ranges or [])[:_MERGES_KEPT]]
    _check_lengths(frame, scan.name, limits=limits)
    file = f"{number}.parquet"
    frame.write_parquet(folder / file, compression="lz4")
    width = len(frame.columns) // 3
    return {"name": scan.name, "files": [file], "width": width, "merged": merged}


def _frame(sheet: CalamineSheet, scan: SheetScan) -> pl.DataFrame:
    """Every row from the first of the sheet, every column from A."""
    offset = sheet.start[1] if sheet.start else 0
    width = max(offset + sheet.width, scan.columns) if sheet.start else scan.columns
    frame = frame_of(_rows(sheet, scan), width, offset=offset)
    frame = mark(frame, scan.errors, kind=ERROR, among=_ANY)
    return mark(frame, scan.percents, kind=PERCENT, among=(NUMBER,))


def _rows(sheet: CalamineSheet, scan: SheetScan) -> Any:
    """The reader's rows, and empty ones for what it cut off below: errors, which it
    takes for nothing, may stand there."""
    width = count = 0
    for row in sheet.iter_rows():
        width, count = len(row), count + 1
        yield row
    last = max((rows[-1] + 1 for rows in scan.errors.values() if rows), default=0)
    for _ in range(count, last):
        yield [""] * width


def _box(ranges: tuple[tuple[int, int], tuple[int, int]]) -> list[int]:
    (top, left), (bottom, right) = ranges
    return [top, left, bottom, right]


def _check_lengths(frame: pl.DataFrame, sheet: str, *, limits: Limits) -> None:
    texts = [name for name in frame.columns if name.startswith("t")]
    longest = frame.select(pl.col(texts).str.len_chars().max()).row(0) if texts else ()
    for name, length in zip(texts, longest, strict=True):
        if (length or 0) > limits.cell_characters:
            row = frame[name].str.len_chars().arg_max() or 0
            address = f"{column_letters(int(name[1:]))}{row + 1}"
            raise UnreadableFile(
                "cell-too-long",
                address=address,
                sheet=sheet,
                size=length,
                limit=limits.cell_characters,
            )
