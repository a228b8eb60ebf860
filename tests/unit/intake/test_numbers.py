import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.intake.numbers import cleaned, forms_of, parse_texts
from awards.intake.types import Numbers


def parsed(texts: list[str | None], numbers: Numbers | None = None) -> list[object]:
    """Each text's value, or the code of its fault."""
    column = pl.DataFrame({"t": texts}, schema={"t": pl.String})
    cleaned_texts = column.select(cleaned(pl.col("t"))).to_series()
    mixed = {"point", "comma"} <= forms_of(cleaned_texts)
    read = parse_texts(cleaned_texts, numbers, mixed=mixed)
    return [value if fault is None else fault for value, fault in read.rows()]


def written(number: float, grouping: str, decimal: str) -> str:
    return f"{number:,f}".translate(str.maketrans({",": grouping, ".": decimal}))


def test_digits_alone_are_a_number_under_every_declaration() -> None:
    for numbers in (None, "id", "en"):
        assert parsed(["12", "-7", "0", " 5 ", "−3", "1234567"], numbers) == [  # type: ignore[arg-type]
            12,
            -7,
            0,
            5,
            -3,
            1234567,
        ]


def test_empty_is_missing_and_no_fault() -> None:
    assert parsed([None]) == [None]


@pytest.mark.parametrize("text", ["1.234", "1,234", "-12.345", "999,000"])
def test_what_can_be_thousands_or_decimals_is_refused_without_a_declaration(text: str) -> None:
    assert parsed([text]) == ["ambiguous-number"]


def test_one_meaning_needs_no_declaration() -> None:
    assert parsed(["8.34", "0.123", "1234.567", "10807.0", "1,234.5", "1,234,567"]) == [
        8.34,
        0.123,
        1234.567,
        10807.0,
        1234.5,
        1234567.0,
    ]
    assert parsed(["8,34", "0,123", "1.234,5", "1.234.567"]) == [8.34, 0.123, 1234.5, 1234567.0]


def test_an_ambiguous_cell_stays_ambiguous_beside_clear_ones() -> None:
    assert parsed(["8.34", "1.234"]) == [8.34, "ambiguous-number"]


def test_a_column_that_mixes_point_and_comma_is_refused_where_it_does() -> None:
    assert parsed(["8.34", "8,34", "12"]) == ["mixed-numbers", "mixed-numbers", 12]


def test_the_declared_format_decides() -> None:
    assert parsed(["1.234", "29,84", "1.234,5", "0,5"], "id") == [1234, 29.84, 1234.5, 0.5]
    assert parsed(["1.234", "29.84", "1,234.5", "0.5"], "en") == [1.234, 29.84, 1234.5, 0.5]


def test_the_other_format_is_refused_once_one_is_declared() -> None:
    assert parsed(["29.84", "1,234.5"], "id") == ["other-format-id", "other-format-id"]
    assert parsed(["29,84", "1.234,5"], "en") == ["other-format-en", "other-format-en"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-", "placeholder"),
        ("–", "placeholder"),
        ("n.a.", "placeholder"),
        ("N/A", "placeholder"),
        ("NaN", "placeholder"),
        ("tidak ada", "placeholder"),
        ("29,84 %", "percent-sign"),
        ("29,84 persen", "percent-sign"),
        ("Rp 1.000", "currency"),
        ("Rp16.800", "currency"),
        ("#DIV/0!", "formula-error"),
        ("#N/A", "formula-error"),
        ("#ERROR", "formula-error"),
        ("Err:502", "formula-error"),
        ("inf", "not-a-number"),
        ("1e5", "not-a-number"),
        ("1.23.456", "not-a-number"),
        ("12 orang", "not-a-number"),
        ("0x10", "not-a-number"),
        ("1_000", "not-a-number"),
        ("٣", "not-a-number"),
        ("+5", "not-a-number"),
    ],
)
@pytest.mark.parametrize("numbers", [None, "id", "en"])
def test_what_is_no_number_has_a_reason_of_its_own(
    text: str, code: str, numbers: Numbers | None
) -> None:
    assert parsed([text], numbers) == [code]


@given(st.decimals(-(10**9), 10**9, places=6, allow_nan=False).map(float))
def test_a_number_written_in_a_format_is_read_back_under_its_declaration(number: float) -> None:
    exact = float(f"{number:f}")
    assert parsed([written(number, ".", ",")], "id") == [exact]
    assert parsed([written(number, ",", ".")], "en") == [exact]


@given(st.text(alphabet="0123456789.,-", max_size=12))
def test_without_a_declaration_a_value_is_never_read_otherwise_than_under_one(text: str) -> None:
    [free], [as_id], [as_en] = parsed([text]), parsed([text], "id"), parsed([text], "en")
    if isinstance(free, float):
        assert free in (as_id, as_en)
        assert all(free == other for other in (as_id, as_en) if isinstance(other, float))


def documented() -> list[tuple[str, Numbers | None, str]]:
    """Each cell of the guide's table of numbers: what is written, the declaration, the result."""
    guide = Path(__file__).parents[3] / "docs" / "import.md"
    rows = re.findall(
        r"^\| `([0-9.,]+)` \| (.+?) \| (.+?) \| (.+?) \|$", guide.read_text(encoding="utf-8"), re.M
    )
    declarations: tuple[Numbers | None, ...] = (None, "id", "en")
    return [
        (row[0], numbers, result)
        for row in rows
        for numbers, result in zip(declarations, row[1:], strict=True)
    ]


def test_the_guide_has_a_table_of_numbers() -> None:
    assert len(documented()) == 24


@pytest.mark.parametrize(("text", "numbers", "result"), documented())
def test_numbers_are_read_as_the_guide_says(
    text: str, numbers: Numbers | None, result: str
) -> None:
    [read] = parsed([text], numbers)
    assert (isinstance(read, str) and "refused" in result) or str(result) == f"{read:.15g}"
