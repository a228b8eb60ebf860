import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.intake.delimited import DELIMITERS, detect_delimiter, read_rows, read_text
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


def test_the_first_mark_decides_the_encoding(tmp_path: Path) -> None:
    for encoding, found in ENCODINGS.items():
        path = tmp_path / "a.csv"
        path.write_bytes("id;nama\n35.07;Kabupaten “Málang”\n".encode(encoding))
        assert read_text(path) == ("id;nama\n35.07;Kabupaten “Málang”\n", found)


@pytest.mark.parametrize("data", [b"\x81\x8d\x8f", b"a,b\n\x00\x01\x02", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="encoding that was not recognized"):
        read_text(path)


@pytest.mark.parametrize("delimiter", DELIMITERS)
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5))
def test_a_table_is_read_back_whatever_its_delimiter(
    delimiter: str, rows: list[tuple[str, str, str]]
) -> None:
    stream = io.StringIO(newline="")
    table = [TITLES, *(list(row) for row in rows)]
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    text = stream.getvalue()
    assert detect_delimiter(text) == delimiter
    assert read_rows(text, delimiter, limits=LIMITS) == (table, 3)


def test_decimal_commas_are_no_delimiters() -> None:
    assert detect_delimiter("id;a;b\n1;1,5;2,5\n2;3,5;4,5\n") == ";"
    assert detect_delimiter("id\ta\tb\n1\t1,5\t2,5\n") == "\t"


def test_a_caption_above_the_titles_does_not_confuse() -> None:
    assert detect_delimiter("Data kemiskinan, menurut daerah\n\nid;a;b\n1;2;3\n2;3;4\n") == ";"


def test_one_column_has_no_delimiter_to_find() -> None:
    assert read_rows("id\n1\n", detect_delimiter("id\n1\n"), limits=LIMITS)[1] == 1


def test_short_rows_are_filled_and_blank_lines_kept_so_that_row_numbers_stay() -> None:
    rows, width = read_rows("a,b,c\n\n1\n", ",", limits=LIMITS)
    assert (rows, width) == ([["a", "b", "c"], ["", "", ""], ["1", "", ""]], 3)


def test_a_quotation_mark_that_is_never_closed_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="quotation marks"):
        read_rows('a,b\n1,"2\n3,4\n', ",", limits=LIMITS)


@pytest.mark.parametrize(("columns", "fits"), [(2, True), (3, True), (4, False)])
def test_the_limit_of_columns_is_inclusive(columns: int, fits: bool) -> None:
    text = ",".join("a" * columns)
    if fits:
        assert read_rows(text, ",", limits=Limits(columns=3))[1] == columns
    else:
        with pytest.raises(UnreadableFile, match="reaches to column 4; 3 columns"):
            read_rows(text, ",", limits=Limits(columns=3))


@pytest.mark.parametrize(("length", "fits"), [(9, True), (10, True), (11, False)])
def test_the_limit_of_characters_is_inclusive(length: int, fits: bool) -> None:
    limits = Limits(cell_characters=10)
    if fits:
        assert read_rows("a" * length, ",", limits=limits)[1] == 1
    else:
        with pytest.raises(UnreadableFile, match="in row 1 of the table"):
            read_rows("a" * length, ",", limits=limits)
