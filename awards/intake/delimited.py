"""CSV in whatever encoding and with whatever delimiter it came."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from awards.intake.errors import UnreadableFile
from awards.intake.limits import Limits
from awards.intake.scan import check_extent

DELIMITERS = (";", "\t", "|", ",")
"""In order of preference where two fit equally: a comma may be a decimal sign."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS = ("utf-8", "cp1252")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LOOKED_AT = 100
_SAMPLE = 1_000


def read_text(path: Path) -> tuple[str, str]:
    """The text and its encoding: by its mark, else UTF-8, else Windows-1252.

    UTF-16 without a mark is known by its zero bytes. Raises `UnreadableFile`.
    """
    data = path.read_bytes()
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text, encoding
    raise UnreadableFile("encoding")


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    first, second = data[0:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    if first or second:
        return ("utf-16-be",) if first > second else ("utf-16-le",)
    return _ENCODINGS


def detect_delimiter(text: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of cells."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    widths = _widths(text, delimiter)
    width, rows = widths.most_common(1)[0] if widths else (0, 0)
    return (rows / widths.total(), width) if width > 1 else (0.0, 0)


def _widths(text: str, delimiter: str) -> Counter[int]:
    widths: Counter[int] = Counter()
    try:
        for row in _reader(text, delimiter):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
            if widths.total() >= _LOOKED_AT:
                break
    except csv.Error:
        pass
    return widths


def read_rows(text: str, delimiter: str, *, limits: Limits) -> tuple[list[list[str]], int]:
    """All rows, each as wide as the widest, and that width. Raises `UnreadableFile`."""
    rows: list[list[str]] = []
    width = 0
    usual = csv.field_size_limit(limits.cell_characters)
    try:
        for row in _reader(text, delimiter):
            rows.append(row)
            width = max(width, len(row))
            check_extent("The table", len(rows), columns=width, limits=limits)
    except csv.Error as error:
        raise _bad_row(error, len(rows) + 1, limits) from error
    finally:
        csv.field_size_limit(usual)
    return list(_filled(rows, width)), width


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _filled(rows: list[list[str]], width: int) -> Iterator[list[str]]:
    return (row + [""] * (width - len(row)) for row in rows)


def _bad_row(error: csv.Error, row: int, limits: Limits) -> UnreadableFile:
    if "field larger" in str(error):
        return UnreadableFile(
            "cell-too-long",
            address=f"in row {row}",
            sheet="the table",
            size=f"more than {limits.cell_characters}",
            limit=limits.cell_characters,
        )
    return UnreadableFile("quote", row=row)
