"""Intervals, chances and groups beside the same computed by plain NumPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.domain.definition import CategoryDefinition, Robustness
from awards.domain.errors import Refused
from awards.evaluation.robustness.tree import make_tree
from awards.evaluation.robustness.weights import chunks_of, draw_weights
from awards.sdk import Use
from tests.unit.evaluation.robustness.vary import (
    ONLY_WEIGHTS,
    evaluate,
    plain_places,
    rows_of,
    vary,
)
from tests.unit.evaluation.small import STEADY, category, group, leaf

GEOMETRIC = Use(code="geometric")
TOP = (Use(code="top-n"),)
ANY = {"least_share": 0.0}
TREES = (
    category(leaf("x", 3), leaf("y", 2), leaf("z", missing="reweight"), ladders=TOP, **ANY),
    category(
        group("a", leaf("x", 3), leaf("y")), leaf("z", 2, missing="reweight"), ladders=TOP, **ANY
    ),
    category(
        group(
            "a", leaf("x", 3), leaf("z", missing="reweight"), aggregation=GEOMETRIC, weight=2, **ANY
        ),
        leaf("y"),
        ladders=TOP,
    ),
    category(
        group("a", leaf("x"), leaf("y", 2)),
        leaf("z", missing="reweight"),
        aggregation=GEOMETRIC,
        ladders=TOP,
        **ANY,
    ),
)
POINTS = st.integers(0, 10).map(lambda tens: tens * 10.0)
DRAWS = 90


@st.composite
def categories(
    draw: st.DrawFn,
) -> tuple[CategoryDefinition, dict[str, list[float | None]]]:
    count = draw(st.integers(2, 12))
    columns: dict[str, list[float | None]] = {
        code: draw(st.lists(POINTS, min_size=count, max_size=count)) for code in "xy"
    }
    columns["z"] = draw(st.lists(POINTS | st.none(), min_size=count, max_size=count))
    return draw(st.sampled_from(TREES)), columns


@STEADY
@given(categories())
def test_medians_intervals_and_chances_are_those_of_all_places_kept(
    drawn: tuple[CategoryDefinition, dict[str, list[float | None]]],
) -> None:
    definition, data = drawn
    results = evaluate(definition, data).results
    tree = make_tree(definition)
    places = []
    for chunk, size in enumerate(chunks_of(DRAWS)):
        for row in draw_weights(tree, size, concentration=100.0, seed=7, stream=(0, chunk)):
            weights = dict(zip(tree.codes, row, strict=True))
            places.append(plain_places(definition, results, weights))
    found = rows_of(vary(definition, data, draws=DRAWS))
    for own, following in zip(found, [*found[1:], None], strict=True):
        own_places = np.array([each[own["id"]] for each in places])
        said = np.quantile(own_places, (0.05, 0.5, 0.95), method="inverted_cdf")
        assert [own["low"], own["median"], own["high"]] == said.tolist()
        assert own["chance:place-1"] == (own_places == 1).mean()
        if following:
            other = np.array([each[following["id"]] for each in places])
            ahead = (own_places < other).mean() + (own_places == other).mean() / 2
            assert own["ahead"] == pytest.approx(ahead, abs=1e-12)


@STEADY
@given(categories())
def test_leaving_a_criterion_out_is_ranking_with_weight_zero(
    drawn: tuple[CategoryDefinition, dict[str, list[float | None]]],
) -> None:
    definition, data = drawn
    results = evaluate(definition, data).results
    found = {row["id"]: row for row in rows_of(vary(definition, data, draws=1))}
    weights = {each.code: each.weight for each in definition.tree.leaves()}
    weights |= {each.code: each.weight for each in definition.tree.groups()}
    without = results.with_columns(**{"points:x": None})
    expected = plain_places(definition, without, weights)
    if all(row["points:y"] is not None for row in results.to_dicts()):
        assert {one: row["without:x"] for one, row in found.items()} == expected


def test_who_is_best_on_every_criterion_is_first_in_every_draw() -> None:
    data = {"x": [99.0, 50.0, 60.0], "y": [98.0, 70.0, 20.0], "z": [97.0, 10.0, 90.0]}
    first = rows_of(vary(TREES[1], data, rules=Robustness(), draws=500))[0]
    assert (first["low"], first["median"], first["high"]) == (1, 1, 1)
    assert (first["chance:place-1"], first["ahead"], first["dominates"]) == (1.0, 1.0, 2)


def test_groups_begin_where_an_interval_no_longer_reaches_the_first_of_the_group() -> None:
    data = {"x": [90.0, 10.0, 52.0, 50.0], "y": [90.0, 10.0, 50.0, 53.1], "z": [90.0, 10, 50, 50]}
    found = rows_of(vary(TREES[0], data, draws=500))
    assert [(row["low"], row["high"], row["group"]) for row in found] == [
        (1, 1, 1),
        (2, 3, 2),
        (2, 3, 2),
        (4, 4, 3),
    ]


def test_tie_breakers_decide_in_draws_as_they_do_in_the_run() -> None:
    tied = category(leaf("x"), tie_breakers=("x",), ladders=TOP)
    broken = category(leaf("x"), leaf("y"), tie_breakers=("all", "y"), ladders=TOP)
    data = {"x": [50.0, 50.0, 40.0]}
    assert [row["high"] for row in rows_of(vary(tied, data))] == [1, 1, 3]
    found = rows_of(vary(broken, {"x": [40.0, 40.0, 1.0], "y": [40.0, 40.0, 2.0]}))
    assert [(row["low"], row["high"]) for row in found] == [(1, 1), (1, 1), (3, 3)]


def test_other_draws_than_were_asked_for_are_never_made() -> None:
    data = {"x": [1.0, 2.0], "y": [2.0, 1.0], "z": [1.0, 1.0]}
    for draws in (0, 100_000):
        with pytest.raises(Refused, match="draws"):
            vary(TREES[0], data, draws=draws)
    assert vary(TREES[0], data, draws=65).facts["draws"] == 65


def test_half_of_the_draws_keep_scales_and_aggregations() -> None:
    data = {"x": [1.0, 2.0], "y": [2.0, 1.0], "z": [1.0, 1.0]}
    schemes = vary(TREES[0], data, draws=101, rules=Robustness()).facts["schemes"]
    assert [each["draws"] for each in schemes] == [51, 8, 7, 7, 7, 7, 7, 7]
    assert schemes[0] == {"scale": "declared", "aggregation": "declared", "draws": 51}
    assert len(vary(TREES[0], data, rules=ONLY_WEIGHTS).facts["schemes"]) == 1


def test_bands_of_totals_are_drawn_one_by_one_and_say_so() -> None:
    bands = Use(
        code="bands", parameters={"bands": [["gold", {"en": "Gold"}, 60], ["none", {"en": "-"}, 0]]}
    )
    definition = category(leaf("x"), leaf("y"), ladders=(bands,))
    found = vary(definition, {"x": [90.0, 61.0, 10.0], "y": [80.0, 59.0, 10.0]}, draws=1000)
    first, second, third = rows_of(found)
    assert found.facts["titles"] == {"draws": 200}
    assert (first["chance:gold"], third["chance:gold"]) == (1.0, 0.0)
    assert 0.0 < second["chance:gold"] < 1.0
    assert second["chance:gold"] + second["chance:none"] == 1.0
