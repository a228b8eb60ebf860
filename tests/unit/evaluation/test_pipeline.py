"""A population some rows at a time: how many is of no matter."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from awards.evaluation.digest import table_digest
from awards.evaluation.pipeline import evaluate
from tests.unit.evaluation import digest_of_a_made_up_run as made_up
from tests.unit.evaluation.small import book, category, criterion, leaf


@pytest.mark.parametrize("rows", [1, 7, 1_999, 2_000, 2_001])
def test_how_many_rows_are_read_at_once_changes_neither_results_nor_sources(rows: int) -> None:
    with pl.Config(streaming_chunk_size=rows):
        found = made_up.digest(0)
    assert found == made_up.digest(0)


def test_results_held_in_memory_are_those_that_are_computed_when_read() -> None:
    told = made_up.made_up().lazy(), made_up.DEFINITION
    held = evaluate(*told, rulebook=made_up.RULES)
    lean = evaluate(*told, rulebook=made_up.RULES, most_held=0)
    assert (held.held, lean.held) == (True, False)
    assert_frame_equal(held.results, lean.results)
    assert_frame_equal(held.sources, lean.sources)


def test_results_of_some_rows_or_columns_are_those_of_the_whole() -> None:
    rules, definition = book(criterion("a")), category(leaf("a"))
    table = pl.LazyFrame({"id": ["A", "B", "C"], "a": [1.0, 3.0, 2.0]})
    results = evaluate(table, definition, rulebook=rules).results
    found = results.filter(pl.col("place") > 1).select("id", "place").collect()
    assert found.rows() == [("A", 3), ("C", 2)]
    assert results.head(1).select("id").collect().rows() == [("A",)]


def test_results_read_twice_have_one_digest() -> None:
    results = evaluate(made_up.made_up().lazy(), made_up.DEFINITION, rulebook=made_up.RULES).results
    assert table_digest(results) == table_digest(results) == made_up.digest(0).split()[0]
