"""Points, policies for what is absent, and the way up the tree."""

from typing import Any

import pytest

from awards.evaluation.columns import OFF_SCALE, Standing
from awards.evaluation.errors import PluginFault, RunRefused
from awards.sdk import Parameters, Scale, Sentence, Use
from awards.sdk.compiled import Reason
from tests.unit.evaluation.small import book, category, column, criterion, group, leaf, rows, run

RANKED, LEFT_OUT = Standing.RANKED, Standing.NOT_ASSESSABLE
BANDS = Use(code="bands", parameters={"table": [[0, 20], [10, 80]]})
BY_SCALE = Use(code="bands", parameters={"keyed_by": "scale", "table": {"micro": [[0, 50]]}})


def arises_from(code: str, above: float) -> Any:
    return criterion(code, applicable=lambda i: ~(getattr(i, code) < above))


def test_missing_value_counts_as_zero_points_where_declared() -> None:
    found = run(category(leaf("a"), leaf("b", missing="zero")), {"a": [80, 80], "b": [None, 60]})
    assert rows(found, "raw:b", "points:b", "weight:b", "total", "place") == [
        (None, 0.0, 50.0, 40.0, 2),
        (60.0, 60.0, 50.0, 70.0, 1),
    ]
    assert found.sources.rows() == [("A", "b", "policy:zero")]


def test_missing_value_is_reweighted_away_where_declared() -> None:
    found = run(
        category(leaf("a", 3), leaf("b", 1, missing="reweight")), {"a": [80, 80], "b": [None, 60]}
    )
    assert rows(found, "points:b", "weight:a", "weight:b", "total") == [
        (None, 100.0, 0.0, 80.0),
        (60.0, 75.0, 25.0, 75.0),
    ]
    assert found.sources.rows() == [("A", "b", "policy:reweight")]


def test_missing_value_leaves_the_candidate_out_where_declared() -> None:
    found = run(category(leaf("a"), leaf("b")), {"a": [80, 80], "b": [None, 60]})
    assert rows(found, "standing", "place", "total", "points:a", "weight:a", "raw:a") == [
        (LEFT_OUT, None, None, None, None, 80.0),
        (RANKED, 1, 70.0, 80.0, 50.0, 80.0),
    ]
    assert found.sources.rows() == []


def test_missing_value_gets_the_points_of_the_cohort_median_where_declared() -> None:
    found = run(
        category(leaf("a"), leaf("b", missing="median")),
        {"a": [50, 50, 50, None, 50], "b": [None, 10, 30, 90, 60]},
    )
    assert column(found, "points:b") == [30.0, 10.0, 30.0, None, 60.0]
    assert column(found, "raw:b") == [None, 10.0, 30.0, 90.0, 60.0]
    assert found.sources.rows() == [("A", "b", "policy:median")]


def test_nobody_is_given_a_median_that_does_not_exist() -> None:
    found = run(category(leaf("a"), leaf("b", missing="median")), {"a": [50, 60], "b": [None] * 2})
    assert rows(found, "standing", "points:b", "total") == [(LEFT_OUT, None, None)] * 2


def test_median_that_the_scale_gives_no_points_is_not_quietly_reweighted() -> None:
    definition = category(leaf("a"), leaf("b", missing="median", scale=BY_SCALE))
    data = {"a": [50, 60, 70], "b": [1, None, None], "scale": ["micro", "micro", "large"]}
    found = run(definition, data)
    assert rows(found, "standing", "points:b") == [(RANKED, 50.0), (RANKED, 50.0), (LEFT_OUT, None)]


def test_zero_denominator_follows_the_policy_for_missing_values() -> None:
    definition = category(leaf("a"), leaf("b"))
    found = run(definition, {"a": [1.0], "b": [None]})
    assert column(found, "standing") == [LEFT_OUT]


def test_question_that_does_not_arise_is_reweighted_unless_declared_otherwise() -> None:
    rules = book(criterion("a"), arises_from("b", 10))
    data = {"a": [80, 80, 60], "b": [5, 40, 40]}
    found = run(category(leaf("a"), leaf("b")), data, rulebook=rules)
    assert rows(found, "raw:b", "points:b", "reason:b", "weight:a", "total") == [
        (None, None, Reason.NOT_APPLICABLE, 100.0, 80.0),
        (40.0, 40.0, Reason.MEASURED, 50.0, 60.0),
        (40.0, 40.0, Reason.MEASURED, 50.0, 50.0),
    ]
    assert found.sources.rows() == [("A", "b", "policy:reweight")]


def test_question_that_does_not_arise_leaves_out_where_declared() -> None:
    definition = category(leaf("a"), leaf("b", not_applicable="ineligible", missing="zero"))
    rules = book(criterion("a"), arises_from("b", 10))
    found = run(definition, {"a": [80, 80], "b": [5, None]}, rulebook=rules)
    assert column(found, "standing") == [LEFT_OUT, RANKED]


def test_question_that_does_not_arise_is_neither_zero_nor_median() -> None:
    rules = book(criterion("a"), arises_from("b", 10), arises_from("c", 10))
    definition = category(leaf("a"), leaf("b", missing="zero"), leaf("c", missing="median"))
    least = definition.model_copy(
        update={"tree": definition.tree.model_copy(update={"least_share": 0})}
    )
    found = run(least, {"a": [80, 80], "b": [5, 20], "c": [5, 20]}, rulebook=rules)
    assert rows(found, "points:b", "points:c", "place") == [(None, None, 1), (20.0, 20.0, 2)]


@pytest.mark.parametrize(("least", "standing"), [(0.0, RANKED), (0.6, RANKED), (0.61, LEFT_OUT)])
def test_candidate_is_left_out_when_less_than_the_least_share_of_weight_remains(
    least: float, standing: Standing
) -> None:
    leaves = (leaf("a", 0.1), leaf("b", 0.2), leaf("c", 0.3), leaf("d", 0.4, missing="reweight"))
    found = run(category(*leaves, least_share=least), {"a": [9], "b": [9], "c": [9], "d": [None]})
    assert column(found, "standing") == [standing]


def test_least_share_holds_in_every_group_of_the_tree() -> None:
    inner = group("inner", leaf("b", 1), leaf("c", 3, missing="reweight"), weight=1)
    found = run(category(leaf("a", 9), inner), {"a": [50, 50], "b": [50, 50], "c": [None, 50]})
    assert column(found, "standing") == [LEFT_OUT, RANKED]


def test_group_in_which_nothing_arises_is_reweighted_in_its_parent() -> None:
    rules = book(criterion("a"), criterion("d"), arises_from("b", 10), arises_from("c", 10))
    inner = group("inner", leaf("b"), leaf("c"), weight=2)
    data = {"a": [80, 80], "d": [60, 60], "b": [5, 50], "c": [5, 50]}
    found = run(category(leaf("a", 2), inner, leaf("d", 1)), data, rulebook=rules)
    names = ("standing", "value:inner", "weight:a", "weight:b", "weight:c", "weight:d", "total")
    third = 200 / 3
    assert [pytest.approx(row) for row in rows(found, *names)] == [
        (RANKED, None, third, 0.0, 0.0, third / 2, 220 / 3),
        (RANKED, 50.0, 40.0, 20.0, 20.0, 20.0, 64.0),
    ]


def test_group_whose_values_are_all_missing_leaves_out() -> None:
    inner = group("inner", leaf("b", missing="reweight"), least_share=0)
    found = run(category(leaf("a", 9), inner), {"a": [50], "b": [None]})
    assert rows(found, "standing", "value:all") == [(LEFT_OUT, None)]


def test_nothing_that_arises_at_all_leaves_out() -> None:
    found = run(category(leaf("a")), {"a": [5, 50]}, rulebook=book(arises_from("a", 10)))
    assert rows(found, "standing", "total") == [(LEFT_OUT, None), (RANKED, 50.0)]


@pytest.mark.parametrize(
    ("missing", "standing", "points", "total"),
    [
        ("zero", RANKED, 0.0, 40.0),
        ("reweight", RANKED, None, 80.0),
        ("ineligible", LEFT_OUT, None, None),
        ("median", LEFT_OUT, None, None),
    ],
)
def test_measured_value_that_the_scale_gives_no_points_follows_the_policy(
    missing: str, standing: Standing, points: float | None, total: float | None
) -> None:
    definition = category(leaf("a"), leaf("b", missing=missing, scale=BY_SCALE))
    data = {"a": [80, 80], "b": [1, 1], "scale": ["large", "micro"]}
    found = run(definition, data)
    names = ("raw:b", "reason:b", "standing", "points:b", "total")
    assert rows(found, *names) == [
        (1.0, OFF_SCALE, standing, points, total),
        (1.0, Reason.MEASURED, RANKED, 50.0, 65.0),
    ]


def test_cohort_holds_only_candidates_that_passed() -> None:
    definition = category(leaf("a", scale=Use(code="min-max")), leaf("b"))
    found = run(definition, {"a": [0, 10, 20, 100], "b": [50, 50, 50, None]})
    assert column(found, "points:a") == [0.0, 50.0, 100.0, None]


def test_less_is_better_turns_the_scale_around() -> None:
    rules = book(criterion("a", less_is_better=True))
    found = run(category(leaf("a", scale=Use(code="min-max"))), {"a": [0, 10, 20]}, rulebook=rules)
    assert rows(found, "points:a", "place") == [(100.0, 1), (50.0, 2), (0.0, 3)]


def test_bands_are_looked_up_from_their_lower_edges() -> None:
    found = run(category(leaf("a", scale=BANDS)), {"a": [-1, 0, 9.99, 10]})
    assert column(found, "points:a") == [0.0, 20.0, 20.0, 80.0]


class Nothing(Parameters):
    pass


def scale(points: Any) -> Scale:
    return Scale(
        code="odd",
        title={"en": "Odd"},
        parameters=Nothing,
        points=points,
        describe=lambda _, __: Sentence({"en": "Odd."}),
    )


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (lambda given, _: (given.value - 5).log(), "gives -inf points to candidate B"),
        (lambda given, _: (given.value - 6).log(), "gives nan points to candidate B"),
    ],
)
def test_points_that_are_no_number_refuse_the_run_and_name_scale_and_candidate(
    points: Any, said: str
) -> None:
    rules = book(criterion("a"), scales=(scale(points),))
    with pytest.raises(PluginFault, match=f"Scale 'odd' of criterion 'a' {said}"):
        run(category(leaf("a", scale=Use(code="odd"))), {"a": [9.0, 5.0]}, rulebook=rules)


def test_total_too_large_to_be_compared_exactly_is_refused_in_words() -> None:
    wide = Use(code="goalposts", parameters={"low": 0, "high": 1, "capped": False})
    with pytest.raises(RunRefused, match=r"candidate B.*too large"):
        run(category(leaf("a", scale=wide)), {"a": [1.0, 5e12]})


def test_column_of_nothing_but_missing_values_is_no_fault() -> None:
    found = run(category(leaf("a"), leaf("b", missing="zero")), {"a": [1.0], "b": [None]})
    assert rows(found, "total", "place") == [(0.5, 1)]


def test_ladder_sees_the_total_as_the_decimal_that_was_compared() -> None:
    edges = [round(99.9 - step / 10, 1) for step in range(999)]
    bands = [[f"b{at}", {"en": str(edge)}, edge] for at, edge in enumerate(edges)]
    ladders = (Use(code="bands", parameters={"bands": bands}),)
    found = run(
        category(leaf("a", 1 / 3), leaf("b", 2 / 3), ladders=ladders),
        {"id": [f"{at:04d}" for at in range(999)], "a": edges, "b": edges},
    )
    assert column(found, "title:0") == [f"b{at}" for at in range(999)]
