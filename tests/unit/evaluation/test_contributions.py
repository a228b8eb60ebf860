"""Where the points of a total come from: nothing is left over, in any tree."""

from itertools import count
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.evaluation.contributions import add_contributions
from awards.sdk import Cap, CategoryDefinition, Group, Leaf, Use
from tests.unit.evaluation.small import STEADY, bundled, category, group, leaf, run

AGGREGATIONS = st.sampled_from(
    (
        *(Use(code=code) for code in ("arithmetic", "geometric", "harmonic", "weakest", "sum")),
        Use(code="power", parameters={"exponent": 0.5}),
        Use(code="power", parameters={"exponent": -3}),
        Use(code="sum", parameters={"maximum": 12}),
        Use(code="sum-over-most", parameters={"items": 2}),
    )
)
CAPS = st.sampled_from((None, Cap(by="cap", plus=5), Cap(by="cap", steps=((0, 40), (50, 90)))))
POLICIES = st.sampled_from(("reweight", "reweight", "zero", "median", "ineligible"))
POINTS = st.none() | st.sampled_from((0.0, 100.0)) | st.floats(0.0, 100.0, allow_subnormal=False)
WEIGHTS = st.integers(1, 20)


@st.composite
def trees(draw: st.DrawFn) -> CategoryDefinition:
    numbers = count()

    def branch(depth: int) -> Group | Leaf:
        code = f"n{next(numbers)}"
        if depth == 0 or draw(st.booleans()):
            return leaf(code, draw(WEIGHTS), missing=draw(POLICIES))
        children = [branch(depth - 1) for _ in range(draw(st.integers(1, 3)))]
        own = {"aggregation": draw(AGGREGATIONS), "weight": draw(WEIGHTS), "cap": draw(CAPS)}
        return group(code, *children, least_share=draw(st.sampled_from((0.0, 0.5))), **own)

    children = [branch(2) for _ in range(draw(st.integers(1, 3)))]
    tree = (*children, leaf("cap", missing="reweight"))
    return category(*tree, aggregation=draw(AGGREGATIONS), least_share=0.25)


@st.composite
def judged(draw: st.DrawFn) -> tuple[CategoryDefinition, dict[str, list[Any]]]:
    definition = draw(trees())
    height = draw(st.integers(1, 6))
    cells = st.lists(POINTS, min_size=height, max_size=height)
    return definition, {each.code: draw(cells) for each in definition.tree.leaves()}


def contributions(definition: CategoryDefinition, data: dict[str, list[Any]]) -> pl.DataFrame:
    typed = {code: pl.Series(values, dtype=pl.Float64) for code, values in data.items()}
    results = run(definition, typed).results.lazy()
    return add_contributions(results, definition, rulebook=bundled()).collect()


@settings(STEADY, max_examples=25)
@given(judged())
def test_contributions_sum_to_the_total_in_every_tree_and_only_ranked_candidates_have_them(
    case: tuple[CategoryDefinition, dict[str, list[Any]]],
) -> None:
    definition, data = case
    codes = [each.code for each in definition.tree.leaves()]
    for row in contributions(definition, data).iter_rows(named=True):
        parts = [row[f"contribution:{code}"] for code in codes]
        weights = [row[f"weight:{code}"] for code in codes]
        if row["place"] is None:
            assert parts == weights == [None] * len(codes)
            continue
        assert sum(parts) == pytest.approx(row["total"], abs=1e-8)
        assert sum(weights) == pytest.approx(100.0, abs=1e-9)
        for each in definition.tree.groups():
            children = [row[f"contribution:{child.code}"] for child in each.children]
            whole = row[f"contribution:{each.code}"]
            assert sum(children) == pytest.approx(whole, abs=1e-8)


def shares(definition: CategoryDefinition, data: dict[str, list[Any]]) -> list[tuple[Any, ...]]:
    names = [f"contribution:{each.code}" for each in definition.tree.leaves()]
    return contributions(definition, data).select("total", *names).rows()


def test_share_in_a_weighted_mean_is_weight_times_points() -> None:
    [row] = shares(category(leaf("a", 3), leaf("b", 1)), {"a": [80.0], "b": [40.0]})
    assert row == pytest.approx((70.0, 60.0, 10.0))


def test_criterion_that_was_reweighted_away_contributes_nothing() -> None:
    definition = category(leaf("a"), leaf("b", missing="reweight"))
    [row] = shares(definition, {"a": [80.0], "b": [None]})
    assert row == pytest.approx((80.0, 80.0, 0.0))


def test_zero_in_a_geometric_group_takes_the_whole_total() -> None:
    definition = category(leaf("a"), leaf("b"), aggregation=Use(code="geometric"))
    [row] = shares(definition, {"a": [100.0], "b": [0.0]})
    assert row == pytest.approx((0.0, 50.0, -50.0))


def test_points_beyond_a_hundred_are_accounted_for_too() -> None:
    wide = Use(code="goalposts", parameters={"low": 0, "high": 100, "capped": False})
    definition = category(leaf("a", 3, scale=wide), leaf("b", 1, scale=wide))
    [row] = shares(definition, {"a": [140.0], "b": [60.0]})
    assert row == pytest.approx((120.0, 105.0, 15.0))
