"""The canonical encoding, against the one that the docs print, which shares no code with it."""

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.domain.canonical import quantize
from awards.evaluation.digest import table_digest
from awards.evaluation.errors import RunRefused
from tests.unit.evaluation.small import STEADY

QUANTA = 10**9
INTEGERS = st.integers(-(2**63), 2**63 - 1)
NEAR_HALVES = st.integers(-(10**12), 10**12).map(lambda number: (2 * number + 1) / (2 * QUANTA))
FLOATS = (
    st.floats(-5e12, 5e12, allow_nan=False)
    | st.floats(-1e-8, 1e-8, allow_nan=False)
    | st.floats(-(2.0**62), 2.0**62)
    | NEAR_HALVES
)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


PAGE = Path(__file__).parents[3] / "docs" / "run-format.md"


@cache
def documented() -> Callable[[list[tuple[str, str, list[Any]]], int], str]:
    """The encoder that the page about the run format prints."""
    [example] = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    found: dict[str, Any] = {}
    exec(example, found)
    return found["table_digest"]  # type: ignore[no-any-return]


def second_digest(columns: dict[str, tuple[str, list[Any]]]) -> str:
    height = len(next(iter(columns.values()))[1]) if columns else 0
    return documented()([(name, *column) for name, column in columns.items()], height)


DTYPES = {"i": pl.Int64, "f": pl.Float64, "s": pl.String}
VALUES = {"i": INTEGERS, "f": FLOATS, "s": TEXTS}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, tuple[str, list[Any]]]:
    height = draw(st.integers(0, 20))
    names = draw(st.lists(TEXTS.filter(bool), max_size=5, unique=True))
    found = {}
    for name in names:
        dtype = draw(st.sampled_from("ifs"))
        cells = st.lists(st.none() | VALUES[dtype], min_size=height, max_size=height)
        found[name] = (dtype, draw(cells))
    return found


def table_of(columns: dict[str, tuple[str, list[Any]]]) -> pl.DataFrame:
    return pl.DataFrame(
        [pl.Series(name, values, dtype=DTYPES[dtype]) for name, (dtype, values) in columns.items()]
    )


@STEADY
@given(tables())
def test_a_second_encoder_gives_the_same_digest(columns: dict[str, tuple[str, list[Any]]]) -> None:
    assert table_digest(table_of(columns)) == second_digest(columns)


@STEADY
@given(tables())
def test_compiled_encoder_gives_the_same_digest(columns: dict[str, tuple[str, list[Any]]]) -> None:
    assert table_digest(table_of(columns), many=0) == second_digest(columns)


@STEADY
@given(tables(), st.integers(1, 21))
def test_table_has_one_digest_however_many_rows_are_read_at_once(
    columns: dict[str, tuple[str, list[Any]]], rows: int
) -> None:
    table = table_of(columns)
    assert table_digest(table, rows_at_once=rows) == table_digest(table)


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_scanned_file_has_the_digest_of_its_table(rows: int, tmp_path: Path) -> None:
    numbers = range(1000)
    table = pl.DataFrame(
        {"id": [f"{n:04}" for n in numbers], "x": [n / 7 for n in numbers], "n": numbers}
    )
    table.write_parquet(tmp_path / "table.parquet", row_group_size=64)
    scanned = pl.scan_parquet(tmp_path / "table.parquet")
    assert table_digest(scanned, rows_at_once=rows) == table_digest(table)


@STEADY
@given(st.lists(NEAR_HALVES, min_size=1, max_size=50))
def test_numbers_next_to_half_a_unit_are_rounded_as_they_are_not_as_they_look(
    values: list[float],
) -> None:
    table, expected = table_of({"x": ("f", values)}), second_digest({"x": ("f", values)})
    assert table_digest(table) == table_digest(table, many=0) == expected


@given(FLOATS)
def test_quantized_value_is_the_exact_integer(value: float) -> None:
    assert quantize(value) == round(Fraction(value) * QUANTA)


def test_known_table_has_the_digest_it_always_had() -> None:
    table = pl.DataFrame(
        {
            "id": ["35.01", "35.02", None],
            "place": pl.Series([1, None, -2], dtype=pl.Int32),
            "total": [84.14, -0.0000000005, None],
        }
    )
    assert table_digest(table) == KNOWN


KNOWN = "041214ee0ac98588ee340ead64004460936f7d43a5a6bdc20831859036e11c87"


@pytest.mark.parametrize(
    ("dtype", "values"),
    [(pl.Int8, [1, None, 3]), (pl.Int32, [1, None, 3]), (pl.UInt8, [1, None, 3])],
)
def test_width_of_integers_is_of_no_matter(dtype: Any, values: list[int | None]) -> None:
    assert table_digest(pl.DataFrame([pl.Series("x", values, dtype=dtype)])) == second_digest(
        {"x": ("i", values)}
    )


def test_chunks_are_of_no_matter() -> None:
    one, other = pl.DataFrame({"x": [1.5, None]}), pl.DataFrame({"x": [2.5]})
    assert table_digest(pl.concat([one, other], rechunk=False)) == table_digest(
        pl.DataFrame({"x": [1.5, None, 2.5]})
    )


def test_difference_below_half_a_unit_is_not_seen_and_one_above_is() -> None:
    base, below, above = (
        table_digest(pl.DataFrame({"x": [value]})) for value in (84.0, 84.0000000004, 84.0000000006)
    )
    assert base == below
    assert base != above


@pytest.mark.parametrize(
    "pair",
    [
        ({"x": [1.0]}, {"x": [1]}),
        ({"x": [1], "y": [2]}, {"y": [2], "x": [1]}),
        ({"x": ["ab", "c"]}, {"x": ["a", "bc"]}),
        ({"x": [1, 2]}, {"x": [2, 1]}),
        ({"x": [0, 1]}, {"x": [None, 1]}),
        ({"x": ["", "a"]}, {"x": [None, "a"]}),
        ({"x": [0.0, 1.5]}, {"x": [None, 1.5]}),
    ],
)
def test_tables_that_mean_different_things_have_different_digests(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    one, other = (table_digest(pl.DataFrame(each)) for each in pair)
    assert one != other


@pytest.mark.parametrize("many", [0, 10])
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([float("nan")], "'x' holds a value that is not a finite number"),
        ([float("inf")], "'x' holds a value that is not a finite number"),
        ([2.0**63], "'x' holds a number of 2⁶³ or more"),
        ([-1e300], "'x' holds a number of 2⁶³ or more"),
        ([True], "'x' has type Boolean"),
    ],
)
def test_value_without_an_encoding_is_refused(values: list[Any], said: str, many: int) -> None:
    with pytest.raises(RunRefused, match=said):
        table_digest(pl.DataFrame({"x": values}), many=many)
