"""Arithmetic that means the same on every engine.

Plain operators differ between engines where it hurts: division by zero, modulo,
rounding, and comparisons with missing values. These helpers do not.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum

import narwhals as nw


class Absent(Enum):
    """What a rule may yield instead of a number."""

    MISSING = "missing"
    """The value is not known. It is never zero."""


MISSING = Absent.MISSING

_zero_denominators: ContextVar[list[nw.Expr] | None] = ContextVar("zero_denominators", default=None)


@contextmanager
def collecting_zero_denominators() -> Iterator[list[nw.Expr]]:
    """Collect, while a measure is built, the conditions under which one of its
    denominators is zero, so that the reason can be told from missing data."""
    found: list[nw.Expr] = []
    token = _zero_denominators.set(found)
    try:
        yield found
    finally:
        _zero_denominators.reset(token)


def ratio(numerator: nw.Expr, denominator: nw.Expr, *, when_zero: float | Absent) -> nw.Expr:
    """*numerator* ÷ *denominator*; *when_zero* where the denominator is zero.

    ``when_zero=MISSING`` gives the reason "denominator is zero". A missing part
    makes the ratio missing.
    """
    above, below = numerator.cast(nw.Float64), denominator.cast(nw.Float64)
    found = _zero_denominators.get()
    if found is not None and when_zero is MISSING:
        found.append(below == 0.0)
    quotient = nw.when(below != 0.0).then(_quotient(above, below))
    if isinstance(when_zero, Absent):
        return quotient
    instead = nw.when((below == 0.0) & ~above.is_null()).then(nw.lit(float(when_zero)))
    return nw.coalesce(quotient, instead)


def share(part: nw.Expr, *, of: float) -> nw.Expr:
    """*part* as a share of the constant *of*, which must not be zero.

    Exact: ``share(x, of=49)`` is 1 where x is 49, which plain ``x / 49`` is not.
    """
    if of == 0:
        raise ValueError("share(..., of=0): a share of nothing has no meaning")
    return _quotient(part.cast(nw.Float64), nw.lit(float(of)))


def _quotient(above: nw.Expr, below: nw.Expr) -> nw.Expr:
    """The correctly rounded quotient of finite numbers.

    Polars multiplies by the reciprocal where it divides by a constant, which is off
    by one unit in the last place for a third of all whole numbers and puts 49 / 49
    below an edge at 1. Adding zero times the numerator makes a column of the constant.
    """
    return above / (below + 0.0 * above)


def growth(now: nw.Expr, before: nw.Expr, *, when_zero: float | Absent) -> nw.Expr:
    """Relative change from *before* to *now*: ``(now - before) / before``."""
    return ratio(now.cast(nw.Float64) - before.cast(nw.Float64), before, when_zero=when_zero)


def at_least(value: nw.Expr, floor: float) -> nw.Expr:
    """*value*, or *floor* where it is lower; missing stays missing.

    Unlike ``max_horizontal``, which turns missing into the floor on some engines.
    """
    number = value.cast(nw.Float64)
    return nw.when(number < floor).then(nw.lit(float(floor))).otherwise(number)


def at_most(value: nw.Expr, ceiling: float) -> nw.Expr:
    """*value*, or *ceiling* where it is higher; missing stays missing."""
    number = value.cast(nw.Float64)
    return nw.when(number > ceiling).then(nw.lit(float(ceiling))).otherwise(number)


def step_table(value: nw.Expr, steps: Sequence[tuple[float, float]]) -> nw.Expr:
    """Look *value* up in a table of ``(lower edge, result)``, edges rising.

    A value gets the result of the highest edge that it reaches (edges belong to
    the step above); below the first edge, and when missing, the result is missing.
    """
    edges = [edge for edge, _ in steps]
    if not edges or edges != sorted(set(edges)):
        raise ValueError("step_table needs at least one step, lower edges rising")
    number = value.cast(nw.Float64)
    reached = [nw.when(number >= edge).then(nw.lit(float(result))) for edge, result in steps]
    return nw.coalesce(*reversed(reached)) if len(reached) > 1 else reached[0]
