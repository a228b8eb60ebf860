"""Gates in order: conditions, alternatives, the cohort, and what was held before."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.evaluation.columns import Standing
from awards.evaluation.errors import RunRefused
from awards.evaluation.history import DecidedResults, history_table
from awards.sdk import CohortFigure, EarlierResults, Entrants, GateUse, Use
from awards.sdk.compiled import Outcome
from tests.unit.evaluation.small import (
    STEADY,
    Evaluated,
    book,
    category,
    column,
    criterion,
    evaluated,
    gate,
    indicator,
    leaf,
    rows,
    run,
)

ENERGY, AUDIT, HOURS, YEARS, SCORE = (
    indicator(code) for code in ("energy", "audit", "hours", "years", "score")
)
LARGE = gate("large-user", lambda i: i.energy >= 6000, ENERGY)
AUDITED = gate("audited", lambda i: i.audit == 1, AUDIT)
HOURS_DONE = gate("hours-done", lambda i: i.hours >= 1000, HOURS)
YEARS_DONE = gate("years-done", lambda i: i.years >= 3, YEARS)
ABOVE_MEAN = gate(
    "above-mean",
    lambda i: i.score > i.cohort("mean", "score"),
    SCORE,
    cohort=(CohortFigure(statistic="mean", indicator=SCORE),),
)
RULES = book(criterion("a"), gates=(LARGE, AUDITED, HOURS_DONE, YEARS_DONE, ABOVE_MEAN))
PASS, FAIL, UNKNOWN, NOT_ASKED = Outcome
CONDITIONAL = GateUse(code="audited", when=(Use(code="large-user"),))
EITHER = GateUse(code="hours-done", alternatives=(Use(code="years-done"),))


def test_gate_is_asked_only_where_its_condition_holds() -> None:
    data = {
        "a": [1.0] * 6,
        "energy": [7000.0, 7000.0, 5999.0, 5999.0, None, None],
        "audit": [1.0, 0.0, 0.0, None, 1.0, 0.0],
    }
    found = run(category(leaf("a"), gates=(CONDITIONAL,)), data, rulebook=RULES)
    assert column(found, "gate:audited") == [PASS, FAIL, NOT_ASKED, NOT_ASKED, PASS, UNKNOWN]
    assert column(found, "standing") == [
        Standing.RANKED,
        Standing.INELIGIBLE,
        Standing.RANKED,
        Standing.RANKED,
        Standing.RANKED,
        Standing.NOT_ASSESSABLE,
    ]


def test_one_of_several_alternatives_is_enough_and_only_known_fails_fail() -> None:
    data = {
        "a": [1.0] * 5,
        "hours": [1000.0, 5.0, 5.0, 5.0, None],
        "years": [0.0, 3.0, 2.0, None, 3.0],
    }
    found = run(category(leaf("a"), gates=(EITHER,)), data, rulebook=RULES)
    assert column(found, "gate:hours-done") == [PASS, PASS, FAIL, UNKNOWN, PASS]


def test_words_of_alternatives_are_joined_unless_the_category_has_its_own() -> None:
    assert RULES.gate_words(EITHER) == (
        {"en": "hours-done / years-done"},
        {"en": "hours-done must hold Or: years-done must hold"},
    )
    own = EITHER.model_copy(update={"reason": {"en": "Hours or years are lacking."}})
    assert RULES.gate_words(own)[1] == {"en": "Hours or years are lacking."}


def above_mean(scores: list[float | None], audits: list[float]) -> Evaluated:
    gates = (Use(code="audited"), GateUse(code="above-mean"))
    data = {"a": [1.0] * len(scores), "audit": audits, "score": scores}
    ids = [f"N{at:03d}" for at in range(len(scores))]
    typed = {code: pl.Series(values, dtype=pl.Float64) for code, values in data.items()}
    return run(category(leaf("a"), gates=gates), {"id": ids} | typed, rulebook=RULES)


def test_mean_is_that_of_those_who_passed_the_gates_before() -> None:
    found = above_mean([10.0, 20.0, 15.0, 1000.0, None], [1.0, 1.0, 1.0, 0.0, 1.0])
    assert column(found, "gate:above-mean") == [FAIL, PASS, FAIL, PASS, UNKNOWN]


def test_mean_of_nobody_is_not_known() -> None:
    assert column(above_mean([10.0], [0.0]), "gate:above-mean") == [UNKNOWN]


@STEADY
@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=30), st.randoms(use_true_random=False))
def test_outcome_of_a_cohort_gate_does_not_depend_on_the_order_of_rows(
    scores: list[float], chance: "st.DrawFn"
) -> None:
    table = pl.DataFrame(
        {
            "id": [f"N{at:03d}" for at in range(len(scores))],
            "a": [1.0] * len(scores),
            "score": scores,
        }
    )
    order = list(range(len(scores)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    definition = category(leaf("a"), gates=(Use(code="above-mean"),))
    one = evaluated(table, definition, rulebook=RULES)
    assert one.results.equals(evaluated(table[order], definition, rulebook=RULES).results)


@STEADY
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1)), min_size=1, max_size=20),
    st.integers(0, 100),
)
def test_candidate_that_fails_a_gate_never_changes_the_place_of_another(
    others: list[tuple[int, int]], points: int
) -> None:
    definition = category(leaf("a"), gates=(Use(code="audited"),))
    rows_ = [*others, (points, 0)]
    ids = [f"N{at:03d}" for at in range(len(rows_))]
    table = pl.DataFrame(
        {"id": ids, "a": [a for a, _ in rows_], "audit": [b for _, b in rows_]}
    ).cast({"a": pl.Float64, "audit": pl.Float64})
    together = evaluated(table, definition, rulebook=RULES).results["place"].to_list()
    alone = evaluated(table[:-1], definition, rulebook=RULES).results["place"].to_list()
    assert together == [*alone, None]


def test_gate_that_decides_titles_leaves_nobody_out() -> None:
    gates = (GateUse(code="audited", decides="titles"),)
    found = run(
        category(leaf("a"), gates=gates), {"a": [1, 2, 3], "audit": [1, 0, None]}, rulebook=RULES
    )
    assert rows(found, "gate:audited", "place") == [(PASS, 3), (FAIL, 2), (UNKNOWN, 1)]


def test_one_gate_may_be_used_twice_under_two_names_only() -> None:
    twice = (GateUse(code="audited"), GateUse(code="audited", name="audited-again"))
    data = {"a": [1.0], "audit": [1.0]}
    found = run(category(leaf("a"), gates=twice), data, rulebook=RULES)
    assert column(found, "gate:audited-again") == [PASS]
    with pytest.raises(ValidationError, match="without a name of their own: audited"):
        category(leaf("a"), gates=(Use(code="audited"), GateUse(code="audited")))


def test_definition_with_plain_gates_keeps_its_form() -> None:
    said = category(leaf("a"), gates=(Use(code="audited"),)).model_dump(mode="json")
    assert said["gates"] == [{"code": "audited", "parameters": {}}]
    again = category(leaf("a")).model_validate(said)
    assert again.model_dump(mode="json") == said
    assert not {"earlier", "entrants", "margin"} & said.keys()


def before(titles: dict[str, str]) -> DecidedResults:
    ids = sorted({*titles, "A", "B", "C"})
    results = pl.LazyFrame(
        {"id": ids, "standing": [0] * len(ids), "place": [1] * len(ids), "total": [9.0] * len(ids)},
        schema_overrides={"standing": pl.Int8, "place": pl.Int32},
    )
    return DecidedResults(results, titles)


GREEN = GateUse(
    code="held-before", parameters={"titles": ["green", "gold"], "editions": 3}, decides="titles"
)
YEARS_BEFORE = tuple(EarlierResults(edition=f"e-{year}", category="firms") for year in (3, 2, 1))
HISTORY = (
    before({"A": "green", "B": "green", "D": "gold"}),
    before({"A": "gold", "B": "blue", "D": "gold"}),
    before({"A": "green", "B": "green"}),
)


def test_title_must_have_been_held_in_each_of_the_editions_before() -> None:
    definition = category(leaf("a"), gates=(GREEN,), earlier=YEARS_BEFORE)
    history = history_table(definition, entrants=(), earlier=HISTORY).lazy()
    table = pl.DataFrame({"id": ["A", "B", "C", "E"], "a": [1.0, 2.0, 3.0, 4.0]})
    found = evaluated(table, definition, rulebook=RULES, history=history)
    assert column(found, "gate:held-before") == [PASS, FAIL, FAIL, FAIL]


def test_history_that_is_not_given_or_not_named_is_refused() -> None:
    with pytest.raises(RunRefused, match="results of other categories, which were not given"):
        run(category(leaf("a"), gates=(GREEN,), earlier=YEARS_BEFORE), {"a": [1.0]})
    with pytest.raises(RunRefused, match="looks back 3 editions, but category 'small' names 1"):
        definition = category(leaf("a"), gates=(GREEN,), earlier=YEARS_BEFORE[:1])
        history = history_table(definition, entrants=(), earlier=HISTORY[:1]).lazy()
        evaluated(pl.DataFrame({"id": ["A"], "a": [1.0]}), definition, rulebook=RULES,
                  history=history)  # fmt: skip


def test_category_takes_those_whom_others_send() -> None:
    sent = (
        Entrants(edition="east", category="firms", titles=("place-1",)),
        Entrants(edition="west", category="firms", titles=("place-1", "place-2")),
    )
    definition = category(leaf("a"), entrants=sent)
    decided = (
        before({"A": "place-1", "B": "place-2"}),
        before({"C": "place-2", "Z": "place-1"}),
    )
    history = history_table(definition, entrants=decided, earlier=()).lazy()
    table = pl.DataFrame({"id": ["A", "B", "C"], "a": [1.0, 9.0, 2.0]})
    found = evaluated(table, definition, rulebook=RULES, history=history)
    assert rows(found, "id", "place") == [("A", 2), ("C", 1)]
    with pytest.raises(RunRefused, match="Nobody whom others send"):
        evaluated(table[1:2], definition, rulebook=RULES, history=history)
