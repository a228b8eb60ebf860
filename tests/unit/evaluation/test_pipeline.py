"""A population in chunks: how many rows one has is of no matter."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.evaluation.pipeline import evaluate
from awards.sdk import Use
from tests.unit.evaluation import digest_of_a_made_up_run as made_up
from tests.unit.evaluation.small import (
    STEADY,
    Evaluated,
    book,
    category,
    criterion,
    evaluated,
    leaf,
)


def in_chunks(table: pl.DataFrame, rows: int) -> Evaluated:
    return evaluated(table, made_up.DEFINITION, rulebook=made_up.RULES, rows_at_once=rows)


@pytest.mark.parametrize("rows", [7, 199, 200, 201])
def test_size_of_chunks_changes_neither_results_nor_sources(rows: int) -> None:
    table = made_up.made_up().head(200)
    found, whole = in_chunks(table, rows), in_chunks(table, 10_000)
    assert found.results.equals(whole.results)
    assert found.sources.equals(whole.sources)


SPREAD = Use(code="min-max")
TREE = category(
    leaf("a", 2, scale=SPREAD, missing="median"),
    leaf("b", scale=SPREAD, missing="zero"),
    leaf("c", missing="reweight"),
    tie_breakers=("b",),
    ladders=(Use(code="top-n"),),
)
RULES = book(*(criterion(code) for code in "abc"))
VALUES = st.none() | st.integers(0, 4).map(float)


@STEADY
@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=12), st.integers(1, 13))
def test_places_and_titles_are_those_of_one_chunk(
    values: list[tuple[float | None, ...]], rows: int
) -> None:
    ids = [f"N{number:02}" for number in range(len(values))]
    given_ = {code: [each[at] for each in values] for at, code in enumerate("abc")}
    table = pl.DataFrame({"id": ids, **given_}, schema_overrides=dict.fromkeys("abc", pl.Float64))
    found, whole = (
        evaluated(table, TREE, rulebook=RULES, rows_at_once=size) for size in (rows, 100)
    )
    assert found.results.equals(whole.results)
    assert found.sources.equals(whole.sources)


def test_results_of_a_part_of_the_rows_or_columns_are_those_of_the_whole() -> None:
    definition = category(leaf("a"))
    table = pl.DataFrame({"id": ["A", "B", "C"], "a": [1.0, 3.0, 2.0]}).lazy()
    results = evaluate(table, definition, rulebook=RULES, rows_at_once=2).results
    assert results.filter(pl.col("place") > 1).select("id", "place").collect().rows() == [
        ("A", 3),
        ("C", 2),
    ]
    assert results.head(1).select("id").collect().rows() == [("A",)]
