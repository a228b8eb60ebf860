import csv
import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.intake.delimited import (
    DELIMITERS,
    detect_delimiter,
    detect_encoding,
    open_text,
    read_batches,
)
from awards.intake.errors import UnreadableFile
from awards.intake.limits import LIMITS, Limits

ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1252": "cp1252",
}
TITLES = ["id", "nama", "nilai"]
CELL = st.text(
    st.characters(codec="cp1252", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=8
).map(str.strip)


def delimiter_of(text: str, folder: Path) -> str:
    path = folder / "a.csv"
    path.write_bytes(text.encode())
    return detect_delimiter(path, "utf-8")


def read(text: str, delimiter: str = ",", *, limits: Limits = LIMITS) -> list[list[str]]:
    """The cells of all batches, each row filled up to the widest; "" where there is none."""
    batches = read_batches(io.StringIO(text, newline=""), delimiter, limits=limits)
    cells = pl.concat(batches, how="diagonal")
    return [[cell or "" for cell in row] for row in cells.rows()]


def test_the_first_mark_decides_the_encoding(tmp_path: Path) -> None:
    for encoding, found in ENCODINGS.items():
        path = tmp_path / "a.csv"
        path.write_bytes("id;nama\n35.07;Kabupaten “Málang”\n".encode(encoding))
        assert detect_encoding(path) == found
        with open_text(path, found) as stream:
            assert stream.read() == "id;nama\n35.07;Kabupaten “Málang”\n"


@pytest.mark.parametrize("data", [b"\x81\x8d\x8f", b"a,b\n\x00\x01\x02", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="encoding that was not recognized"):
        detect_encoding(path)


@pytest.mark.parametrize("delimiter", DELIMITERS)
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5))
def test_a_table_is_read_back_whatever_its_delimiter(
    delimiter: str, rows: list[tuple[str, str, str]]
) -> None:
    stream = io.StringIO(newline="")
    table = [TITLES, *(list(row) for row in rows)]
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    text = stream.getvalue()
    with TemporaryDirectory() as folder:
        assert delimiter_of(text, Path(folder)) == delimiter
    assert read(text, delimiter) == table


def test_decimal_commas_are_no_delimiters(tmp_path: Path) -> None:
    assert delimiter_of("id;a;b\n1;1,5;2,5\n2;3,5;4,5\n", tmp_path) == ";"
    assert delimiter_of("id\ta\tb\n1\t1,5\t2,5\n", tmp_path) == "\t"


def test_a_caption_above_the_titles_does_not_confuse(tmp_path: Path) -> None:
    text = "Data kemiskinan, menurut daerah\n\nid;a;b\n1;2;3\n2;3;4\n"
    assert delimiter_of(text, tmp_path) == ";"


def test_one_column_has_no_delimiter_to_find(tmp_path: Path) -> None:
    assert read("id\n1\n", delimiter_of("id\n1\n", tmp_path)) == [["id"], ["1"]]


def test_short_rows_are_filled_and_blank_lines_kept_so_that_row_numbers_stay() -> None:
    assert read("a,b,c\n\n1\n") == [["a", "b", "c"], ["", "", ""], ["1", "", ""]]


def test_a_quotation_mark_that_is_never_closed_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="quotation marks"):
        read('a,b\n1,"2\n3,4\n')


@pytest.mark.parametrize(("columns", "fits"), [(2, True), (3, True), (4, False)])
def test_the_limit_of_columns_is_inclusive(columns: int, fits: bool) -> None:
    text = ",".join("a" * columns)
    if fits:
        assert read(text, limits=Limits(columns=3)) == [["a"] * columns]
    else:
        with pytest.raises(UnreadableFile, match="reaches to column 4; 3 columns"):
            read(text, limits=Limits(columns=3))


@pytest.mark.parametrize(("length", "fits"), [(9, True), (10, True), (11, False)])
def test_the_limit_of_characters_is_inclusive(length: int, fits: bool) -> None:
    limits = Limits(cell_characters=10)
    if fits:
        assert read("a" * length, limits=limits) == [["a" * length]]
    else:
        with pytest.raises(UnreadableFile, match="in row 1 of the table"):
            read("a" * length, limits=limits)


PIECE = st.sampled_from(["a", "b c", " ", "", ",", ";", '"', '""', "\n", "\r\n", "\r", '"x"', "é"])


def careful(text: str) -> list[list[str]] | None:
    """What `csv` alone reads, or None where it refuses."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    width = max(map(len, rows), default=0)
    cells = [[cell if cell.strip() else "" for cell in row] for row in rows]
    return [row + [""] * (width - len(row)) for row in cells]


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECE, min_size=1, max_size=30).map("".join).filter(bool), st.integers(1, 40))
def test_batches_hold_what_a_careful_reader_finds_whatever_their_size(text: str, size: int) -> None:
    expected = careful(text)
    limits = replace(LIMITS, batch_characters=size)
    if expected is None:
        with pytest.raises(UnreadableFile, match="quotation marks"):
            read(text, limits=limits)
    else:
        width = max(len(expected[0]), 1)
        assert read(text, limits=limits) == [row or [""] * width for row in expected]


def test_row_that_is_refused_keeps_its_number_in_a_later_batch() -> None:
    lines = [f"{number},b" for number in range(1, 30)]
    text = "\n".join([*lines[:20], '21,"b', *lines[21:]])
    for size in (1, 7, 50, 1000):
        with pytest.raises(UnreadableFile) as refused:
            read(text, limits=replace(LIMITS, batch_characters=size))
        assert refused.value.values == {"row": 21}
