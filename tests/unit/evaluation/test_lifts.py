"""What would lift a candidate: every answer is evaluated again, and so is one step less."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.evaluation.lifts import PLACE, LiftSearch, facts_of, natural_levers, step_of
from awards.evaluation.recomputing import Recomputed
from awards.evaluation.trials import Change, Rivals, Trials, depends_on_others, title_steps
from awards.sdk import (
    MISSING,
    CategoryDefinition,
    Indicator,
    Leaf,
    Use,
    at_least,
    ratio,
)
from awards.sdk.rulebook import RuleBook
from tests.unit.evaluation.small import (
    STEADY,
    book,
    category,
    criterion,
    evaluated,
    gate,
    indicator,
    leaf,
)

PEOPLE = [
    Indicator(code=code, title={"en": code}, type=int, unit="people", minimum=0)
    for code in ("insured", "workers")
]
MONTHS = Indicator(code="months", title={"en": "months"}, type=int, unit="months", maximum=12)
COVERAGE = criterion(
    "coverage",
    indicators=tuple(PEOPLE),
    measure=lambda i: ratio(i.insured, i.workers, when_zero=MISSING),
    unit="ratio",
)
PUNCTUAL = criterion("punctual", indicators=(MONTHS,), measure=lambda i: i.months)
POVERTY = criterion("poverty", less_is_better=True)
GAP = criterion("gap", measure=lambda i: at_least(100.0 - i.gap, 0.0))
RULES = book(COVERAGE, PUNCTUAL, POVERTY, GAP)

WHOLE = Use(code="goalposts", parameters={"low": 0, "high": 1})
STEPS = Use(code="bands", parameters={"table": [[3, 30], [6, 60], [12, 100]]})
POSTS = Use(code="goalposts", parameters={"low": 0, "high": 40})
LADDERS = (
    Use(code="top-n"),
    Use(code="bands", parameters={"bands": [["a", {"en": "A"}, 80], ["b", {"en": "B"}, 50]]}),
)


def award(*more: Leaf, **settings: Any) -> CategoryDefinition:
    return category(
        leaf("coverage", 3, scale=WHOLE, missing="reweight"),
        leaf("punctual", 2, scale=STEPS, missing="zero"),
        leaf("poverty", 2, scale=POSTS),
        *more,
        ladders=LADDERS,
        **settings,
    )


@dataclass(frozen=True)
class Lifted:
    """A lift as it was found, with all that is needed to try it."""

    id: str
    goal: int
    change: Change
    to: float
    total: float
    place: int
    raised: list[str]


def lifts(table: pl.DataFrame, definition: CategoryDefinition, rulebook: RuleBook) -> list[Lifted]:
    results = evaluated(table, definition, rulebook=rulebook).results
    ranked = results.filter(pl.col("place").is_not_null())
    if ranked.is_empty():
        return []
    judged = (
        title_steps(ranked.lazy(), definition, rulebook=rulebook).collect().join(table, on="id")
    )
    absent = [each.code for each in rulebook.kind("company").attributes]
    whole = judged.with_columns(pl.lit(None, pl.String).alias(code) for code in absent)
    facts, own = facts_of(whole, definition, rulebook=rulebook)
    trials = Trials(facts, definition, rulebook=rulebook, rivals=Rivals(results.lazy(), definition))
    search = LiftSearch(trials, facts, own, definition=definition, rulebook=rulebook)
    return [
        Lifted(
            id=whole["id"][row["row"]],
            goal=row["goal"],
            change=search.readers[row["change"]][0],
            to=row["to"],
            total=row["total"],
            place=row["place"],
            raised=row["raised"],
        )
        for row in search.find().iter_rows(named=True)
    ]


def recomputed(
    table: pl.DataFrame, definition: CategoryDefinition, rulebook: RuleBook
) -> Iterator[Lifted]:
    for one in table["id"]:
        again = Recomputed(table, definition, rulebook=rulebook, candidate=one)
        levers = natural_levers(definition, rulebook=rulebook)
        for goal, change, row in again.lifts(levers):
            yield Lifted(one, goal, change, row["to"], row["total"], row["place"], row["raised"])


def with_value(table: pl.DataFrame, lifted: Lifted, value: float) -> pl.DataFrame:
    code = lifted.change.indicator.code
    own = pl.col("id") == lifted.id
    new = pl.lit(value).cast(table.schema[code])
    return table.with_columns(pl.when(own).then(new).otherwise(pl.col(code)).alias(code))


def outcome(
    table: pl.DataFrame, one: str, definition: CategoryDefinition, rulebook: RuleBook
) -> dict[str, Any]:
    results = evaluated(table, definition, rulebook=rulebook).results.lazy()
    told = title_steps(results, definition, rulebook=rulebook).collect()
    return told.filter(pl.col("id") == one).row(0, named=True)


def assert_exact(
    table: pl.DataFrame, lifted: Lifted, definition: CategoryDefinition, rulebook: RuleBook
) -> None:
    """The changed figure leads exactly there, and one step less not to the goal."""
    name = "place" if lifted.goal == PLACE else f"step:{lifted.goal}"
    before = outcome(table, lifted.id, definition, rulebook)[name]
    after = outcome(with_value(table, lifted, lifted.to), lifted.id, definition, rulebook)
    assert (after["place"], after["total"]) == (lifted.place, pytest.approx(lifted.total, abs=1e-9))
    assert after[name] < before
    less = round(lifted.to - lifted.change.step, 10)
    short = outcome(with_value(table, lifted, less), lifted.id, definition, rulebook)[name]
    assert short is None or short >= before


ROW = st.tuples(
    st.one_of(st.none(), st.integers(0, 60)),
    st.integers(0, 60),
    st.one_of(st.none(), st.integers(0, 12)),
    st.integers(0, 4500).map(lambda each: each / 100),
)


def table_of(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    schema = {"insured": pl.Int64, "workers": pl.Int64, "months": pl.Int64, "poverty": pl.Float64}
    data = pl.DataFrame(rows, schema=schema, orient="row")
    return data.with_columns(id=pl.format("C{}", pl.int_range(100, 100 + pl.len())))


@settings(STEADY, max_examples=12)
@given(rows=st.lists(ROW, min_size=1, max_size=6), geometric=st.booleans())
def test_a_lift_leads_exactly_where_it_says_and_one_step_less_does_not(
    rows: list[tuple[Any, ...]], geometric: bool
) -> None:
    table = table_of(rows)
    means = {"aggregation": Use(code="geometric")} if geometric else {}
    definition = award(tie_breakers=("punctual",), **means)
    assert not depends_on_others(definition, rulebook=RULES)
    for lifted in lifts(table, definition, RULES):
        assert_exact(table, lifted, definition, RULES)


COHORT = category(
    leaf("coverage", 3, scale=WHOLE, missing="reweight"),
    leaf("poverty", 2, scale=Use(code="min-max")),
    ladders=LADDERS[:1],
)


@pytest.mark.parametrize("start", [0, 4])
def test_where_points_depend_on_others_everybody_is_evaluated_again(start: int) -> None:
    drawn = itertools.product((20, 41, 55), (60,), (5,), (3.25, 17.5, 30.0))
    table = table_of(list(drawn)[start : start + 5])
    assert depends_on_others(COHORT, rulebook=RULES)
    found = list(recomputed(table, COHORT, RULES))
    assert {each.change.indicator.code for each in found} == {"insured", "poverty"}
    for lifted in found:
        assert_exact(table, lifted, COHORT, RULES)


def test_both_ways_of_computing_agree_where_nobody_depends_on_others() -> None:
    table = table_of([(30, 60, 12, 10.0), (28, 60, 6, 8.5), (12, 40, 2, 30.0)])
    held = lifts(table, award(), RULES)
    again = list(recomputed(table, award(), RULES))
    assert held == sorted(again, key=lambda each: (each.id, each.goal))
    assert len(held) > 4


def test_less_is_better_is_lowered_and_counts_go_up_one_by_one() -> None:
    table = table_of([(30, 60, 12, 10.0), (28, 60, 12, 10.0)])
    told = {
        each.change.indicator.code: each.to
        for each in lifts(table, award(), RULES)
        if each.id == "C101" and each.goal == PLACE
    }
    assert told == {"insured": 30, "poverty": 8.0}


def test_a_tie_that_breaks_well_is_reached_without_a_greater_total() -> None:
    rows = [(60, 60, 6, 10.0), (20, 60, 12, 10.0)]
    definition = award(tie_breakers=("coverage",))
    (lifted,) = (
        each
        for each in lifts(table_of(rows), definition, RULES)
        if (each.id, each.goal, each.change.indicator.code) == ("C101", PLACE, "insured")
    )
    assert_exact(table_of(rows), lifted, definition, RULES)


def test_no_part_of_people_grows_beyond_its_whole_and_no_month_beyond_twelve() -> None:
    table = table_of([(60, 60, 12, 0.5), (59, 60, 12, 39.0)])
    found = {
        each.change.indicator.code for each in lifts(table, award(), RULES) if each.id == "C101"
    }
    assert found == {"poverty"}


def test_a_criterion_that_a_smaller_figure_raises_is_lifted_downward() -> None:
    definition = category(leaf("gap"), leaf("a"))
    rulebook = book(GAP, criterion("a"))
    table = pl.DataFrame({"id": ["X", "Y"], "gap": [20.0, 30.0], "a": [50.0, 50.0]})
    found = [each for each in lifts(table, definition, rulebook) if each.change.step < 0]
    assert [(each.id, each.to) for each in found] == [("Y", 20.0)]


def test_a_change_that_fails_a_gate_lifts_nobody() -> None:
    few = gate("few", lambda i: i.a < 60, indicator("a"))
    definition = category(leaf("a"), gates=(Use(code="few"),))
    table = pl.DataFrame({"id": ["X", "Y"], "a": [59.995, 59.99]})
    rulebook = book(criterion("a"), gates=(few,))
    assert lifts(table, definition, rulebook) == []
    assert [each.to for each in lifts(table, category(leaf("a")), rulebook)] == [60.0]


def test_the_first_of_all_and_whoever_has_no_place_have_nothing_to_gain() -> None:
    table = table_of([(60, 60, 12, 0.0), (1, 0, 1, 2.0)]).with_columns(
        poverty=pl.Series([0.0, None])
    )
    assert lifts(table, award(), RULES) == []


def test_any_setting_that_is_not_known_to_concern_one_alone_depends_on_others() -> None:
    assert depends_on_others(award(leaf("gap", missing="median")), rulebook=RULES)
    assert not depends_on_others(award(peers=("sector",)), rulebook=RULES)


@pytest.mark.parametrize(
    ("unit", "kind", "step"),
    [
        ("people", int, 1.0),
        ("ratio", float, 1e-4),
        ("thousand_rupiah", float, 1.0),
        ("years", float, 0.01),
    ],
)
def test_steps_are_those_that_the_unit_is_told_in(unit: str, kind: Any, step: float) -> None:
    each = Indicator(code="a", title={"en": "a"}, type=kind, unit=unit)
    assert step_of(each) == step


RUBRIC = {"step": 5, "maximum": 100}


@pytest.mark.parametrize("off_steps", ["refuse", "missing"])
@pytest.mark.parametrize("search", [lifts, recomputed])
def test_a_score_of_a_rubric_is_lifted_to_its_next_step_that_reaches(
    off_steps: str, search: Any
) -> None:
    rubric = Use(code="rubric", parameters={**RUBRIC, "off_steps": off_steps})
    rules = book(criterion("sound"), criterion("flaws", less_is_better=True))
    definition = category(leaf("sound", scale=rubric), leaf("flaws", scale=rubric))
    table = pl.DataFrame({"id": ["C1", "C2"], "sound": [50.0, 60.0], "flaws": [40.0, 30.0]})
    found = [each for each in search(table, definition, rules) if each.id == "C1"]
    told = [(each.change.indicator.code, each.to, each.total, each.place) for each in found]
    assert told == [("sound", 70.0, 65.0, 1), ("flaws", 20.0, 65.0, 1)]
    for each in found:
        changed = with_value(table, each, each.to)
        after = outcome(changed, "C1", definition, rules)
        assert (after["place"], after["total"]) == (1, 65.0)
