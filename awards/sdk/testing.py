"""Checks for the tests of a plugin: each raises `AssertionError` in words.

They run a rule over generated edge cases: missing values in every place, zeros,
bounds, nobody, one candidate, candidates in another order.
"""

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import narwhals as nw
import polars as pl

from awards.sdk.aggregations import Aggregation, Branch
from awards.sdk.cases import (
    Frame,
    Row,
    edge_rows,
    edge_values,
    frame_of,
    with_attributes,
    with_surroundings,
)
from awards.sdk.classifications import Classification
from awards.sdk.compiled import (
    Outcome,
    bind_aggregation,
    check_parameters,
    compile_criterion,
    compile_gate,
)
from awards.sdk.errors import PluginError
from awards.sdk.probing import (
    made_up_cohort,
    probe_aggregation,
    probe_criterion,
    probe_gate,
    probe_scale,
)
from awards.sdk.scales import Scale, ScaleInput
from awards.sdk.types import (
    Attribute,
    Criterion,
    Gate,
    Indicator,
    Measure,
)
from awards.sdk.values import Values
from awards.sdk.yielding import refuse_not_finite

TOLERANCE = 1e-9

_MOST_ROWS = 400
_RAW = (None, 0.0, 0.25, 0.5, 1.0, 7.0, 12.0, 49.9, 50.0, 99.9, 100.0, 1234.5)
_SIMPLE = (0.0, 1e-9, 12.5, 50.0, 99.999, 100.0)
_WEIGHTS = ((1.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.2, 0.3, 0.5), (1 / 3, 1 / 3, 1 / 3))


def check_criterion(criterion: Criterion, parameters: Mapping[str, Any] | None = None) -> None:
    """Assert that *criterion* is safe to judge with.

    It yields a finite number or missing for every candidate, the same one each
    time, whoever else is there and in whatever order, and it reads every indicator
    and attribute it declares. Without *parameters* the defaults are used.
    """
    with _asserting():
        probe_criterion(criterion, parameters)
    given = parameters or {}
    expressions = (criterion.measure, criterion.applicable)
    _assert_all_read(criterion, [each for each in expressions if each], given)
    frame = with_attributes(_cases(criterion.inputs), criterion)
    values = _assert_steady(
        frame, lambda: compile_criterion(criterion, given).raw, f"criterion {criterion.code!r}"
    )
    with _asserting():
        refuse_not_finite(frame, values, f"criterion {criterion.code!r}")


def check_gate(gate: Gate, parameters: Mapping[str, Any] | None = None) -> None:
    """Assert that *gate* answers the same each time, whoever else is there, and reads
    every indicator and attribute it declares."""
    with _asserting():
        probe_gate(gate, parameters)
    given = parameters or {}
    _assert_all_read(gate, [gate.passes], given)
    frame = with_surroundings(with_attributes(_cases(gate.inputs), gate), gate)
    _assert_steady(frame, lambda: compile_gate(gate, given), f"gate {gate.code!r}")


def measure_rows(
    criterion: Criterion,
    rows: Iterable[Mapping[str, Any]],
    *,
    parameters: Mapping[str, Any] | None = None,
) -> list[float | None]:
    """The raw value of each row; an indicator or attribute that a row leaves out is
    missing.

    Raises `ValueError` for a name that *criterion* does not declare.
    """
    rule = f"criterion {criterion.code!r}"
    frame = _given_rows(rows, criterion.inputs, criterion.attributes, rule)
    return _values(frame, compile_criterion(criterion, parameters or {}).raw)


def judge_rows(
    gate: Gate, rows: Iterable[Mapping[str, Any]], *, parameters: Mapping[str, Any] | None = None
) -> list[bool | None]:
    """Whether each row passes; None where that cannot be told. Like `measure_rows`."""
    frame = _given_rows(rows, gate.inputs, gate.attributes, f"gate {gate.code!r}")
    answers = {int(Outcome.PASS): True, int(Outcome.FAIL): False}
    return [answers.get(each) for each in _values(frame, compile_gate(gate, parameters or {}))]


def classify_rows(
    classification: Classification, rows: Iterable[Mapping[str, float | None]]
) -> list[str | None]:
    """The value that *classification* gives each row. Like `measure_rows`."""
    rule = f"classification {classification.code!r}"
    frame = _given_rows(rows, classification.inputs, (), rule)
    return _values(frame, classification.value())


def _given_rows(
    rows: Iterable[Mapping[str, Any]],
    indicators: Sequence[Indicator],
    attributes: Sequence[str],
    rule: str,
) -> Frame:
    codes = [each.code for each in indicators]
    listed = [dict(row) for row in rows]
    strange = sorted({name for row in listed for name in row} - {*codes, *attributes})
    if strange:
        raise ValueError(f"{rule} declares no indicator {strange[0]!r} and no attribute so called")
    frame = frame_of(indicators, [tuple(row.get(code) for code in codes) for row in listed])
    texts = {
        code: pl.Series([row.get(code) for row in listed], dtype=pl.String) for code in attributes
    }
    return nw.from_native(frame.to_native().with_columns(**texts), eager_only=True)


def check_scale(
    scale: Scale,
    parameters: Mapping[str, Any],
    *,
    less_is_better: bool = False,
    attributes: Sequence[Attribute] = (),
    bounded: bool = True,
) -> None:
    """Assert that *scale* gives points within 0 to 100 (unless not *bounded*), none
    where the raw value is missing, and never fewer for a better value."""
    with _asserting():
        probe_scale(scale, parameters, less_is_better=less_is_better, attributes=attributes)
    rule = f"scale {scale.code!r}"
    known = [value for value in _RAW if value is not None]
    keys = {each.code: next(iter(each.values), "a") for each in attributes}
    given = ScaleInput(
        value=nw.col("raw"),
        cohort=made_up_cohort(scale.statistics, nw.col("raw"), known),
        attribute=lambda code: nw.lit(keys[code]),
        less_is_better=less_is_better,
    )
    checked = check_parameters(scale.parameters, parameters, rule)
    frame = _frame({"raw": _RAW})
    points = _assert_steady(frame, lambda: scale.points(given, checked), rule)
    assert points[0] is None, f"{rule} gives {points[0]} points where the raw value is missing"
    _assert_rising(points[1:], rule, less_is_better=less_is_better)
    for raw, earned in zip(_RAW, points, strict=True):
        within = earned is None or not bounded or 0.0 <= earned <= 100.0
        assert within, f"{rule} gives {earned} points for {raw}: outside 0 to 100"


def check_aggregation(
    aggregation: Aggregation, parameters: Mapping[str, Any] | None = None, *, between: bool = True
) -> None:
    """Assert that *aggregation* explains itself. Without *parameters* the defaults are used.

    The value lies between the lowest and the highest child that weighs (unless not
    *between*), a child out of force changes nothing, and the losses are zero or more
    and sum to 100 − value.
    """
    with _asserting():
        probe_aggregation(aggregation, parameters)
        bound = bind_aggregation(aggregation, parameters or {})
    rows = [
        (*points, *weights)
        for points in itertools.product(_SIMPLE, repeat=3)
        for weights in _WEIGHTS
    ]
    names = ("p0", "p1", "p2", "w0", "w1", "w2")
    frame = _frame(dict(zip(names, zip(*rows, strict=True), strict=True)))
    branches = tuple(Branch(points=nw.col(f"p{at}"), weight=nw.col(f"w{at}")) for at in range(3))
    rule = f"aggregation {aggregation.code!r}"
    values = _assert_steady(frame, lambda: bound.combine(branches), rule)
    idle = Branch(points=nw.lit(100.0), weight=nw.lit(0.0), full=0.0)
    _assert_close(_values(frame, bound.combine((*branches, idle))), values, rule)
    frame = frame.with_columns(value=bound.combine(branches))
    lost = [_values(frame, each) for each in bound.losses(branches, nw.col("value"))]
    for row, value, *losses in zip(rows, values, *lost, strict=True):
        if between:
            _assert_between(row, value, rule)
        _assert_explained(row, value, losses, rule=rule)


def _assert_explained(
    row: Sequence[float], value: float, losses: list[float], *, rule: str
) -> None:
    shown = f"{rule}, points {row[:3]} with weights {row[3:]}"
    assert min(losses) >= -TOLERANCE, f"{shown}: a loss is negative: {losses}"
    told = abs(sum(losses) - (100.0 - value)) <= TOLERANCE
    assert told, f"{shown}: the losses {losses} do not sum to 100 − {value}"


def _assert_between(row: Sequence[float], value: float, rule: str) -> None:
    points, weights = row[:3], row[3:]
    counted = [each for each, weight in zip(points, weights, strict=True) if weight > 0]
    inside = min(counted) - TOLERANCE <= value <= max(counted) + TOLERANCE
    assert inside, (
        f"{rule}, points {points} with weights {weights}: the value {value} is not between "
        "those of the children"
    )


def _assert_rising(points: list[Any], rule: str, *, less_is_better: bool) -> None:
    known = [each for each in points if each is not None]
    better = known[::-1] if less_is_better else known
    for worse, good in itertools.pairwise(better):
        assert worse <= good, f"{rule} gives fewer points ({good}) for a better value ({worse})"


def _assert_steady(frame: Frame, build: Callable[[], nw.Expr], rule: str) -> list[Any]:
    values = _values(frame, build())
    assert _values(frame, build()) == values, f"{rule} yields other values the second time"
    assert _values(frame[[]], build()) == [], f"{rule} yields values where there is nobody"
    order = list(range(len(frame)))
    random.Random(1).shuffle(order)  # noqa: S311
    shuffled = [values[at] for at in order]
    assert _values(frame[order], build()) == shuffled, f"{rule} depends on the order of rows"
    for at in order[:20]:
        alone = _values(frame[[at]], build())
        assert alone == [values[at]], (
            f"{rule} yields {alone[0]} alone but {values[at]} in company: divide by constants "
            "with share(..., of=...), and leave out what reads other rows"
        )
    return values


def _assert_all_read(
    rule: Criterion | Gate, expressions: Sequence[Measure], parameters: Mapping[str, Any]
) -> None:
    name = f"{type(rule).__name__.lower()} {rule.code!r}"
    checked = check_parameters(rule.parameters, parameters, name)
    gate = rule if isinstance(rule, Gate) else None
    watched = _Watched(rule.inputs, name, rule.attributes, gate)
    for expression in expressions:
        _ = expression(watched) if checked is None else expression(watched, checked)
    unread = sorted({*rule.attributes, *(each.code for each in rule.inputs)} - watched.read)
    assert not unread, f"{name} declares {', '.join(unread)} but never reads it"


class _Watched(Values):
    """Remembers which indicators and attributes were read."""

    def __init__(
        self,
        indicators: tuple[Indicator, ...],
        rule: str,
        attributes: tuple[str, ...],
        gate: Gate | None,
    ) -> None:
        super().__init__(indicators, rule, attributes, gate)
        self.read: set[str] = set()

    def cohort(self, statistic: str, indicator: str) -> nw.Expr:
        self.read.add(indicator)
        return super().cohort(statistic, indicator)

    def attribute(self, code: str) -> nw.Expr:
        self.read.add(code)
        return super().attribute(code)

    def __getattr__(self, code: str) -> nw.Expr:
        found = super().__getattr__(code)
        self.read.add(code)
        return found


def _cases(indicators: Sequence[Indicator]) -> Frame:
    """Edge rows, combinations of edges, and values drawn between the bounds."""
    draw = random.Random(1)  # noqa: S311
    edges = [(None, *edge_values(each)) for each in indicators]
    rows: list[Row] = list(edge_rows(indicators))
    rows += itertools.islice(itertools.product(*edges), _MOST_ROWS)
    for _ in range(50):
        drawn = (draw.uniform(edge_values(each)[0], edge_values(each)[-1]) for each in indicators)
        typed = zip(indicators, drawn, strict=True)
        rows.append(tuple(float(round(x)) if each.type is int else x for each, x in typed))
    return frame_of(indicators, rows)


def _frame(columns: Mapping[str, Sequence[float | None]]) -> Frame:
    series = {name: pl.Series(values, dtype=pl.Float64) for name, values in columns.items()}
    return nw.from_native(pl.DataFrame(series), eager_only=True)


def _values(frame: Frame, expression: nw.Expr) -> list[Any]:
    return frame.with_columns(__yielded=expression)["__yielded"].to_list()


def _assert_close(left: list[float], right: list[float], rule: str) -> None:
    for one, other in zip(left, right, strict=True):
        near = abs(one - other) <= TOLERANCE
        assert near, f"{rule}: a child out of force changes {other} to {one}"


@contextmanager
def _asserting() -> Iterator[None]:
    try:
        yield
    except PluginError as error:
        raise AssertionError(str(error)) from error
