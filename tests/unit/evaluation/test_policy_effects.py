"""What other policies for an absent value would do to a candidate."""

from typing import Any

import polars as pl

from awards.evaluation.columns import Standing
from awards.evaluation.pipeline import evaluate
from awards.evaluation.policy_effects import PolicyEffect, policy_effects
from tests.unit.evaluation.small import book, category, criterion, leaf

RULES = book(criterion("a"), criterion("b", applicable=lambda i: ~(i.b < 0)))
TABLE = pl.LazyFrame(
    {
        "id": ["A", "B", "C", "D", "E"],
        "a": [80.0, 70.0, 60.0, 50.0, 90.0],
        "b": [None, 80.0, 70.0, 60.0, -1.0],
    }
)


def effects(candidate: str, **more: Any) -> tuple[PolicyEffect, ...]:
    definition = category(leaf("a"), leaf("b", **({"missing": "reweight"} | more)))
    results = evaluate(TABLE, definition, rulebook=RULES).results
    return policy_effects(
        TABLE, results, definition=definition, candidate=candidate, rulebook=RULES
    )


def test_every_policy_says_total_place_and_how_many_places_lower() -> None:
    found = [
        (each.policy, each.in_force, each.standing, each.points, each.total, each.place, each.lower)
        for each in effects("A")
    ]
    left_out = Standing.NOT_ASSESSABLE
    assert found == [
        ("reweight", True, Standing.RANKED, None, 80.0, 2, 0),
        ("ineligible", False, left_out, None, None, None, None),
        ("zero", False, Standing.RANKED, 0.0, 40.0, 5, 3),
        ("median", False, Standing.RANKED, 70.0, 75.0, 2, 0),
        ("mean", False, Standing.RANKED, 70.0, 75.0, 2, 0),
    ]


def test_policies_of_groups_are_tried_where_the_group_is_known() -> None:
    policies = [each.policy for each in effects("A", missing_by="sector")]
    assert policies[-2:] == ["group-median", "group-mean"]


def test_question_that_does_not_arise_has_policies_of_its_own() -> None:
    found = [(each.policy, each.in_force, each.place, each.lower) for each in effects("E")]
    assert found == [("reweight", True, 1, 0), ("ineligible", False, None, None)]


def test_candidate_that_lacks_nothing_or_is_not_there_has_no_effects() -> None:
    assert effects("B") == ()
    assert effects("Z") == ()
