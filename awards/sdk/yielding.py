"""Evaluate a rule's expression and refuse what is not one value for each row."""

import math
from typing import Any

import narwhals as nw

from awards.sdk.cases import Frame
from awards.sdk.errors import BadExpression

NUMBER, CONDITION, WORDS = "a number", "true or false", "text"


def yielded(
    frame: Frame, expression: object, *, of: str, rule: str, fixed: bool = False
) -> list[Any]:
    """What *expression* yields for each row of *frame*.

    Raises `BadExpression` unless it is one column *of* the right type, as long as
    the frame, in which every value depends on its own row alone. ``fixed`` allows
    one value for all.
    """
    if not isinstance(expression, nw.Expr):
        raise BadExpression(f"{rule} returned {type(expression).__name__}, not an expression.")
    whole = _column(frame, expression, rule)
    _check_type(whole.dtype, of, rule)
    if len(whole) != len(frame) and not fixed:
        raise BadExpression(
            f"{rule} yields one value for all candidates: it must compute one for each from "
            "its indicators. Literals and totals over candidates do not."
        )
    values = whole.to_list() if len(whole) == len(frame) else whole.to_list() * len(frame)
    _check_rows_stand_alone(frame, expression, values, rule)
    return values


def _column(frame: Frame, expression: nw.Expr, rule: str) -> nw.Series[Any]:
    try:
        table = frame.select(expression)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # engines panic outside of Exception
        first = str(error).strip().split("\n")[0]
        raise BadExpression(f"{rule} cannot be evaluated: {first}") from error
    if len(table.columns) != 1:
        raise BadExpression(f"{rule} yields {len(table.columns)} columns, not one.")
    return table[table.columns[0]]


def _check_type(dtype: nw.dtypes.DType, of: str, rule: str) -> None:
    found = WORDS if dtype == nw.String else str(dtype)
    if dtype.is_numeric():
        found = NUMBER
    if dtype == nw.Boolean:
        found = CONDITION
    if found != of:
        raise BadExpression(f"{rule} must yield {of} for each candidate, but yields {found}.")


def _check_rows_stand_alone(
    frame: Frame, expression: nw.Expr, values: list[Any], rule: str
) -> None:
    """Evaluate the rows reversed, which shows order, and one alone, which shows company."""
    count = len(frame)
    for rows in (list(reversed(range(count))), [count // 2]):
        again = _column(frame[rows], expression, rule).to_list()
        if len(again) == len(rows) and not _alike(again, [values[row] for row in rows]):
            raise BadExpression(
                f"{rule} makes a candidate's value depend on other candidates or on their "
                "order: leave out mean, rank, shift, cum_sum and the like."
            )


def _alike(left: list[Any], right: list[Any]) -> bool:
    pairs = zip(left, right, strict=True)
    return all(a == b or _nearly(a, b) for a, b in pairs)


def _nearly(left: object, right: object) -> bool:
    """Engines may differ in the last digit with the number of rows."""
    if not isinstance(left, float) or not isinstance(right, float):
        return False
    return math.isclose(left, right) or (math.isnan(left) and math.isnan(right))


def refuse_not_finite(frame: Frame, values: list[Any], rule: str) -> None:
    """Raise `BadExpression`, with the row, for NaN and infinities in *values*."""
    for row, value in enumerate(values):
        if value is not None and not math.isfinite(value):
            inputs = {name: frame[name][row] for name in frame.columns}
            said = ", ".join(f"{name} = {inputs[name]}" for name in inputs)
            raise BadExpression(
                f"{rule} yields {value} for {said}. Divide with ratio(..., when_zero=...), "
                "or declare the indicator's bounds."
            )
