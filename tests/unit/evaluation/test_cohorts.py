"""Cohorts apart, denominators, outliers drawn in, what stands in, and enough being known."""

from typing import Any

import polars as pl
import pytest
from pydantic import ValidationError

from awards.domain.definition import Winsorize
from awards.evaluation.columns import OFF_SCALE, Standing
from awards.evaluation.errors import RunRefused
from awards.sdk import Use
from awards.sdk.compiled import Reason
from tests.unit.evaluation.small import book, category, column, criterion, leaf, rows, run

RANKED, LEFT_OUT = Standing.RANKED, Standing.NOT_ASSESSABLE
MIN_MAX, RANK = Use(code="min-max"), Use(code="rank")
RUBRIC = {"step": 25, "maximum": 100}


def test_candidates_are_compared_with_those_of_their_own_sector_where_declared() -> None:
    definition = category(leaf("a", scale=MIN_MAX, cohort="sector"))
    data = {"a": [0, 10, 20, 1000, 2000, 7], "sector": ["x", "x", "x", "y", "y", None]}
    assert rows(run(definition, data), "points:a", "reason:a", "standing") == [
        (0.0, Reason.MEASURED, RANKED),
        (50.0, Reason.MEASURED, RANKED),
        (100.0, Reason.MEASURED, RANKED),
        (0.0, Reason.MEASURED, RANKED),
        (100.0, Reason.MEASURED, RANKED),
        (None, OFF_SCALE, LEFT_OUT),
    ]


def test_cohorts_of_nobody_are_no_fault() -> None:
    definition = category(leaf("a", scale=MIN_MAX, cohort="sector"), leaf("b", missing="mean"))
    found = run(definition, {"a": [None, None], "b": [None, 1], "sector": ["x", "y"]})
    assert column(found, "standing") == [LEFT_OUT, LEFT_OUT]


def test_ranks_are_taken_apart_by_cohort_and_leave_out_who_is_not_eligible() -> None:
    definition = category(leaf("a", scale=RANK, cohort="sector"), leaf("b"))
    sectors = ["x", "y", "x", "y", "x"]
    found = run(definition, {"a": [1, 9, 3, 8, 2], "b": [0, 0, 0, 0, None], "sector": sectors})
    assert column(found, "points:a") == [0.0, 100.0, 100.0, 0.0, None]


def test_raw_values_that_differ_by_float_noise_alone_share_a_rank() -> None:
    found = run(category(leaf("a", scale=RANK)), {"a": [0.1 + 0.2, 0.3, 0.1]})
    assert column(found, "points:a") == [100.0, 100.0, 0.0]


def test_raw_value_is_divided_by_an_indicator_where_declared() -> None:
    definition = category(
        leaf("a", denominator="workers", missing="zero", scale=Use(code="identity"))
    )
    rules = book(criterion("a"), criterion("workers"))
    rules = _knowing(rules, "workers")
    data = {"a": [50, 50, 50, None], "workers": [2, 0, None, 5]}
    found = run(definition, data, rulebook=rules)
    assert rows(found, "raw:a", "reason:a", "points:a") == [
        (25.0, Reason.MEASURED, 25.0),
        (None, Reason.ZERO_DENOMINATOR, 0.0),
        (None, Reason.MISSING, 0.0),
        (None, Reason.MISSING, 0.0),
    ]


def test_raw_value_is_divided_by_another_criterion_where_declared() -> None:
    rules = book(criterion("a"), criterion("b", measure=lambda i: i.b * 2.0))
    definition = category(leaf("a", denominator="b"), leaf("b"))
    found = run(definition, {"a": [50.0], "b": [5.0]}, rulebook=rules)
    assert rows(found, "raw:a", "raw:b") == [(5.0, 10.0)]


def _knowing(rules: Any, code: str) -> Any:
    indicators = {each.code: each for each in rules.criteria[code].inputs}
    return rules.__class__(**{**vars(rules), "indicators": {**rules.indicators, **indicators}})


def test_outlier_is_drawn_in_and_the_run_says_from_what_to_what() -> None:
    values = [*range(1, 11), 30, 1000]
    definition = category(leaf("a", scale=MIN_MAX, winsorize=Winsorize(most=2)))
    found = run(definition, {"a": values})
    assert column(found, "raw:a") == values
    assert column(found, "treated:a") == [*range(1, 11), 30, 30]
    assert column(found, "points:a")[-2:] == [100.0, 100.0]
    assert found.sources.rows() == [("L", "a", "winsorized", 1000.0, 30.0)]


def test_what_stands_in_is_made_of_drawn_in_values_and_listed_beside_outliers() -> None:
    values = [*range(1, 11), 30, 1000, None]
    declared = leaf("a", winsorize=Winsorize(most=1), missing="mean", scale=MIN_MAX)
    found = run(category(declared, leaf("b")), {"a": values, "b": [5] * 13})
    mean = (sum(range(1, 11)) + 30 + 30) / 12
    assert column(found, "points:a")[-1] == pytest.approx(100 * (mean - 1) / 29)
    assert found.sources.rows() == [
        ("L", "a", "winsorized", 1000.0, 30.0),
        ("M", "a", "policy:mean", None, None),
    ]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("mean", 40.0), ("median", 30.0), ("group-mean", 20.0), ("group-median", 20.0)],
)
def test_missing_value_gets_the_mean_or_median_of_everybody_or_of_its_group(
    policy: str, expected: float
) -> None:
    definition = category(leaf("a"), leaf("b", missing=policy, missing_by="sector"))
    data = {
        "a": [50] * 5,
        "b": [10, 30, 30, 90, None],
        "sector": ["x", "x", "y", "y", "x"],
    }
    found = run(definition, data)
    assert column(found, "points:b") == [10.0, 30.0, 30.0, 90.0, expected]
    assert found.sources.rows() == [("E", "b", f"policy:{policy}")]


def test_nobody_is_given_the_mean_of_a_group_in_which_nobody_has_a_value() -> None:
    definition = category(leaf("a"), leaf("b", missing="group-mean", missing_by="sector"))
    data = {"a": [1, 1, 1], "b": [10, None, None], "sector": ["x", "y", None]}
    assert column(run(definition, data), "standing") == [RANKED, LEFT_OUT, LEFT_OUT]


def test_policy_of_a_group_must_say_which_group() -> None:
    with pytest.raises(ValidationError, match="needs missing_by"):
        leaf("a", missing="group-mean")


def test_value_off_the_rubric_stops_the_run_and_is_named() -> None:
    definition = category(leaf("a", scale=Use(code="rubric", parameters=RUBRIC)))
    with pytest.raises(RunRefused, match="Candidate B has 26 in criterion 'a', which its scale"):
        run(definition, {"a": [25, 26]})


def test_value_off_the_rubric_of_a_candidate_that_is_left_out_stops_nothing() -> None:
    definition = category(leaf("a", scale=Use(code="rubric", parameters=RUBRIC)), leaf("b"))
    assert column(run(definition, {"a": [25, 26], "b": [1, None]}), "points:a") == [25.0, None]


def test_value_off_the_rubric_counts_as_missing_where_declared() -> None:
    scale = Use(code="rubric", parameters={**RUBRIC, "off_steps": "missing"})
    found = run(category(leaf("a", scale=scale, missing="zero")), {"a": [25, 26]})
    assert rows(found, "points:a", "reason:a") == [(25.0, Reason.MEASURED), (0.0, OFF_SCALE)]


@pytest.mark.parametrize(("least", "standing"), [(0.6, RANKED), (2 / 3, RANKED), (0.67, LEFT_OUT)])
def test_candidate_of_which_too_little_is_known_is_not_assessable(
    least: float, standing: Standing
) -> None:
    definition = category(leaf("a"), leaf("b"), leaf("c", missing="zero"), least_availability=least)
    found = run(definition, {"a": [1, 1], "b": [1, 1], "c": [None, 1]})
    assert column(found, "standing") == [standing, RANKED]


def test_criterion_that_does_not_arise_is_not_counted_as_unknown() -> None:
    rules = book(criterion("a"), criterion("b", applicable=lambda i: i.b > 10))
    definition = category(leaf("a"), leaf("b"), least_availability=1.0)
    found = run(definition, {"a": [1, 1], "b": [5, 50]}, rulebook=rules)
    assert column(found, "standing") == [RANKED, RANKED]


def test_definition_that_uses_nothing_of_this_is_written_as_it_always_was() -> None:
    data = category(leaf("a")).model_dump(mode="json")
    assert set(data["tree"]["children"][0]) == {
        "criterion",
        "weight",
        "scale",
        "parameters",
        "missing",
        "not_applicable",
    }
    assert "least_availability" not in data


def test_cohorts_and_outliers_do_not_depend_on_the_order_of_rows() -> None:
    values = [((at * 7919) % 997) / 9.97 for at in range(300)]
    table = pl.DataFrame(
        {
            "id": [f"N{at:03}" for at in range(300)],
            "a": [value if at % 13 else None for at, value in enumerate(values)],
            "b": [value**3 if at % 50 else 1e9 for at, value in enumerate(values)],
            "sector": ["xyz"[at % 3] for at in range(300)],
        }
    )
    z = Use(code="z-score", parameters={"normal_cdf": True})
    definition = category(
        leaf("a", scale=z, cohort="sector", missing="group-mean", missing_by="sector"),
        leaf("b", scale=z, winsorize=Winsorize(most=10)),
    )
    plain = run(definition, table.to_dict(as_series=True))
    shuffled = table.sample(fraction=1, shuffle=True, seed=1)
    again = run(definition, shuffled.to_dict(as_series=True))
    assert again.results.equals(plain.results)
    assert again.sources.equals(plain.sources)
