"""Two results side by side: differences sum to the change, and each has a cause."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.evaluation.differences import Sides, compare_results, greatest, movements
from awards.sdk import CategoryDefinition, Use
from tests.unit.evaluation.small import STEADY, book, category, criterion, group, leaf, run

RULES = book(*(criterion(code) for code in "abc"))
MIN_MAX, DOUBLE = Use(code="min-max"), Use(code="identity", parameters={"maximum": 200})

VALUE = st.one_of(st.none(), st.integers(0, 100).map(float))


def award(**changes: Any) -> CategoryDefinition:
    inner = {"aggregation": Use(code=changes.get("mean", "arithmetic"))}
    return category(
        group("inner", leaf("a", changes.get("weight", 1), missing="reweight"), leaf("b"), **inner),
        leaf("c", 1, missing=changes.get("missing", "zero"), scale=changes.get("scale", DOUBLE)),
    )


def compared(
    before: dict[str, list[Any]],
    after: dict[str, list[Any]],
    *,
    old: CategoryDefinition | None = None,
    new: CategoryDefinition | None = None,
) -> pl.DataFrame:
    sides = Sides(old or award(), new or award())
    results = (
        run(sides.before, before, rulebook=RULES).results.lazy(),
        run(sides.after, after, rulebook=RULES).results.lazy(),
    )
    return compare_results(*results, sides, rulebook=RULES).collect()


def causes(table: pl.DataFrame, one: str = "A") -> dict[str, str | None]:
    row = table.filter(pl.col("id") == one).row(0, named=True)
    return {code: row[f"cause:{code}"] for code in "abc"}


@settings(STEADY, max_examples=25)
@given(
    first=st.lists(st.tuples(VALUE, st.integers(0, 100), VALUE), min_size=2, max_size=5),
    second=st.lists(st.tuples(VALUE, st.integers(0, 100), VALUE), min_size=2, max_size=5),
    mean=st.sampled_from(["arithmetic", "geometric"]),
    weight=st.sampled_from([1, 2, 5]),
)
def test_differences_of_contributions_sum_to_the_difference_of_totals(
    first: list[Any], second: list[Any], mean: str, weight: int
) -> None:
    data = [{code: [row[at] for row in rows] for at, code in enumerate("abc")}
            for rows in (first, second)]  # fmt: skip
    table = compared(data[0], data[1], new=award(mean=mean, weight=weight, scale=MIN_MAX))
    for row in table.filter(pl.col("fate").is_in(["up", "down", "same"])).iter_rows(named=True):
        shares = [row[f"difference:{code}"] for code in "abc"]
        assert sum(shares) == pytest.approx(row["after total"] - row["before total"], abs=1e-9)
        moved = [row[f"cause:{code}"] is not None for code in "abc"]
        assert moved == [abs(share) > 0.5e-9 for share in shares]


@settings(STEADY, max_examples=15)
@given(rows=st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=2, max_size=5))
def test_under_weighted_sums_points_and_weight_explain_everything(
    rows: list[tuple[int, int, int]],
) -> None:
    before = {code: [float(row[at]) for row in rows] for at, code in enumerate("abc")}
    after = {code: values[::-1] for code, values in before.items()}
    for row in compared(before, after, new=award(weight=7)).iter_rows(named=True):
        for code in "abc":
            split = row[f"by_points:{code}"] + row[f"by_weight:{code}"]
            assert split == pytest.approx(row[f"difference:{code}"], abs=1e-9)


SAME = {"a": [50.0, 60.0], "b": [50.0, 60.0], "c": [50.0, 60.0]}


def test_the_same_twice_has_no_cause() -> None:
    table = compared(SAME, SAME)
    assert causes(table) == {"a": None, "b": None, "c": None}
    assert table["fate"].to_list() == ["same", "same"]


def test_each_cause_is_told_from_the_others() -> None:
    assert causes(compared(SAME, SAME | {"b": [55.0, 60.0]})) == {
        "a": None,
        "b": "value",
        "c": None,
    }
    assert causes(compared(SAME, SAME | {"a": [None, 60.0]})) == {
        "a": "absence",
        "b": "weight",
        "c": None,
    }
    assert causes(compared(SAME, SAME, new=award(scale=MIN_MAX)))["c"] == "rules"
    assert causes(compared(SAME, SAME, new=award(weight=3))) == {
        "a": "weight",
        "b": "weight",
        "c": None,
    }
    uneven = SAME | {"a": [20.0, 60.0]}
    assert causes(compared(uneven, uneven, new=award(mean="geometric")))["a"] == "rest"


def test_the_same_value_among_other_candidates_is_the_cohorts_doing() -> None:
    scaled = award(scale=MIN_MAX)
    third = {code: [*values, 90.0] for code, values in SAME.items()}
    table = compared(SAME, third, old=scaled, new=scaled)
    assert causes(table, "B") == {"a": None, "b": None, "c": "cohort"}
    assert dict(table.select("id", "fate").iter_rows()) == {"A": "down", "B": "down", "C": "new"}


def test_another_policy_is_a_rule_for_those_alone_whom_it_concerns() -> None:
    lacking = SAME | {"c": [None, 60.0]}
    table = compared(lacking, lacking, new=award(missing="reweight"))
    assert causes(table, "A") == {"a": "weight", "b": "weight", "c": None}
    assert causes(table, "B") == {"a": None, "b": None, "c": None}


def test_who_comes_goes_enters_and_leaves_is_told_apart() -> None:
    before = {"id": ["A", "B", "C", "D"]} | {code: [50.0, 60.0, 70.0, 10.0] for code in "abc"}
    after = {
        "id": ["B", "C", "D", "E"],
        "a": [1.0] * 4,
        "b": [None, 80.0, 1.0, 2.0],
        "c": [1.0] * 4,
    }
    fates = dict(compared(before, after).select("id", "fate").iter_rows())
    assert fates == {"A": "gone", "B": "left", "C": "same", "D": "up", "E": "new"}
    back = dict(compared(after, before).select("id", "fate").iter_rows())
    assert back == {"A": "new", "B": "entered", "C": "same", "D": "down", "E": "gone"}


def test_a_criterion_of_one_run_alone_counts_as_nothing_in_the_other() -> None:
    two = category(group("inner", leaf("a", 2), leaf("b")))
    table = compared(SAME, SAME, new=two)
    row = table.row(0, named=True)
    assert (row["cause:c"], row["difference:c"]) == ("rules", -row["before contribution:c"])
    counts = movements(table.lazy(), ("a", "b", "c")).rows(named=True)
    assert [(each["criterion"], each["rules"], each["weight"]) for each in counts] == [
        ("a", 0, 2),
        ("b", 0, 2),
        ("c", 2, 0),
    ]


def test_the_greatest_moves_come_first() -> None:
    ids = {"id": ["A", "B", "C", "D"]}
    before = ids | {code: [90.0, 80.0, 70.0, 60.0] for code in "abc"}
    after = ids | {code: [65.0, 80.0, 70.0, 68.0] for code in "abc"}
    found = greatest(compared(before, after).lazy(), ["up", "down"], most=3)
    assert found["id"].to_list() == ["A", "D", "B"]
