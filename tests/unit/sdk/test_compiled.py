"""A criterion's raw value and the reason for it."""

from typing import Any

import narwhals as nw
import pytest

from awards.sdk import COMPANY, MISSING, Criterion, Gate, Indicator, Parameters, ratio
from awards.sdk.cases import frame_of
from awards.sdk.compiled import Outcome, Reason, compile_criterion, compile_gate
from awards.sdk.errors import BadExpression

A = Indicator(code="a", title={"en": "A"}, type=int, unit="x", minimum=0)
B = Indicator(code="b", title={"en": "B"}, type=float, unit="x", minimum=0)
ROWS = [(6, 12.0), (6, 0.0), (0, 0.0), (6, None), (None, 0.0), (None, None)]


class Lift(Parameters):
    by: float = 0.0


def criterion(**more: Any) -> Criterion:
    declared: dict[str, Any] = {
        "code": "rate",
        "title": {"en": "Rate"},
        "applies_to": (COMPANY,),
        "indicators": (A, B),
        "measure": lambda i: ratio(i.a, i.b, when_zero=MISSING),
        "unit": "ratio",
    }
    return Criterion(**(declared | more))


def outcome(rule: Criterion, **parameters: Any) -> list[tuple[float | None, Reason]]:
    compiled = compile_criterion(rule, parameters)
    frame = frame_of(rule.inputs, ROWS).with_columns(raw=compiled.raw, reason=compiled.reason)
    return [(raw, Reason(reason)) for raw, reason in frame.select("raw", "reason").rows()]


def test_zero_denominator_is_told_from_missing_data() -> None:
    assert outcome(criterion()) == [
        (0.5, Reason.MEASURED),
        (None, Reason.ZERO_DENOMINATOR),
        (None, Reason.ZERO_DENOMINATOR),
        (None, Reason.MISSING),
        (None, Reason.MISSING),
        (None, Reason.MISSING),
    ]


def test_stated_value_over_zero_is_measured() -> None:
    found = outcome(criterion(measure=lambda i: ratio(i.a, i.b, when_zero=1)))
    assert found[1:3] == [(1.0, Reason.MEASURED), (1.0, Reason.MEASURED)]


def test_missing_indicator_makes_the_value_missing_whatever_the_measure_returns() -> None:
    found = outcome(criterion(measure=lambda i: nw.coalesce(i.a, nw.lit(7))))
    assert found[4:] == [(None, Reason.MISSING), (None, Reason.MISSING)]


def test_optional_indicator_may_be_missing() -> None:
    rule = criterion(
        indicators=(A,), optional=(B,), measure=lambda i: i.a + nw.coalesce(i.b, nw.lit(1.0))
    )
    assert outcome(rule)[3] == (7.0, Reason.MEASURED)


def test_question_that_does_not_arise_is_not_applicable_even_with_missing_data() -> None:
    rule = criterion(applicable=lambda i: i.b > 0)
    assert outcome(rule) == [
        (0.5, Reason.MEASURED),
        (None, Reason.NOT_APPLICABLE),
        (None, Reason.NOT_APPLICABLE),
        (None, Reason.MISSING),
        (None, Reason.NOT_APPLICABLE),
        (None, Reason.MISSING),
    ]


def test_parameters_reach_the_measure() -> None:
    rule = criterion(parameters=Lift, measure=lambda i, p: i.a + p.by)
    assert outcome(rule, by=2)[0] == (8.0, Reason.MEASURED)
    assert outcome(rule)[0] == (6.0, Reason.MEASURED)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"up": 1}, "criterion 'rate' refuses its parameters: up: Extra inputs are not permitted."),
        ({"by": "x"}, "criterion 'rate' refuses its parameters: by: Input should be a valid"),
        ({"by": float("nan")}, "criterion 'rate' refuses its parameters: by: Input should be a fi"),
    ],
)
def test_bad_parameters_are_refused_by_name(parameters: dict[str, Any], words: str) -> None:
    rule = criterion(parameters=Lift, measure=lambda i, p: i.a + p.by)
    with pytest.raises(BadExpression) as caught:
        compile_criterion(rule, parameters)
    assert str(caught.value).startswith(words)


def test_gate_passes_fails_or_cannot_be_assessed() -> None:
    gate = Gate(
        code="staffed",
        title={"en": "Staffed"},
        reason={"en": "No staff"},
        applies_to=(COMPANY,),
        indicators=(A,),
        optional=(B,),
        passes=lambda i: (i.a > 0) & (i.b > 0),
    )
    frame = frame_of(gate.inputs, ROWS).with_columns(said=compile_gate(gate, {}))
    assert [Outcome(said) for said in frame["said"].to_list()] == [
        Outcome.PASS,
        Outcome.FAIL,
        Outcome.FAIL,
        Outcome.NOT_ASSESSABLE,
        Outcome.NOT_ASSESSABLE,
        Outcome.NOT_ASSESSABLE,
    ]
