"""From a declared rule to the columns it yields, the same way everywhere.

Evaluation, the probe at registration, the testing kit and ``awards plugin try``
all go through here, so a plugin cannot behave differently in any of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import narwhals as nw
from pydantic import ValidationError

from awards.sdk.aggregations import Aggregation, BoundAggregation
from awards.sdk.errors import BadExpression, in_words
from awards.sdk.expressions import MISSING, collecting_zero_denominators, ratio
from awards.sdk.named import Parameters
from awards.sdk.types import Criterion, Gate, Measure
from awards.sdk.values import Values


class Reason(IntEnum):
    """Why a raw value is what it is."""

    MEASURED = 0
    MISSING = 1
    ZERO_DENOMINATOR = 2
    NOT_APPLICABLE = 3


class Outcome(IntEnum):
    """What a gate says of a candidate."""

    PASS = 0
    FAIL = 1
    NOT_ASSESSABLE = 2
    NOT_ASKED = 3
    """The conditions under which the gate is asked do not hold."""


@dataclass(frozen=True)
class CompiledCriterion:
    """``raw`` is Float64 and missing unless ``reason`` (Int8) is MEASURED.

    ``measured`` and ``arises`` are what the plugin wrote, before types and missing
    indicators are looked after.
    """

    raw: nw.Expr
    reason: nw.Expr
    measured: nw.Expr
    arises: nw.Expr


def compile_criterion(criterion: Criterion, parameters: Mapping[str, Any]) -> CompiledCriterion:
    """The columns of *criterion* under *parameters*.

    Raises `BadExpression` when a parameter is refused, when the measure raises
    or returns something that is not an expression.
    """
    rule = f"criterion {criterion.code!r}"
    values = Values(criterion.inputs, rule, criterion.attributes)
    checked = check_parameters(criterion.parameters, parameters, rule)
    with collecting_zero_denominators() as zeros:
        measured = _call(criterion.measure, values, checked, rule)
    absent, number = _any_missing(criterion), measured.cast(nw.Float64)
    arises = nw.lit(value=True)
    if criterion.applicable is not None:
        said = _call(criterion.applicable, values, checked, f"`applicable` of {rule}")
        arises = nw.coalesce(said, nw.lit(value=True))
    raw = nw.when(arises & ~absent).then(number)
    because = nw.when(absent).then(_code(Reason.MISSING)).otherwise(_because(number, zeros))
    reason = nw.when(arises).then(because).otherwise(_code(Reason.NOT_APPLICABLE))
    return CompiledCriterion(raw, reason, measured, arises)


def divided(compiled: CompiledCriterion, below: nw.Expr) -> CompiledCriterion:
    """*compiled* ÷ *below*, value by value. Where *below* is missing so is the quotient;
    where it is zero the reason is that."""
    measured = compiled.reason == int(Reason.MEASURED)
    number = below.cast(nw.Float64)
    because = (
        nw.when(measured & number.is_null())
        .then(_code(Reason.MISSING))
        .otherwise(
            nw.when(measured & (number == 0.0))
            .then(_code(Reason.ZERO_DENOMINATOR))
            .otherwise(compiled.reason)
        )
    )
    raw = ratio(compiled.raw, number, when_zero=MISSING)
    return replace(compiled, raw=raw, reason=because)


def compile_gate(gate: Gate, parameters: Mapping[str, Any]) -> nw.Expr:
    """The Int8 `Outcome` of *gate* under *parameters*; raises like `compile_criterion`."""
    passes = passing(gate, parameters)
    said = nw.when(passes).then(_code(Outcome.PASS)).otherwise(_code(Outcome.FAIL))
    unknown = _any_missing(gate) | passes.is_null()
    return nw.when(unknown).then(_code(Outcome.NOT_ASSESSABLE)).otherwise(said)


def passing(gate: Gate, parameters: Mapping[str, Any]) -> nw.Expr:
    """What the plugin wrote for *gate*, before missing indicators are looked after."""
    return _asked(gate, parameters)[0]


def looks_back(gate: Gate, parameters: Mapping[str, Any]) -> int:
    """How many earlier editions *gate* reads under *parameters*."""
    return _asked(gate, parameters)[1]


def _asked(gate: Gate, parameters: Mapping[str, Any]) -> tuple[nw.Expr, int]:
    rule = f"gate {gate.code!r}"
    checked = check_parameters(gate.parameters, parameters, rule)
    values = Values(gate.inputs, rule, gate.attributes, gate=gate)
    return _call(gate.passes, values, checked, rule), values.looked_back


def bind_aggregation(aggregation: Aggregation, parameters: Mapping[str, Any]) -> BoundAggregation:
    """*aggregation* under *parameters*; raises `BadExpression` when they are refused."""
    rule = f"aggregation {aggregation.code!r}"
    return BoundAggregation(aggregation, check_parameters(aggregation.parameters, parameters, rule))


def check_parameters(
    model: type[Parameters] | None, parameters: Mapping[str, Any], rule: str
) -> Parameters | None:
    """*parameters* as the rule's model; None for a rule that takes none."""
    if model is None:
        if parameters:
            raise BadExpression(f"{rule} takes no parameters but was given {sorted(parameters)}.")
        return None
    try:
        return model.model_validate(dict(parameters))
    except ValidationError as error:
        raise BadExpression(f"{rule} refuses its parameters: {in_words(error)}.") from error


def _call(measure: Measure, values: Values, checked: Parameters | None, rule: str) -> nw.Expr:
    try:
        expression = measure(values) if checked is None else measure(values, checked)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may raise anything, SystemExit too
        raise BadExpression(f"{rule}: {type(error).__name__}: {error}") from error
    if not isinstance(expression, nw.Expr):
        raise BadExpression(
            f"{rule} returned {type(expression).__name__}, not an expression over its indicators."
        )
    return expression


def _any_missing(rule: Criterion | Gate) -> nw.Expr:
    needed = (*(each.code for each in rule.indicators), *rule.attributes)
    if not needed:
        return nw.lit(value=False)
    return nw.any_horizontal(*(nw.col(code).is_null() for code in needed), ignore_nulls=False)


def _because(measured: nw.Expr, zeros: Sequence[nw.Expr]) -> nw.Expr:
    missing = _code(Reason.MISSING)
    if zeros:
        zero = nw.any_horizontal(*zeros, ignore_nulls=True)
        missing = nw.when(zero).then(_code(Reason.ZERO_DENOMINATOR)).otherwise(missing)
    return nw.when(measured.is_null()).then(missing).otherwise(_code(Reason.MEASURED))


def _code(value: IntEnum) -> nw.Expr:
    return nw.lit(int(value), dtype=nw.Int8)
