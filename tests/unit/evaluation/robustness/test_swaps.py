"""The weight that makes two neighbors level: on either side of it the order differs."""

from itertools import pairwise

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from awards.domain.definition import CategoryDefinition
from awards.evaluation.what_if import Changes, amend, rank_again, read_stored
from tests.unit.evaluation.robustness.vary import evaluate, rows_of, rules_of, vary
from tests.unit.evaluation.small import STEADY, category, group, leaf

TREE = category(
    group("a", leaf("x", 3), leaf("y", 2), weight=5),
    leaf("z", 2, missing="reweight"),
    leaf("w", 1),
    least_share=0.0,
)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[float | None]]:
    dice = np.random.default_rng(draw(st.integers(0, 10_000)))
    found: dict[str, list[float | None]] = {
        code: dice.integers(0, 1001, 6).astype(float).__truediv__(10).tolist() for code in "xywz"
    }
    if draw(st.booleans()):
        found["z"][draw(st.integers(0, 5))] = None
    return found


def gap(
    definition: CategoryDefinition, data: dict[str, list[float | None]], node: str, weight: float
) -> dict[str, float]:
    """Totals under another weight of *node*, by id."""
    results = evaluate(definition, data).results.lazy()
    stored = read_stored(results, results.select("id"), definition)
    changed = amend(definition, Changes(weights={node: weight}))
    again = rank_again(stored, changed, rulebook=rules_of(definition))
    return dict(again.select("id", "total").iter_rows())


@settings(STEADY, max_examples=15)
@given(tables())
def test_just_before_the_weight_the_order_holds_and_just_after_it_is_reversed(
    data: dict[str, list[float | None]],
) -> None:
    found = rows_of(vary(TREE, data, draws=1))
    declared = {"x": 3.0, "y": 2.0, "a": 5.0, "z": 2.0, "w": 1.0}
    swapped = [
        (one, two)
        for one, two in pairwise(found)
        if one["swap_weight"] is not None and one["swap_weight"] < 1e4
    ]
    assume(swapped)
    for one, two in swapped[:2]:
        node, level = one["swap_node"], one["swap_weight"]
        step = (level - declared[node]) * 1e-4
        before, at, after = (
            gap(TREE, data, node, weight) for weight in (level - step, level, level + step)
        )
        assert before[one["id"]] > before[two["id"]]
        assert abs(at[one["id"]] - at[two["id"]]) < 1e-8
        assert after[one["id"]] < after[two["id"]]


def test_the_smallest_of_all_changes_is_told() -> None:
    """x 60 against 50, y 40 against 48: with y = 1, level at x · 10 = 8, so at 0.8."""
    definition = category(leaf("x", 1), leaf("y", 1))
    first = rows_of(vary(definition, {"x": [60.0, 50.0], "y": [40.0, 48.0]}, draws=1))[0]
    assert (first["swap_node"], round(first["swap_weight"], 9)) == ("x", 0.8)
    assert round(first["swap_change"], 9) == round((0.5 - 0.8 / 1.8) * 100, 9)


def test_neighbors_that_are_level_or_dominate_have_no_such_weight() -> None:
    definition = category(leaf("x", 1), leaf("y", 1))
    found = rows_of(vary(definition, {"x": [60.0, 50.0, 50.0], "y": [60.0, 50.0, 50.0]}, draws=1))
    assert [row["swap_node"] for row in found] == [None, None, None]


def test_weights_within_a_geometric_mean_are_left_alone() -> None:
    definition = category(
        group("g", leaf("x"), leaf("y"), aggregation={"code": "geometric"}), leaf("z", 2)
    )
    data = {"x": [60.0, 50.0], "y": [40.0, 48.0], "z": [50.0, 51.5]}
    first = rows_of(vary(definition, data, draws=1))[0]
    assert first["swap_node"] in {"g", "z", None}
