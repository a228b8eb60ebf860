"""A group reaches no more than another node of the tree allows."""

from typing import Any

import pytest
from pydantic import ValidationError

from awards.sdk import Cap, CategoryDefinition
from tests.unit.evaluation.small import category, column, group, leaf, rows, run
from tests.unit.evaluation.test_contributions import shares


def capped(**how: Any) -> CategoryDefinition:
    inner = group("inner", leaf("a"), leaf("b"), cap=Cap(**how), weight=3)
    return category(inner, group("other", leaf("c")))


def test_group_is_capped_by_the_points_of_a_criterion_and_its_children_bear_it_alike() -> None:
    data = {"a": [90.0], "b": [60.0], "c": [50.0]}
    [row] = rows(run(capped(by="c"), data), "value:inner", "total")
    assert row == (50.0, 50.0)
    assert shares(capped(by="c"), data)[0] == pytest.approx((50.0, 22.5, 15.0, 12.5))


def test_cap_above_the_value_changes_nothing() -> None:
    data = {"a": [90.0, 90.0], "b": [60.0, 60.0], "c": [50.0, 80.0]}
    found = run(capped(by="other", plus=10), data)
    assert column(found, "value:inner") == [60.0, 75.0]


def test_node_without_points_does_not_cap() -> None:
    inner = group("inner", leaf("a"), cap=Cap(by="b"))
    found = run(
        category(inner, leaf("b", missing="reweight")), {"a": [90.0, 90.0], "b": [None, 40.0]}
    )
    assert column(found, "value:inner") == [90.0, 40.0]


def test_steps_of_a_cap_belong_to_the_step_above_their_edge_whatever_the_noise() -> None:
    data = {"a": [90.0] * 4, "b": [90.0] * 4, "c": [0.0, 49.9999999, 50 - 1e-13, 50.0]}
    found = run(capped(by="c", steps=((0, 20), (50, 70))), data)
    assert column(found, "value:inner") == [20.0, 20.0, 70.0, 70.0]


def test_group_may_be_capped_by_one_of_its_own_children() -> None:
    inner = group("inner", leaf("a", 3), leaf("b"), cap=Cap(by="b"))
    assert rows(run(category(inner), {"a": [90.0], "b": [20.0]}), "total") == [(20.0,)]


@pytest.mark.parametrize(
    ("cap", "said"),
    [
        ({"by": "z"}, "capped by what is not in the tree: z"),
        ({"by": "all"}, "cap each other: all, inner"),
        ({"by": "inner"}, "cap each other: all, inner"),
        ({"by": "c", "steps": ((10, 20),)}, "start at 0"),
        ({"by": "c", "steps": ((0, 20),), "plus": 3}, "either steps or plus"),
    ],
)
def test_cap_that_cannot_be_is_refused(cap: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        capped(**cap)


def test_definition_without_a_cap_keeps_its_form() -> None:
    assert "cap" not in category(leaf("a")).model_dump(mode="json")["tree"]
