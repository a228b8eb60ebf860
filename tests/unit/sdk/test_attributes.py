"""Rules that read attributes of the candidate."""

from typing import Any

import narwhals as nw
import pytest

from awards.sdk import (
    COMPANY,
    REGENCY_CITY,
    BadDeclaration,
    BadExpression,
    Criterion,
    Gate,
    Indicator,
    Values,
)
from awards.sdk.cases import edge_frame_of
from awards.sdk.probing import probe_criterion, probe_gate
from awards.sdk.testing import check_criterion, check_gate, judge_rows, measure_rows

STAFF = Indicator(code="staff", title={"en": "Staff"}, type=int, unit="people", minimum=0)


def doubled_if_micro(i: Values) -> nw.Expr:
    return nw.when(i.attribute("scale") == "micro").then(i.staff * 2.0).otherwise(i.staff)


def criterion(**changed: Any) -> Criterion:
    declared: dict[str, Any] = {
        "code": "size",
        "title": {"en": "Size"},
        "applies_to": (COMPANY,),
        "indicators": (STAFF,),
        "attributes": ("scale",),
        "measure": doubled_if_micro,
        "unit": "people",
    }
    return Criterion(**declared | changed)


GATE = Gate(
    code="enough",
    title={"en": "Enough"},
    reason={"en": "Too few."},
    applies_to=(COMPANY,),
    indicators=(STAFF,),
    attributes=("scale",),
    passes=lambda i: (i.attribute("scale") == "micro") | (i.staff > 5),
)


def test_a_measure_reads_an_attribute_and_is_missing_where_it_is() -> None:
    check_criterion(criterion())
    rows = [{"staff": 2, "scale": "micro"}, {"staff": 2, "scale": "large"}, {"staff": 2}]
    assert measure_rows(criterion(), rows) == [4.0, 2.0, None]


def test_a_gate_reads_an_attribute_and_cannot_tell_where_it_is_missing() -> None:
    check_gate(GATE)
    probe_gate(GATE)
    rows = [{"staff": 2, "scale": "micro"}, {"staff": 2, "scale": "large"}, {"staff": 9}]
    assert judge_rows(GATE, rows) == [True, False, None]


def test_rules_are_tried_with_every_value_of_an_attribute_and_without() -> None:
    tried = edge_frame_of(criterion()).to_native()["scale"].unique(maintain_order=True)
    assert tried.to_list() == [None, "micro", "small", "medium", "large"]


def test_an_attribute_that_is_not_declared_cannot_be_read() -> None:
    with pytest.raises(BadExpression, match="does not declare the attribute 'scale'"):
        probe_criterion(criterion(attributes=()))


def test_a_declared_attribute_must_be_read() -> None:
    with pytest.raises(AssertionError, match="declares scale but never reads it"):
        check_criterion(criterion(measure=lambda i: i.staff))


def test_every_kind_must_have_the_attribute() -> None:
    with pytest.raises(BadDeclaration, match="'regency-city' has no attribute 'scale'"):
        criterion(applies_to=(COMPANY, REGENCY_CITY))


def test_rows_may_not_name_what_the_rule_does_not_declare() -> None:
    with pytest.raises(ValueError, match="criterion 'size' declares no indicator 'sector'"):
        measure_rows(criterion(), [{"staff": 1, "sector": "health"}])
