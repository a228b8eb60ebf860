"""XLSX before it is parsed: its sheets, how far they reach, which cells hold errors."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from posixpath import normpath
from typing import IO

from awards.intake.archive import CHUNK
from awards.intake.errors import UnreadableFile
from awards.intake.letters import column_index
from awards.intake.limits import Limits
from awards.intake.markup import read_elements
from awards.intake.scan import SheetScan

_ROOT = "_rels/.rels"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_BUILT_IN_PERCENTS = {"9", "10"}
_LONGEST_TAG = 1 << 16

_ATTRIBUTE = rb'\s+[\w:.-]+="[^"<>]*"'
_ANY_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_CELL = re.compile(
    rb"<(?:[\w.-]+:)?c(?:" + _ATTRIBUTE + rb')*?\s+r="([A-Z]{1,3})([0-9]{1,7})"'
    rb"(?:" + _ATTRIBUTE + rb")*\s*/?>"
)
_DIMENSION = re.compile(rb'<(?:[\w.-]+:)?dimension\s+ref="(?:\w+:)?([A-Z]{1,3})([0-9]{1,7})"')
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether the archive's main part is a workbook in XML."""
    return any(part.startswith("xl/") and part.endswith(".xml") for part in _main_parts(archive))


def _main_parts(archive: zipfile.ZipFile) -> list[str]:
    if _ROOT not in archive.namelist():
        return []
    return [
        item.get("Target", "").removeprefix("/")
        for item in _elements(archive, _ROOT, "Relationship")
        if item.get("Type", "").endswith("/officeDocument")
    ]


def scan_workbook(archive: zipfile.ZipFile, limits: Limits) -> list[SheetScan]:
    """The worksheets in order, each scanned. Raises `UnreadableFile`."""
    _refuse_live_parts(archive)
    if _main_parts(archive) != [_WORKBOOK]:  # or the reader might open what was not scanned
        raise UnreadableFile("damaged", found=f"the workbook is not {_WORKBOOK}")
    percents = _percent_styles(archive)
    sheets = list(_worksheets(archive))
    if len({name for name, _, _ in sheets}) < len(sheets):
        raise UnreadableFile("damaged", found="two sheets of one name")
    return [
        _scan_sheet(archive, part, SheetScan(name, visible), percents=percents, limits=limits)
        for name, visible, part in sheets
    ]


def _refuse_live_parts(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        lower = name.lower()
        if lower.endswith("vbaproject.bin") or "/macrosheets/" in lower:
            raise UnreadableFile("macros", part=name)
        if "/externallinks/" in lower or lower == "xl/connections.xml":
            raise UnreadableFile("external-links", part=name)


def _worksheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, bool, str]]:
    relations = {item.get("Id"): item for item in _elements(archive, _RELATIONS, "Relationship")}
    for sheet in _elements(archive, _WORKBOOK, "sheet"):
        relation = relations.get(sheet.get("id", ""), {})
        if relation.get("Type", "").endswith("/worksheet"):
            part = _part(relation.get("Target", ""))
            yield sheet.get("name", ""), sheet.get("state", "visible") == "visible", part


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else normpath(f"xl/{target}")


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    with _opened(archive, part) as stream:
        read_elements(stream, lambda each, has: found.append(has) if each == name else None)
    return found


def _opened(archive: zipfile.ZipFile, part: str) -> IO[bytes]:
    try:
        return archive.open(part)
    except KeyError as error:
        raise UnreadableFile("damaged", found=f"{part} is missing") from error


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """The cell styles that show a number as a percentage."""
    if _STYLES not in archive.namelist():
        return set()
    formats = _BUILT_IN_PERCENTS | {
        each.get("numFmtId", "")
        for each in _elements(archive, _STYLES, "numFmt")
        if "%" in _LITERAL.sub("", each.get("formatCode", ""))
    }
    used = _cell_formats(archive)
    return {style for style, number_format in enumerate(used) if number_format in formats}


def _cell_formats(archive: zipfile.ZipFile) -> list[str]:
    inside = [False]
    found: list[str] = []

    def start(name: str, has: Mapping[str, str]) -> None:
        if name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            found.append(has.get("numFmtId", "0"))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    with archive.open(_STYLES) as stream:
        read_elements(stream, start, end)
    return found


def _special_cells(percents: set[int]) -> re.Pattern[bytes]:
    """Matches, in a cell's tag, an error (group 1) or a percent style (group 2)."""
    styles = "|".join(str(style) for style in sorted(percents)) or r"\b\B"
    return re.compile(rf'\s(?:(t="e")|(s="(?:{styles})"))'.encode())


def _scan_sheet(
    archive: zipfile.ZipFile,
    part: str,
    scan: SheetScan,
    *,
    percents: set[int],
    limits: Limits,
) -> SheetScan:
    special = _special_cells(percents)
    with _opened(archive, part) as stream:
        for markup in _whole_tags(stream, scan.name):
            _scan_extent(markup, scan, limits)
            if b't="e"' in markup or (percents and special.search(markup)):
                _scan_special(markup, scan, special)
    return scan


def _whole_tags(stream: IO[bytes], sheet: str) -> Iterator[bytes]:
    """Pieces of markup that never end within a tag."""
    rest = b""
    while chunk := stream.read(CHUNK):
        markup = rest + chunk
        cut = markup.rfind(b"<")
        cut = len(markup) if cut < 0 else cut
        rest = markup[cut:]
        if len(rest) > _LONGEST_TAG and b">" not in rest:
            raise UnreadableFile("irregular-cells", sheet=sheet)
        yield markup[:cut]
    yield rest


def _scan_extent(markup: bytes, scan: SheetScan, limits: Limits) -> None:
    if b"dimension" in markup and (dimension := _DIMENSION.search(markup)):
        scan.grow(int(dimension[2]), column_index(dimension[1].decode()) + 1, limits=limits)
    cells = _CELL.findall(markup)
    if len(cells) != _count_cells(markup, len(cells)):
        raise UnreadableFile("irregular-cells", sheet=scan.name)
    if cells:
        columns = max(column_index(letters.decode()) for letters in {cell[0] for cell in cells})
        rows = max(int(row) for row in {cell[1] for cell in cells})
        scan.grow(rows, columns + 1, limits=limits)


def _count_cells(markup: bytes, expected: int) -> int:
    """How often a cell begins; without a pattern where nothing else begins like one."""
    if b":c" not in markup and markup.count(b"<c") == expected:
        return expected
    return len(_ANY_CELL.findall(markup))


def _scan_special(markup: bytes, scan: SheetScan, special: re.Pattern[bytes]) -> None:
    for cell in _CELL.finditer(markup):
        if kind := special.search(cell[0]):
            places = scan.errors if kind[1] else scan.percents
            places[column_index(cell[1].decode())].append(int(cell[2]) - 1)
