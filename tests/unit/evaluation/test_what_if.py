"""A what-if gives what an evaluation under the changed definition gives."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.domain.definition import CategoryDefinition
from awards.domain.errors import Refused
from awards.evaluation.what_if import Changes, amend, rank_again, read_stored
from awards.sdk import Use
from tests.unit.evaluation.small import STEADY, book, category, criterion, group, leaf, run

DEFINITION = category(
    group("a", leaf("x", 3), leaf("y", 2, missing="reweight")),
    leaf("z", 4, missing="zero", scale=Use(code="min-max")),
    ladders=(Use(code="top-n"),),
)
RULES = book(*(criterion(code) for code in "xyz"))
POINTS = st.integers(0, 20).map(lambda fives: fives * 5.0) | st.none()
CHANGES = (
    Changes(weights={"x": 1.0, "z": 9.0}),
    Changes(weights={"a": 0.5}, scales={"x": Use(code="min-max")}),
    Changes(missing={"y": "zero", "z": "ineligible"}),
    Changes(aggregations={"all": Use(code="geometric")}),
)

Data = dict[str, list[float | None]]


def again(data: Data, changes: Changes) -> pl.DataFrame:
    results = run(DEFINITION, data).results.lazy()
    stored = read_stored(results, results.select("id"), DEFINITION)
    return rank_again(stored, amend(DEFINITION, changes), rulebook=RULES)


def evaluated(data: Data, definition: CategoryDefinition) -> list[tuple[object, ...]]:
    return run(definition, data).results.select("id", "place", "total", "title:0").rows()


@settings(STEADY, max_examples=20)
@given(st.data(), st.sampled_from(CHANGES))
def test_places_totals_and_titles_are_those_of_an_evaluation(
    draw: st.DataObject, changes: Changes
) -> None:
    count = draw.draw(st.integers(1, 8))
    data = {code: draw.draw(st.lists(POINTS, min_size=count, max_size=count)) for code in "xyz"}
    found = again(data, changes).select("id", "place", "total", "title").rows()
    assert found == evaluated(data, amend(DEFINITION, changes))


def test_what_the_run_said_stands_beside() -> None:
    data: Data = {"x": [90.0, 10.0], "y": [90.0, 10.0], "z": [10.0, 20.0]}
    found = again(data, Changes(weights={"z": 0.01}))
    assert found.select("before", "place", "title_before", "title").rows() == [
        (2, 1, "place-2", "place-1"),
        (1, 2, "place-1", "place-2"),
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (Changes(weights={"nothing": 1.0}), "'nothing' has no weight"),
        (Changes(weights={"all": 1.0}), "'all' has no weight"),
        (Changes(scales={"a": Use(code="min-max")}), "'a' has no scale"),
        (Changes(aggregations={"x": Use(code="geometric")}), "'x' has no aggregation"),
        (Changes(weights={"x": 0.0}), "above 0"),
        (Changes(weights={"x": float("nan")}), "above 0"),
    ],
)
def test_changes_that_a_definition_cannot_have_are_refused(changes: Changes, told: str) -> None:
    with pytest.raises(Refused, match=told):
        amend(DEFINITION, changes)
