"""Places under weights and schemes, by compiled loops or by the rules' expressions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from awards.evaluation.robustness import kernels
from awards.evaluation.robustness.schemes import Scheme, points_under, rules_under
from awards.evaluation.robustness.threads import side_by_side
from awards.evaluation.robustness.tree import Floats, Integers, Places, Ranked

Expressed = Callable[[Floats, Floats], Floats]
"""Values of groups by points and weights, from the expressions of the rules."""


@dataclass(frozen=True, eq=False)
class Ground:
    """All that does not change from draw to draw of one scheme. ``expressed`` is None
    where the compiled loops know every aggregation."""

    ranked: Ranked
    points: Floats
    costs: Floats
    rules: Integers
    known: npt.NDArray[np.bool_]
    start: Integers
    expressed: Expressed | None

    def places(self, weights: Floats) -> Places:
        """Places (draws × candidates) under each row of *weights*."""
        found = np.empty((len(weights), self.ranked.size), np.int32)
        if self.expressed is None:
            side_by_side(
                lambda low, high: self._rank(weights[low:high], found[low:high]), len(weights)
            )
            return found
        for own, row in zip(weights, found, strict=True):
            row[:] = self._rank_values(self.values(own))
        return found

    def values(self, weights: Floats) -> Floats:
        """Values (groups × candidates) under *weights*."""
        if self.expressed is not None:
            return self.expressed(self.points, weights)
        tree, found = self.ranked.tree, np.empty_like(self.ranked.values)
        kernels.combine(
            (self.points, self.costs),
            (tree.starts, tree.children, self.rules),
            weights,
            self.known,
            found,
        )
        return found

    def _rank(self, weights: Floats, found: Places) -> None:
        tree = self.ranked.tree
        kernels.rank_draws(
            (self.points, self.costs),
            (tree.starts, tree.children, self.rules),
            weights,
            self.known,
            self.ranked.ties,
            self.start,
            found,
        )

    def _rank_values(self, values: Floats) -> Places:
        found = np.empty(self.ranked.size, np.int32)
        kernels.rank_values(self.points, values, self.ranked.ties, self.start, found)
        return found


def prepare(ranked: Ranked, scheme: Scheme, *, expressed: Expressed) -> Ground:
    """The ground of *scheme*; *expressed* is used where a group's aggregation is none
    that the loops know."""
    points, rules = points_under(ranked, scheme), rules_under(ranked.tree, scheme)
    costs = np.empty_like(points)
    kernels.find_costs(points, costs)
    return Ground(
        ranked=ranked,
        points=points,
        costs=costs,
        rules=rules,
        known=np.asarray(~np.isnan(points).any(axis=1)),
        start=_order_of_ties(ranked, points),
        expressed=expressed if (rules < 0).any() else None,
    )


def is_repeated(ranked: Ranked, ground: Ground) -> bool:
    """Whether the declared weights give the places of the run again."""
    return bool((ground.places(ranked.tree.weights[None, :])[0] == ranked.places).all())


def _order_of_ties(ranked: Ranked, points: Floats) -> Integers:
    order = np.arange(ranked.size)
    keys = np.empty(ranked.size, np.int64)
    for node in reversed(ranked.ties):
        if node < len(points):
            kernels.quantize_all(points[node], keys)
            kernels.sort_down(keys, order)
    return order
