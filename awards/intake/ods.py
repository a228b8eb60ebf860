"""ODS before it is parsed: its sheets, how far they reach, which cells hold errors."""

import zipfile
from collections.abc import Mapping

from awards.intake.errors import UnreadableFile
from awards.intake.limits import Limits
from awards.intake.markup import read_elements
from awards.intake.scan import Places, SheetScan

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_LINKS = {"table-source", "dde-source", "dde-link", "dde-connection-decl", "cell-range-source"}
_CELLS = {"table-cell", "covered-table-cell"}


def scan_document(archive: zipfile.ZipFile, limits: Limits) -> list[SheetScan]:
    """The tables in order, each scanned. Raises `UnreadableFile`."""
    _refuse_live_parts(archive)
    scanner = _Scanner(limits)
    try:
        with archive.open(_CONTENT) as stream:
            read_elements(stream, scanner.start, scanner.end)
    except KeyError as error:
        raise UnreadableFile("damaged", found=f"{_CONTENT} is missing") from error
    return scanner.sheets


def _refuse_live_parts(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
        raise UnreadableFile("encrypted")
    for name in names:
        if name.startswith(("Basic/", "Scripts/")):
            raise UnreadableFile("macros", part=name)


class _Scanner:
    """Follows rows and cells with their repetitions; empty ones at an end count nothing."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[SheetScan] = []
        self._limits = limits
        self._row = self._column = self._row_repeats = 0
        self._filled = 0
        self._special: list[tuple[Places, int, int]] = []

    def start(self, name: str, has: Mapping[str, str]) -> None:
        if name in _LINKS:
            raise UnreadableFile("external-links", part=name)
        if name == "table":
            self.sheets.append(SheetScan(has.get("name", ""), visible=True))
            self._row = 0
        elif name == "table-row":
            self._column = self._filled = 0
            self._row_repeats = _count(has, "number-rows-repeated")
        elif name in _CELLS and self.sheets:
            self._cell(has)

    def end(self, name: str) -> None:
        if name == "table-row" and self.sheets:
            self._end_row()

    def _cell(self, has: Mapping[str, str]) -> None:
        first, repeats = self._column, _count(has, "number-columns-repeated")
        self._column += repeats
        shown = has.get("value-type")
        if shown is None:
            return
        self._filled = self._column
        if has.get("calcext:value-type") == "error":
            self._special.append((self.sheets[-1].errors, first, repeats))
        elif shown == "percentage":
            self._special.append((self.sheets[-1].percents, first, repeats))

    def _end_row(self) -> None:
        last = self._row + self._row_repeats
        if self._filled:
            self.sheets[-1].grow(last, self._filled, limits=self._limits)
        for places, first, repeats in self._special:
            for column in range(first, first + repeats):
                places[column].extend(range(self._row, last))
        self._special.clear()
        self._row = last


def _count(has: Mapping[str, str], name: str) -> int:
    """How often an element is repeated; what is no count is 1, as readers take it."""
    text = has.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
