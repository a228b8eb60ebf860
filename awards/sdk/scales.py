"""What turns raw values into points, and what it may know of the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import narwhals as nw

from awards.domain.text import Sentence, Text
from awards.sdk.named import Named, Parameters

Statistic = Literal["minimum", "maximum", "median", "mean", "deviation", "count", "below", "equal"]
"""What scales may ask of a cohort: the first six are one number a cohort (``deviation`` is
the sample's, with n − 1, and 0 for fewer than two values); ``below`` and ``equal`` are, for
each candidate, how many values of its cohort are lower and how many are the same, compared
as ``round(x · 10⁹)``."""


@dataclass(frozen=True, kw_only=True)
class ScaleInput:
    """What a scale sees: the raw value, statistics of the candidate's cohort (those that
    are eligible and have a value), and its attributes as text. All are expressions: one
    scale serves a cohort of everybody and one for each sector or region."""

    value: nw.Expr
    cohort: Mapping[Statistic, nw.Expr]
    attribute: Callable[[str], nw.Expr]
    less_is_better: bool


@dataclass(frozen=True, kw_only=True)
class Scale(Named):
    """Turns raw values into points, 0 to 100.

    ``points(input, parameters)`` returns a numeric expression; where the raw
    value is missing the points are missing. ``statistics`` names the cohort
    statistics it needs. ``describe(parameters, less_is_better)`` says the rule
    in words for the method page. ``allows(value, parameters)`` is an expression that
    is false for a raw value that may not be; a ranked candidate that has one stops
    the run. ``between(input, parameters)`` goes with it: points for every value, where
    one that may not be counts as the worse of those beside it, so that a search for what
    would lift a candidate can pass over them.
    """

    code: str
    title: Text
    parameters: type[Parameters]
    points: Callable[[ScaleInput, Any], nw.Expr]
    describe: Callable[[Any, bool], Sentence]
    statistics: tuple[Statistic, ...] = ()
    allows: Callable[[nw.Expr, Any], nw.Expr] | None = None
    between: Callable[[ScaleInput, Any], nw.Expr] | None = None

    def passable(self) -> "Scale":
        """This scale with no value refused and none off it, where it says how."""
        return self if self.between is None else replace(self, points=self.between, allows=None)
