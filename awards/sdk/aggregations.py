"""Rules that combine the children of a group, and how they are asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from awards.domain.text import Sentence, Text
from awards.sdk.named import Named, Parameters


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A child of a group while it is aggregated: points (0 to 100) and weight.

    The weights in force sum to 1 within the group. A child that is out of force
    has weight 0 and points 100, which changes no mean. ``full`` is the weight as it
    is declared: where weights are maxima of raw points, the most that it can bring.
    """

    points: nw.Expr
    weight: nw.Expr
    full: float = 1.0


Combine = Callable[..., nw.Expr]
"""``combine(branches)`` or, when the aggregation has parameters, ``combine(branches, p)``."""

Losses = Callable[..., tuple[nw.Expr, ...]]
"""``losses(branches, value)`` or, with parameters, ``losses(branches, value, p)``."""


@dataclass(frozen=True, kw_only=True)
class Aggregation(Named):
    """Combines the children of a group into one value, 0 to 100.

    ``losses(branches, value)`` says how many of the ``100 - value`` lost points
    each child accounts for; the losses are zero or more and sum to
    ``100 - value``. That is what makes every aggregation explainable.
    ``describe(parameters)`` says in words what the title leaves open.
    """

    code: str
    title: Text
    combine: Combine
    losses: Losses
    parameters: type[Parameters] | None = None
    describe: Callable[[Any], Sentence] | None = None


@dataclass(frozen=True)
class BoundAggregation:
    """An aggregation with its parameters: what evaluation and explanation ask."""

    aggregation: Aggregation
    parameters: Parameters | None

    def combine(self, branches: tuple[Branch, ...]) -> nw.Expr:
        """The value of a group of *branches*."""
        return self.aggregation.combine(branches, *self._given())

    def losses(self, branches: tuple[Branch, ...], value: nw.Expr) -> tuple[nw.Expr, ...]:
        """How the points that *value* lacks fall to *branches*."""
        return self.aggregation.losses(branches, value, *self._given())

    def describe(self) -> Sentence | None:
        """What the title leaves open, if anything."""
        describe = self.aggregation.describe
        return describe(self.parameters) if describe else None

    def _given(self) -> tuple[Parameters, ...]:
        return () if self.parameters is None else (self.parameters,)
