"""Who is in a category, what gates say, and raw values with their reasons."""

from typing import Any

import narwhals as nw
import polars as pl
import pytest

from awards.domain.errors import AwardsError
from awards.evaluation.columns import Standing
from awards.evaluation.errors import PluginFault, RunRefused
from awards.sdk import MISSING, Use, ratio
from awards.sdk.compiled import Outcome, Reason
from tests.unit.evaluation.small import (
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

DEBT, STAFF = indicator("debt"), indicator("staff", int)
NO_DEBT = gate("no-debt", lambda i: i.debt == 0, DEBT)
HAS_STAFF = gate("has-staff", lambda i: i.staff >= 1, STAFF)
PASS, FAIL, UNKNOWN = Outcome.PASS, Outcome.FAIL, Outcome.NOT_ASSESSABLE


def test_every_gate_is_evaluated_and_a_fail_beats_what_is_not_known() -> None:
    definition = category(leaf("a"), gates=(Use(code="no-debt"), Use(code="has-staff")))
    data = {
        "a": [50, 50, 50, 50, 50],
        "debt": [0, 1, None, 1, 0],
        "staff": [1, 0, 1, None, None],
    }
    found = run(definition, data, rulebook=book(criterion("a"), gates=(NO_DEBT, HAS_STAFF)))
    assert rows(found, "gate:no-debt", "gate:has-staff", "standing", "place") == [
        (PASS, PASS, Standing.RANKED, 1),
        (FAIL, FAIL, Standing.INELIGIBLE, None),
        (UNKNOWN, PASS, Standing.NOT_ASSESSABLE, None),
        (FAIL, UNKNOWN, Standing.INELIGIBLE, None),
        (PASS, UNKNOWN, Standing.NOT_ASSESSABLE, None),
    ]


def test_fail_beats_a_missing_value_too() -> None:
    definition = category(leaf("a"), gates=(Use(code="no-debt"),))
    data = {"a": [None, None], "debt": [1.0, 0.0]}
    found = run(definition, data, rulebook=book(criterion("a"), gates=(NO_DEBT,)))
    assert column(found, "standing") == [Standing.INELIGIBLE, Standing.NOT_ASSESSABLE]


def test_gate_with_an_optional_indicator_decides_without_it() -> None:
    known = gate("known", lambda i: ~i.debt.is_null(), optional=(DEBT,))
    definition = category(leaf("a"), gates=(Use(code="known"),))
    found = run(
        definition, {"a": [1, 2], "debt": [None, 0]}, rulebook=book(criterion("a"), gates=(known,))
    )
    assert column(found, "gate:known") == [FAIL, PASS]


def test_everybody_may_fail() -> None:
    definition = category(leaf("a"), gates=(Use(code="no-debt"),), tie_breakers=("a",))
    found = run(
        definition,
        {"a": [1.0, 2.0], "debt": [1.0, 1.0]},
        rulebook=book(criterion("a"), gates=(NO_DEBT,)),
    )
    assert rows(found, "place", "total", "points:a") == [(None, None, None)] * 2
    assert found.sources.height == 0


def test_raw_value_that_is_missing_stays_missing_and_a_zero_stays_zero() -> None:
    definition = category(leaf("a", missing="zero"), leaf("b", missing="reweight"))
    found = run(definition, {"a": [None, 0, 7], "b": [5, None, 0]})
    assert rows(found, "raw:a", "reason:a", "raw:b", "reason:b") == [
        (None, Reason.MISSING, 5.0, Reason.MEASURED),
        (0.0, Reason.MEASURED, None, Reason.MISSING),
        (7.0, Reason.MEASURED, 0.0, Reason.MEASURED),
    ]


def test_reason_tells_missing_zero_denominator_and_not_applicable_apart() -> None:
    paid, due, size = indicator("paid"), indicator("due"), indicator("size")
    rate = criterion(
        "rate",
        indicators=(paid, due),
        optional=(size,),
        measure=lambda i: ratio(i.paid, i.due, when_zero=MISSING),
        applicable=lambda i: i.size > 1,
    )
    definition = category(leaf("rate", missing="zero"), leaf("a"), least_share=0)
    data = {
        "paid": [1, 1, None, 1, None, 0],
        "due": [2, 0, 0, 2, 2, 1],
        "size": [5, 5, 5, 1, 1, None],
        "a": [9] * 6,
    }
    found = run(definition, data, rulebook=book(rate, criterion("a")))
    assert rows(found, "raw:rate", "reason:rate") == [
        (0.5, Reason.MEASURED),
        (None, Reason.ZERO_DENOMINATOR),
        (None, Reason.MISSING),
        (None, Reason.NOT_APPLICABLE),
        (None, Reason.NOT_APPLICABLE),
        (0.0, Reason.MEASURED),
    ]


def test_optional_indicator_may_be_missing_and_a_declared_one_may_not() -> None:
    base, extra = indicator("base"), indicator("extra")
    both = criterion(
        "both",
        indicators=(base,),
        optional=(extra,),
        measure=lambda i: i.base + nw.coalesce(i.extra, nw.lit(0.0)),
    )
    found = run(
        category(leaf("both")), {"base": [10, 10, None], "extra": [5, None, 5]}, rulebook=book(both)
    )
    assert column(found, "raw:both") == [15.0, 10.0, None]


def test_indicator_that_the_snapshot_lacks_is_missing_for_everybody() -> None:
    definition = category(leaf("a"), leaf("b", missing="reweight"))
    assert column(run(definition, {"a": [1, 2]}), "reason:b") == [Reason.MISSING] * 2


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (lambda i: i.a.log(), "-inf for candidate B"),
        (lambda i: (i.a - i.a) / i.a, "nan for candidate B"),
    ],
)
def test_value_that_is_no_number_refuses_the_run_and_names_criterion_and_candidate(
    measure: Any, said: str
) -> None:
    rules = book(criterion("a", measure=measure))
    with pytest.raises(PluginFault, match=f"'a' yields {said}"):
        run(category(leaf("a")), {"a": [1.0, 0.0, 2.0]}, rulebook=rules)


def test_filter_keeps_candidates_whose_attribute_has_a_listed_value() -> None:
    definition = category(leaf("a"), where={"scale": ("micro", "small"), "sector": ("C",)})
    data = {
        "a": [1, 2, 3, 4],
        "scale": ["micro", "large", "small", None],
        "sector": ["C", "C", "C", "C"],
    }
    assert rows(run(definition, data), "id", "place") == [("A", 2), ("C", 1)]


def test_filter_on_an_attribute_that_the_data_lack_is_refused() -> None:
    with pytest.raises(RunRefused, match="keeps candidates by 'scale'"):
        run(category(leaf("a"), where={"scale": ("micro",)}), {"a": [1]})


def test_nobody_in_the_category_is_refused() -> None:
    with pytest.raises(RunRefused, match="'small' has no candidate in this snapshot"):
        run(category(leaf("a"), where={"scale": ("micro",)}), {"a": [1], "scale": ["large"]})


KEYED = Use(
    code="bands",
    parameters={"keyed_by": "scale", "table": {"micro": [[0, 0], [5, 100]], "small": [[0, 50]]}},
)


def test_attribute_that_the_data_lack_is_missing_for_everybody() -> None:
    definition = category(leaf("a", scale=KEYED, missing="reweight"), leaf("b"))
    found = run(definition, {"a": [1], "b": [2]})
    assert rows(found, "points:a", "reason:a", "total") == [(None, 4, 2.0)]


def test_scale_keyed_by_what_no_candidate_of_the_kind_has_is_refused() -> None:
    keyed = KEYED.model_copy(update={"parameters": KEYED.parameters | {"keyed_by": "altitude"}})
    with pytest.raises(AwardsError, match=r"'altitude'.*region, scale, sector"):
        run(category(leaf("a", scale=keyed)), {"a": [1]})


def test_one_id_twice_is_refused() -> None:
    with pytest.raises(RunRefused, match="A1 stands twice"):
        run(category(leaf("a")), {"id": ["A1", "A2", "A1"], "a": [1, 2, 3]})


def test_order_of_rows_changes_nothing() -> None:
    table = pl.DataFrame({"id": ["C", "A", "B"], "a": [3.0, 1.0, None]})
    rules, definition = book(criterion("a")), category(leaf("a"))
    one, other = (evaluated(each, definition, rulebook=rules) for each in (table, table.reverse()))
    assert one.results.equals(other.results)
    assert one.results["id"].to_list() == ["A", "B", "C"]
