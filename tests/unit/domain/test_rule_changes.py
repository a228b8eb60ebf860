"""The difference between two versions of rules reads like a list of what somebody did."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from awards.domain.definition import EditionDefinition
from awards.domain.rule_changes import Change, compare_definitions
from tests.unit.storage.samples import DEFINITION

LEAF = {"criterion": "school", "weight": 2.0, "scale": {"code": "identity"}}


def changed(change: Any) -> EditionDefinition:
    data = DEFINITION.model_dump(mode="json")
    change(data)
    return EditionDefinition.model_validate(data)


def told(after: EditionDefinition) -> list[str]:
    return [str(each) for each in compare_definitions(DEFINITION, after)]


def test_nothing_differs_from_itself() -> None:
    assert compare_definitions(DEFINITION, DEFINITION) == ()


def test_a_weight_is_told_by_category_group_and_criterion() -> None:
    def heavier(data: dict[str, Any]) -> None:
        data["categories"][0]["tree"]["children"][0]["weight"] = 2.0

    assert told(changed(heavier)) == [
        "categories › regency-city › tree › children › life › weight: 1.5 → 2"
    ]


def test_what_is_added_and_removed_is_named() -> None:
    def another(data: dict[str, Any]) -> None:
        data["categories"][0]["tree"]["children"] = [LEAF]
        data["categories"][0]["weights_source"] = {"en": "Decree 1"}

    place = "categories › regency-city"
    assert told(changed(another)) == [
        f"{place} › tree › children › life: removed: life",
        f"{place} › tree › children › school: added: school",
        f"{place} › weights_source: added: en Decree 1",
    ]


def test_another_order_is_a_change() -> None:
    def with_two(data: dict[str, Any]) -> None:
        data["categories"][0]["tree"]["children"].append(LEAF)

    def turned(data: dict[str, Any]) -> None:
        with_two(data)
        data["categories"][0]["tree"]["children"].reverse()

    [change] = compare_definitions(changed(with_two), changed(turned))
    path = ("categories", "regency-city", "tree", "children", "order")
    assert change == Change(path, "life, school", "school, life")


@given(st.floats(0.1, 9, allow_nan=False), st.sampled_from(["2024", "2025"]))
def test_there_and_back_again_are_mirror_images(weight: float, label: str) -> None:
    def other(data: dict[str, Any]) -> None:
        data["label"] = label
        data["categories"][0]["tree"]["children"][0]["weight"] = weight

    after = changed(other)
    there, back = compare_definitions(DEFINITION, after), compare_definitions(after, DEFINITION)
    assert [(one.path, one.after, one.before) for one in back] == [
        (one.path, one.before, one.after) for one in there
    ]
    assert bool(there) == (after != DEFINITION)
