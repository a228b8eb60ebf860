"""What counts as equal, and what decides between equals."""

from hypothesis import given
from hypothesis import strategies as st

from awards.sdk import FullPoints
from tests.unit.evaluation.small import STEADY, category, column, group, leaf, rows, run


def test_count_of_criteria_with_full_points_breaks_a_tie() -> None:
    definition = category(leaf("a"), leaf("b"), tie_breakers=(FullPoints(),))
    data = {"a": [100, 80], "b": [60, 80]}
    found = run(definition, data)
    assert rows(found, "total", "tie:0", "place") == [(80.0, 1.0, 1), (80.0, 0.0, 2)]


def test_count_may_be_of_one_group_and_of_fewer_points_than_all() -> None:
    inner = group("inner", leaf("a"), leaf("b"))
    definition = category(inner, leaf("c"), tie_breakers=(FullPoints(points=60, of="inner"), "c"))
    data = {"a": [60, 90, 75], "b": [60, 30, 45], "c": [60, 60, 60]}
    assert rows(run(definition, data), "tie:0", "place") == [(2.0, 1), (1.0, 2), (1.0, 2)]


def test_everybody_within_the_margin_of_the_first_shares_its_place_then_the_rest() -> None:
    definition = category(leaf("a"), margin=1)
    found = run(definition, {"a": [90.0, 89.0, 88.9, 88.0, 87.8, 50.0]})
    assert column(found, "place") == [1, 1, 3, 3, 5, 6]


def test_tie_breakers_decide_among_those_within_the_margin() -> None:
    definition = category(leaf("a"), leaf("b"), margin=1, tie_breakers=("b",))
    found = run(definition, {"a": [90, 84, 60], "b": [90, 95, 60]})
    assert rows(found, "total", "place") == [(90.0, 2), (89.5, 1), (60.0, 3)]


@STEADY
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40), st.integers(1, 200))
def test_margin_places_are_those_of_the_greedy_rule_in_whole_numbers(
    tenths: list[int], margin: int
) -> None:
    ids = [f"N{at:03d}" for at in range(len(tenths))]
    definition = category(leaf("a"), margin=margin / 10)
    found = column(run(definition, {"id": ids, "a": [each / 10 for each in tenths]}), "place")
    leaders: list[int] = []
    for each in sorted(tenths, reverse=True):
        if not leaders or each < leaders[-1] - margin:
            leaders.append(each)
    led = [next(one for one in leaders if each >= one - margin and each <= one) for each in tenths]
    assert found == [1 + sum(other > mine for other in led) for mine in led]
