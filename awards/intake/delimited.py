"""CSV in whatever encoding and with whatever delimiter it came."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import polars as pl

from awards.intake.cells import frame_of_text
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
_CHUNK = 1 << 20


def detect_encoding(path: Path) -> str:
    """The encoding of all the text: by its mark, else UTF-8, else Windows-1252.

    UTF-16 without a mark is known by its zero bytes. Raises `UnreadableFile`.
    """
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    for encoding in _candidates(head):
        if _is_text(path, encoding):
            return encoding
    raise UnreadableFile("encoding")


def _candidates(head: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return (encoding,)
    first, second = head[0::2].count(0), head[1::2].count(0)
    if first or second:
        return ("utf-16-be",) if first > second else ("utf-16-le",)
    return _ENCODINGS


def _is_text(path: Path, encoding: str) -> bool:
    with open_text(path, encoding) as stream:
        try:
            return not any(_CONTROL.search(text) for text in iter(lambda: stream.read(_CHUNK), ""))
        except UnicodeDecodeError:
            return False


def open_text(path: Path, encoding: str) -> TextIO:
    """The text with its line ends as they are."""
    return path.open(encoding=encoding, newline="")


def detect_delimiter(path: Path, encoding: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of cells."""

    def evenness(delimiter: str) -> tuple[float, int]:
        with open_text(path, encoding) as stream:
            widths = _widths(stream, delimiter)
        width, rows = widths.most_common(1)[0] if widths else (0, 0)
        return (rows / widths.total(), width) if width > 1 else (0.0, 0)

    return max(DELIMITERS, key=evenness)


def _widths(lines: Iterable[str], delimiter: str) -> Counter[int]:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
            if widths.total() >= _LOOKED_AT:
                break
    except csv.Error:
        pass
    return widths


def read_batches(stream: TextIO, delimiter: str, *, limits: Limits) -> Iterator[pl.DataFrame]:
    """All rows in order, some at a time, as text columns; as wide as the widest of the batch.

    Raises `UnreadableFile`, naming the row, where quotation marks do not pair up or
    a limit is passed.
    """
    rows = width = 0
    while block := stream.read(limits.batch_characters):
        block += stream.readline()
        batch = _even_batch(block, delimiter, limits=limits)
        if batch is None:
            batch = _any_batch(block, stream, delimiter, first=rows + 1, limits=limits)
        rows, width = rows + batch.height, max(width, batch.width)
        check_extent("The table", rows, columns=width, limits=limits)
        yield batch.with_columns(pl.when(pl.all().str.strip_chars() != "").then(pl.all()))


def _even_batch(block: str, delimiter: str, *, limits: Limits) -> pl.DataFrame | None:
    """The batch where cells are what stands between delimiters, each whole or quoted
    as a whole; None for what needs a closer look."""
    width = block.partition("\n")[0].count(delimiter) + 1
    if width > limits.columns or block[0] in "\r\n" or block.count("\r") != block.count("\r\n"):
        return None
    if not _plainly_quoted(block, delimiter):
        return None
    lines = block if block.endswith("\n") else f"{block}\n"
    try:
        batch = pl.read_csv(
            lines.encode(),
            has_header=False,
            infer_schema=False,
            separator=delimiter,
            quote_char='"' if '"' in block else None,
        )
    except pl.exceptions.PolarsError:  # rows wider than the first
        return None
    if batch.height != lines.count("\n"):
        return None
    longest = batch.select(pl.all().str.len_bytes().max()).row(0)
    if max((length or 0) for length in longest) > limits.cell_characters:
        return None
    return batch.rename({name: f"t{index}" for index, name in enumerate(batch.columns)})


def _plainly_quoted(block: str, delimiter: str) -> bool:
    """Whether quotation marks stand around whole cells of one line and nowhere else."""
    if '"' not in block:
        return True
    mark = re.escape(delimiter)
    cells = re.findall(rf'(?:^|[{mark}\n])"[^"\r\n]*"(?=[{mark}\r\n]|\Z)', block)
    return len(cells) * 2 == block.count('"')


def _any_batch(
    block: str, stream: TextIO, delimiter: str, *, first: int, limits: Limits
) -> pl.DataFrame:
    """The rows that begin in *block*; what the last of them lacks is read from *stream*."""
    rows: list[list[str]] = []
    usual = csv.field_size_limit(limits.cell_characters)
    try:
        for row in _rows(block, stream, delimiter):
            rows.append(row)
            check_extent("The table", first + len(rows) - 1, columns=len(row), limits=limits)
    except csv.Error as error:
        raise _bad_row(error, first + len(rows), limits) from error
    finally:
        csv.field_size_limit(usual)
    return frame_of_text(rows)


def _rows(block: str, stream: TextIO, delimiter: str) -> Iterator[list[str]]:
    between = True

    def lines() -> Iterator[str]:
        nonlocal between
        for line in io.StringIO(block, newline=""):
            between = False
            yield line
        while not between and (line := stream.readline()):
            yield line

    for row in csv.reader(lines(), delimiter=delimiter, strict=True):
        between = True
        yield row


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
