"""The normal distribution as an expression, the same on every engine."""

from collections.abc import Sequence
from functools import reduce

import narwhals as nw

_ABOVE = (
    3.52624965998911e-02,
    0.700383064443688,
    6.37396220353165,
    33.912866078383,
    112.079291497871,
    221.213596169931,
    220.206867912376,
)
_BELOW = (
    8.83883476483184e-02,
    1.75566716318264,
    16.064177579207,
    86.7807322029461,
    296.564248779674,
    637.333633378831,
    793.826512519948,
    440.413735824752,
)
_FAR = 7.07106781186547
_NOTHING = 37.0
_ROOT_OF_TWO_PI = 2.5066282746310002
"""√(2π)."""


def normal_cdf(z: nw.Expr) -> nw.Expr:
    """Φ(z), the share of the standard normal distribution below *z*; missing stays missing.

    Hart's double precision approximation (algorithm 5666) as given by West (2005),
    "Better approximations to cumulative normal functions", Wilmott Magazine: a quotient
    of polynomials up to |z| = 7.07, a continued fraction beyond. Within 1e-14 of Φ,
    and Φ(−z) = 1 − Φ(z). Beyond |z| = 37 it is exactly 0 or 1.
    """
    number = z.cast(nw.Float64)
    size = nw.min_horizontal(number.abs(), nw.lit(_NOTHING))
    density = (-0.5 * size * size).exp()
    near = density * (_polynomial(size, _ABOVE) / _polynomial(size, _BELOW))
    tail = nw.when(size < _FAR).then(near).otherwise(density * _fraction(size))
    tail = nw.when(size < _NOTHING).then(tail).otherwise(nw.lit(0.0))
    found = nw.when(number > 0.0).then(1.0 - tail).otherwise(tail)
    return nw.when(~number.is_null()).then(found)


def _polynomial(x: nw.Expr, coefficients: Sequence[float]) -> nw.Expr:
    """By Horner's rule, the highest power first."""
    first = nw.lit(coefficients[0])
    return reduce(lambda built, each: built * x + each, coefficients[1:], first)


def _fraction(x: nw.Expr) -> nw.Expr:
    """The tail over the density: West's continued fraction, as one quotient.

    One division instead of five: where an engine spells a division out, nested ones
    become programs of thousands of lines. No denominator is ever zero.
    """
    above, below = [1.0], [1.0, 0.65]
    for step in (4.0, 3.0, 2.0, 1.0):
        above, below = below, _plus([*below, 0.0], [step * each for each in above])
    return (1.0 / _ROOT_OF_TWO_PI) * (_polynomial(x, above) / _polynomial(x, below))


def _plus(longer: Sequence[float], shorter: Sequence[float]) -> list[float]:
    """The sum of two polynomials, the highest power first."""
    filled = [0.0] * (len(longer) - len(shorter)) + list(shorter)
    return [one + other for one, other in zip(longer, filled, strict=True)]
