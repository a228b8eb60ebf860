"""Ladders over a whole category: places within an attribute, floors, mentions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.evaluation.errors import RunRefused
from awards.sdk import Use
from tests.unit.evaluation.small import STEADY, category, column, leaf, run


def top(**parameters: object) -> Use:
    return Use(code="top-n", parameters=parameters)


def test_first_of_each_sector_gets_the_title_and_those_without_one_do_not() -> None:
    ladder = top(titles=[{"en": "Best"}], within="sector")
    data = {"a": [90, 80, 80, 70, 99], "sector": ["mining", "trade", "trade", "mining", None]}
    found = run(category(leaf("a"), ladders=(ladder,)), data)
    assert column(found, "title:0") == ["place-1", "place-1", "place-1", None, None]


@STEADY
@given(st.lists(st.integers(0, 100), min_size=1, max_size=20), st.integers(1, 100))
def test_no_title_is_given_below_the_floor(points: list[int], floor: int) -> None:
    ids = [f"N{at:03d}" for at in range(len(points))]
    ladder = top(least_total=floor)
    found = run(category(leaf("a"), ladders=(ladder,)), {"id": ids, "a": points})
    titled = zip(points, column(found, "title:0"), strict=True)
    assert all(title is None or each >= floor for each, title in titled)


def test_special_mention_goes_to_the_best_by_one_criterion() -> None:
    levels = [
        {"code": "winner", "words": {"en": "Winner"}, "place": 1},
        {"code": "mention", "words": {"en": "Mention"}, "place": 1, "of": "b", "least": 50},
    ]
    ladder = Use(code="levels", parameters={"levels": levels})
    found = run(category(leaf("a"), leaf("b"), ladders=(ladder,)), {"a": [90, 10], "b": [40, 70]})
    assert column(found, "title:0") == ["winner", "mention"]


def test_ladder_that_reads_what_the_category_does_not_have_is_refused() -> None:
    ladder = top(within="altitude")
    with pytest.raises(RunRefused, match="asks for the attribute 'altitude'"):
        run(category(leaf("a"), ladders=(ladder,)), {"a": [1.0]})
