"""Which scales and aggregations a draw uses, and how many draws use each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from awards.domain.definition import Robustness
from awards.evaluation.robustness.scales import respread
from awards.evaluation.robustness.tree import KNOWN_RULES, Floats, Integers, Ranked, Tree

DECLARED = "declared"
LEAST_POINTS = 1.0
"""Fewer count as one in a geometric mean that is not the declared one, or a single zero
would take everything (OECD/JRC Handbook 2008, section 6)."""


@dataclass(frozen=True)
class Scheme:
    """A scale for all criteria and an aggregation for all groups, each by name or as
    declared."""

    scale: str
    aggregation: str

    @property
    def name(self) -> str:
        if self.scale == DECLARED:
            return self.aggregation
        parts = [self.scale] if self.aggregation == DECLARED else [self.scale, self.aggregation]
        return "+".join(parts)


AS_DECLARED = Scheme(DECLARED, DECLARED)


def schemes_of(tree: Tree, rules: Robustness) -> tuple[Scheme, ...]:
    """The declared scheme, then every other; an aggregation that all groups have
    already is no other."""
    scales = (DECLARED, *dict.fromkeys(rules.scales))
    others = [each for each in dict.fromkeys(rules.aggregations) if _differs(tree, each)]
    return tuple(Scheme(scale, rule) for rule in (DECLARED, *others) for scale in scales)


def _differs(tree: Tree, aggregation: str) -> bool:
    return bool((tree.rules != KNOWN_RULES[aggregation]).any())


def share_draws(schemes: Sequence[Scheme], draws: int) -> tuple[int, ...]:
    """How many of *draws* each scheme gets: half of them the declared one, the others
    the rest as evenly as can be, the first ones more."""
    if len(schemes) == 1:
        return (draws,)
    others = draws // 2
    each, more = divmod(others, len(schemes) - 1)
    return (draws - others, *(each + (place < more) for place in range(len(schemes) - 1)))


def points_under(ranked: Ranked, scheme: Scheme) -> Floats:
    """The points of *ranked* as *scheme* has them."""
    points = ranked.points
    if scheme.scale != DECLARED:
        points = respread(points, scheme.scale)
    if scheme.aggregation == "geometric":
        points = np.where(points < LEAST_POINTS, LEAST_POINTS, points)
    return points


def rules_under(tree: Tree, scheme: Scheme) -> Integers:
    """The aggregation of each group under *scheme*."""
    if scheme.aggregation == DECLARED:
        return tree.rules
    return np.full_like(tree.rules, KNOWN_RULES[scheme.aggregation])
