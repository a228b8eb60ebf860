"""Run a rule once on made-up candidates, so that a mistake shows before real data do.

What a rule says of a candidate may depend on that candidate alone: every
probe is repeated on the rows reversed and on every other row, and must agree.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import narwhals as nw
import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.domain.text import Sentence
from awards.sdk.aggregations import Aggregation, Branch
from awards.sdk.cases import Frame, attribute_values, edge_frame, edge_frame_of
from awards.sdk.classifications import Classification
from awards.sdk.compiled import (
    bind_aggregation,
    check_parameters,
    compile_criterion,
    compile_gate,
    passing,
)
from awards.sdk.errors import BadDeclaration, BadExpression
from awards.sdk.ladders import Ladder, LadderInput
from awards.sdk.named import Parameters
from awards.sdk.scales import Scale, ScaleInput, Statistic
from awards.sdk.types import (
    Attribute,
    Criterion,
    Gate,
    Kind,
)
from awards.sdk.yielding import CONDITION, NUMBER, WORDS, refuse_not_finite, yielded

_RAW = (None, -1.0, 0.0, 0.5, 1.0, 50.0, 100.0, 1_000.0)
_KNOWN = tuple(value for value in _RAW if value is not None)
_POINTS = (0.0, 25.0, 50.0, 100.0)


def probe_kind(kind: Kind) -> None:
    """Refuse *kind* unless its derived attributes yield text from an id."""
    frame = nw.from_native(pl.DataFrame({"id": [kind.id_example] * 2}), eager_only=True)
    for attribute in kind.attributes:
        if attribute.derived is not None:
            rule, derived = f"attribute {attribute.code!r} of {kind.code!r}", attribute.derived
            expression = _ask(partial(derived, nw.col("id")), rule)
            yielded(frame, expression, of=WORDS, rule=rule, fixed=True)


def probe_criterion(criterion: Criterion, parameters: Mapping[str, Any] | None = None) -> None:
    """Refuse *criterion* unless it yields one finite number or missing for each row.

    Without *parameters* the defaults are used. Raises `BadDeclaration` or
    `BadExpression`, naming the criterion and what is wrong.
    """
    rule = f"criterion {criterion.code!r}"
    compiled = compile_criterion(criterion, _given(criterion.parameters, parameters, rule))
    frame = edge_frame_of(criterion)
    yielded(frame, compiled.measured, of=NUMBER, rule=rule)
    if criterion.applicable is not None:
        yielded(frame, compiled.arises, of=CONDITION, rule=f"`applicable` of {rule}", fixed=True)
    refuse_not_finite(frame, yielded(frame, compiled.raw, of=NUMBER, rule=rule), rule)


def probe_gate(gate: Gate, parameters: Mapping[str, Any] | None = None) -> None:
    """Refuse *gate* unless it yields true, false or missing for each row."""
    rule = f"gate {gate.code!r}"
    given = _given(gate.parameters, parameters, rule)
    frame = edge_frame_of(gate)
    yielded(frame, passing(gate, given), of=CONDITION, rule=rule)
    yielded(frame, compile_gate(gate, given), of=NUMBER, rule=rule)


def probe_classification(classification: Classification) -> None:
    """Refuse *classification* unless it yields text for each row."""
    rule = f"classification {classification.code!r}"
    yielded(edge_frame(classification.inputs), classification.value(), of=WORDS, rule=rule)


def probe_scale(
    scale: Scale,
    parameters: Mapping[str, Any],
    *,
    less_is_better: bool = False,
    attributes: Sequence[Attribute] = (),
) -> None:
    """Refuse *parameters* that *scale* cannot work with for such a criterion."""
    rule = f"scale {scale.code!r}"
    checked = check_parameters(scale.parameters, parameters, rule)
    frame = _with_attributes({"raw": pl.Series(_RAW, dtype=pl.Float64)}, attributes)
    given = ScaleInput(
        value=nw.col("raw"),
        cohort=made_up_cohort(scale.statistics, nw.col("raw")),
        attribute=_reader(attributes, rule),
        less_is_better=less_is_better,
    )
    expression = _ask(lambda: scale.points(given, checked), rule)
    points = yielded(frame, expression, of=NUMBER, rule=rule, fixed=True)
    if points[0] is not None:
        raise BadExpression(f"{rule} gives {points[0]} points where the raw value is missing.")
    if scale.allows is not None:
        allowed = _ask(partial(scale.allows, nw.col("raw"), checked), rule)
        yielded(frame, allowed, of=CONDITION, rule=f"`allows` of {rule}", fixed=True)
    if not isinstance(_ask(lambda: scale.describe(checked, less_is_better), rule), Sentence):
        raise BadExpression(f"{rule}: `describe` must return a Sentence.")


def made_up_cohort(
    statistics: Sequence[Statistic], value: nw.Expr, known: Sequence[float] = _KNOWN
) -> Mapping[Statistic, nw.Expr]:
    """The *statistics* of a cohort that has the values *known*, for candidates whose own
    is *value*."""
    ordered = sorted(known)
    mean = sum(ordered) / len(ordered)
    variance = sum((each - mean) ** 2 for each in ordered) / max(len(ordered) - 1, 1)
    found: Mapping[Statistic, nw.Expr] = {
        "minimum": nw.lit(ordered[0]),
        "maximum": nw.lit(ordered[-1]),
        "median": nw.lit(ordered[len(ordered) // 2]),
        "mean": nw.lit(mean),
        "deviation": nw.lit(variance**0.5),
        "count": nw.lit(float(len(ordered))),
        "below": _how_many([value > each for each in ordered]) + 0.0 * value,
        "equal": _how_many([value == each for each in ordered]) + 0.0 * value,
    }
    return {name: found[name] for name in statistics}


def _how_many(conditions: Sequence[nw.Expr]) -> nw.Expr:
    counted = [nw.when(each).then(nw.lit(1.0)).otherwise(nw.lit(0.0)) for each in conditions]
    return nw.sum_horizontal(*counted)


def probe_aggregation(
    aggregation: Aggregation, parameters: Mapping[str, Any] | None = None
) -> None:
    """Refuse *aggregation* unless it yields a value and one loss for each child.

    Without *parameters* the defaults are used.
    """
    rule = f"aggregation {aggregation.code!r}"
    bound = bind_aggregation(aggregation, _given(aggregation.parameters, parameters, rule))
    rows = [(a, b) for a in _POINTS for b in _POINTS]
    frame = nw.from_native(pl.DataFrame(rows, schema=["a", "b"], orient="row"), eager_only=True)
    branches = tuple(Branch(points=nw.col(name), weight=nw.lit(0.5)) for name in ("a", "b"))
    combined = _ask(lambda: bound.combine(branches), rule)
    yielded(frame, combined, of=NUMBER, rule=rule)
    frame = frame.with_columns(value=combined)
    lost = _ask(lambda: bound.losses(branches, nw.col("value")), rule)
    if not isinstance(lost, tuple) or len(lost) != len(branches):
        raise BadExpression(f"{rule}: `losses` must return a tuple with one loss for each child.")
    for each in lost:
        yielded(frame, each, of=NUMBER, rule=rule)
    if not isinstance(_ask(bound.describe, rule), Sentence | None):
        raise BadExpression(f"{rule}: `describe` must return a Sentence.")


def probe_ladder(
    ladder: Ladder,
    parameters: Mapping[str, Any],
    *,
    attributes: Sequence[Attribute] = (),
    category: CategoryDefinition | None = None,
) -> None:
    """Refuse *parameters* that *ladder* cannot work with: for a *category*, also those
    that name a criterion, group or gate it does not have."""
    rule = f"ladder {ladder.code!r}"
    checked = check_parameters(ladder.parameters, parameters, rule)
    places = {"place": pl.Series([1, 2, 2, 4]), "total": pl.Series([100.0, 80.0, 80.0, 0.0])}
    given = _ladder_input(attributes, category, rule)
    expression = _ask(lambda: ladder.titles(given, checked), rule)
    frame = _with_attributes(places, attributes)
    titles = yielded(frame, expression, of=WORDS, rule=rule, fixed=True)
    unknown = set(titles) - {None} - set(_ask(lambda: ladder.words(checked), rule))
    if unknown:
        raise BadExpression(f"{rule} has no words for its title {sorted(unknown)[0]!r}.")


def _ladder_input(
    attributes: Sequence[Attribute], category: CategoryDefinition | None, rule: str
) -> LadderInput:
    attribute = _reader(attributes, rule)
    nodes = [] if category is None else [each.code for each in category.tree.leaves()]
    nodes += [] if category is None else [each.code for each in category.tree.groups()]
    gates = [] if category is None else [each.key for each in category.gates]

    known = partial(_refuse_unknown, rule=rule)

    def value(code: str) -> nw.Expr:
        known(code, nodes, "criterion or group")
        return nw.col("total")

    def passes(code: str) -> nw.Expr:
        known(code, gates, "gate")
        return nw.col("place") <= 2

    def place_by(of: str | None, within: str | None) -> nw.Expr:
        if of is not None:
            known(of, nodes, "criterion or group")
        return (
            nw.col("place")
            if within is None
            else nw.when(~attribute(within).is_null()).then(nw.col("place"))
        )

    return LadderInput(
        place=nw.col("place"),
        total=nw.col("total"),
        attribute=attribute,
        value=value,
        passes=passes,
        place_by=place_by,
        held=lambda back: _held(category, back, rule),
    )


def _refuse_unknown(code: str, codes: Sequence[str], what: str, *, rule: str) -> None:
    if code not in codes:
        raise BadExpression(
            f"{rule} reads the {what} {code!r}, which the category does not have. It has: "
            f"{', '.join(codes) or 'none'}."
        )


def _held(category: CategoryDefinition | None, back: int, rule: str) -> nw.Expr:
    editions = 0 if category is None else len(category.earlier)
    if not 1 <= back <= editions:
        raise BadExpression(
            f"{rule} looks back {back} editions, but the category names {editions} earlier ones."
        )
    return nw.when(nw.col("place") == 1).then(nw.lit("place-1"))


def _given(
    model: type[Parameters] | None, parameters: Mapping[str, Any] | None, rule: str
) -> Mapping[str, Any]:
    if parameters is not None:
        return parameters
    bare = (
        [name for name, each in model.model_fields.items() if each.is_required()] if model else []
    )
    if bare:
        raise BadDeclaration(
            f"{rule}: parameter {bare[0]!r} has no default. Give every parameter one, so "
            "that the rule can be tried at start-up."
        )
    return {}


def _ask(call: Callable[[], Any], rule: str) -> Any:
    try:
        return call()
    except (KeyboardInterrupt, BadExpression):
        raise
    except BaseException as error:  # a plugin may raise anything
        raise BadExpression(f"{rule}: {type(error).__name__}: {error}") from error


def _reader(attributes: Sequence[Attribute], rule: str) -> Callable[[str], nw.Expr]:
    known = sorted(each.code for each in attributes)

    def attribute(code: str) -> nw.Expr:
        if code not in known:
            raise BadExpression(
                f"{rule} reads the attribute {code!r}, which this kind of candidate does not "
                f"have. It has: {', '.join(known) or 'none'}."
            )
        return nw.col(code)

    return attribute


def _with_attributes(columns: dict[str, pl.Series], attributes: Sequence[Attribute]) -> Frame:
    length = len(next(iter(columns.values())))
    for each in attributes:
        values = attribute_values([each])
        text = [values[row % len(values)] for row in range(length)]
        columns[each.code] = pl.Series(text, dtype=pl.String)
    return nw.from_native(pl.DataFrame(columns), eager_only=True)
