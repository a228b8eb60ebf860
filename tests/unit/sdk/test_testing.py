"""The testing kit passes good rules and says in words what is wrong with bad ones."""

import itertools
from collections.abc import Callable
from typing import Any

import narwhals as nw
import pytest

from awards.sdk import (
    COMPANY,
    MISSING,
    Aggregation,
    Branch,
    Criterion,
    Gate,
    Indicator,
    Parameters,
    Scale,
    Sentence,
    at_least,
    ratio,
    share,
)
from awards.sdk.testing import (
    check_aggregation,
    check_criterion,
    check_gate,
    check_scale,
    measure_rows,
)

A = Indicator(code="a", title={"en": "A"}, type=int, unit="x", minimum=0)
B = Indicator(code="b", title={"en": "B"}, type=float, unit="x", minimum=0, maximum=50)


def criterion(measure: Callable[..., Any], **more: Any) -> Criterion:
    declared: dict[str, Any] = {
        "code": "rate",
        "title": {"en": "Rate"},
        "applies_to": (COMPANY,),
        "indicators": (A, B),
        "unit": "ratio",
    }
    return Criterion(measure=measure, **(declared | more))


def refusal(check: Callable[[], None]) -> str:
    with pytest.raises(AssertionError) as caught:
        check()
    return str(caught.value)


def test_good_criterion_passes() -> None:
    check_criterion(criterion(lambda i: ratio(i.a, i.b, when_zero=MISSING)))
    check_criterion(
        criterion(
            lambda i: at_least(share(i.a - i.b, of=49), 0),
            applicable=lambda i: i.a > 0,
        )
    )


flips = itertools.count()

BAD = {
    "declares b but never reads it": lambda i: i.a,
    "Divide with ratio(..., when_zero=...)": lambda i: i.a / i.b,
    "divide by constants with share(..., of=...)": lambda i: (i.a + i.b) / 49,
    "yields other values the second time": lambda i: i.a + i.b + next(flips),
    "leave out mean, rank, shift": lambda i: i.a.rank() + i.b,
    "must yield a number": lambda i: i.a > i.b,
    "did you mean 'a'": lambda i: i.aa + i.b,
    "yields one value for all candidates": lambda i: i.a.max() + i.b.max(),
}


@pytest.mark.parametrize("words", BAD)
def test_bad_criterion_fails_in_words(words: str) -> None:
    rule = criterion(BAD[words])
    said = refusal(lambda: check_criterion(rule))
    assert words in said
    assert "criterion 'rate'" in said


def test_value_that_is_not_finite_fails_with_its_inputs() -> None:
    rule = criterion(lambda i: (i.b - 25.0).log(), indicators=(B,))
    assert "criterion 'rate' yields nan for b = 0.0." in refusal(lambda: check_criterion(rule))


def gate(passes: Callable[..., Any]) -> Gate:
    return Gate(
        code="paid",
        title={"en": "Paid"},
        reason={"en": "Unpaid"},
        applies_to=(COMPANY,),
        indicators=(A, B),
        passes=passes,
    )


def test_gate_is_checked() -> None:
    check_gate(gate(lambda i: i.a > i.b))
    assert "must yield true or false" in refusal(lambda: check_gate(gate(lambda i: i.a - i.b)))
    assert "gate 'paid' declares b" in refusal(lambda: check_gate(gate(lambda i: i.a > 0)))


def test_rows_are_measured_by_name() -> None:
    rule = criterion(lambda i: ratio(i.a, i.b, when_zero=MISSING))
    rows = [{"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 0.0}, {"a": 1.0}]
    assert measure_rows(rule, rows) == [0.5, None, None]
    with pytest.raises(ValueError, match="criterion 'rate' declares no indicator 'c'"):
        measure_rows(rule, [{"c": 1.0}])


class Nothing(Parameters):
    pass


def scale(points: Callable[..., Any]) -> Scale:
    return Scale(
        code="odd",
        title={"en": "Odd"},
        parameters=Nothing,
        points=points,
        describe=lambda p, less: Sentence({"en": "Odd."}),
    )


SCALES = {
    "gives 0.0 points where the raw value is missing": lambda s, p: nw.coalesce(
        s.value, nw.lit(0.0)
    ),
    "points for 1234.5: outside 0 to 100": lambda s, p: s.value,
    "gives fewer points": lambda s, p: at_least(100.0 - s.value, 0),
    "must yield a number": lambda s, p: s.value > 0,
    "returned int, not an expression": lambda s, p: 5,
    "ZeroDivisionError": lambda s, p: 1 / 0,
}


@pytest.mark.parametrize("words", SCALES)
def test_bad_scale_fails_in_words(words: str) -> None:
    said = refusal(lambda: check_scale(scale(SCALES[words]), {}))
    assert words in said
    assert "scale 'odd'" in said


def mean(branches: tuple[Branch, ...]) -> nw.Expr:
    first, *others = (each.points * each.weight for each in branches)
    return sum(others, start=first)


def aggregation(combine: Callable[..., Any], losses: Callable[..., Any]) -> Aggregation:
    return Aggregation(code="odd", title={"en": "Odd"}, combine=combine, losses=losses)


def told(branches: tuple[Branch, ...], value: nw.Expr) -> tuple[nw.Expr, ...]:
    return tuple((100.0 - each.points) * each.weight for each in branches)


AGGREGATIONS = {
    "do not sum to 100": (mean, lambda b, v: tuple(each.points * 0.0 for each in b)),
    "is not between those of the children": (lambda b: mean(b) + 1.0, told),
    "`losses` must return a tuple with one loss for each child": (mean, lambda b, v: (v,)),
    "a child out of force changes": (lambda b: b[0].points * 0.0 + 100.0 / len(b), told),
}


@pytest.mark.parametrize("words", AGGREGATIONS)
def test_bad_aggregation_fails_in_words(words: str) -> None:
    said = refusal(lambda: check_aggregation(aggregation(*AGGREGATIONS[words])))
    assert words in said
    assert "aggregation 'odd'" in said


def test_weighted_mean_passes() -> None:
    check_aggregation(aggregation(mean, told))
