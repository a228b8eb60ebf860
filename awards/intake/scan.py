"""What a look at the markup tells about a sheet before a reader sets memory aside for it."""

from collections import defaultdict
from dataclasses import dataclass, field

from awards.intake.errors import UnreadableFile
from awards.intake.limits import Limits

Places = dict[int, list[int]]
"""Cells as rows by column, both counted from 0."""


@dataclass
class SheetScan:
    """A sheet's name, extent, and cells that readers do not report for what they are."""

    name: str
    visible: bool
    rows: int = 0
    columns: int = 0
    errors: Places = field(default_factory=lambda: defaultdict(list))
    percents: Places = field(default_factory=lambda: defaultdict(list))

    def grow(self, rows: int, columns: int, *, limits: Limits) -> None:
        """Extend the extent; raises `UnreadableFile` beyond a limit."""
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)
        check_extent(self.name, self.rows, columns=self.columns, limits=limits)


def check_extent(name: str, rows: int, *, columns: int, limits: Limits) -> None:
    """Raise `UnreadableFile` when a sheet has more rows, columns or cells than allowed."""
    if columns > limits.columns:
        raise _beyond("too-many-columns", name, size=columns, limit=limits.columns)
    if rows > limits.rows:
        raise _beyond("too-many-rows", name, size=rows, limit=limits.rows)
    if rows * columns > limits.box_cells:
        raise _beyond("too-many-cells", name, size=rows * columns, limit=limits.box_cells)


def check_total(sheets: list[SheetScan], limits: Limits) -> None:
    """Raise `UnreadableFile` when the sheets together are too many or too large."""
    if len(sheets) > limits.sheets:
        raise UnreadableFile("too-many-sheets", size=len(sheets), limit=limits.sheets)
    cells = sum(sheet.rows * sheet.columns for sheet in sheets)
    if cells > limits.box_cells:
        raise _beyond("too-many-cells", "The workbook", size=cells, limit=limits.box_cells)


def _beyond(code: str, sheet: str, *, size: int, limit: int) -> UnreadableFile:
    return UnreadableFile(code, sheet=sheet, size=size, limit=limit)
