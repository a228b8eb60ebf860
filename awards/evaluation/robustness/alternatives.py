"""Places without one criterion, and under each other scale or aggregation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from awards.evaluation.robustness.placing import Ground
from awards.evaluation.robustness.schemes import DECLARED, Scheme
from awards.evaluation.robustness.tree import Places


@dataclass(frozen=True)
class Moved:
    """How far places move without a criterion: mean and greatest distance."""

    criterion: str
    mean: float
    most: int


def leave_out(ground: Ground) -> Mapping[str, Places]:
    """Places without each criterion, its weight shared by its siblings; nothing for a
    tree of one criterion. Candidates that only it was in force for come last."""
    tree = ground.ranked.tree
    if tree.leaves < 2:
        return {}
    weights = np.tile(tree.weights, (tree.leaves, 1))
    np.fill_diagonal(weights, 0.0)
    return dict(zip(tree.codes, ground.places(weights), strict=False))


def place_under(grounds: Sequence[Ground], schemes: Sequence[Scheme]) -> Mapping[str, Places]:
    """Places with the declared weights where scale or aggregation, not both, differ."""
    found: dict[str, Places] = {}
    for ground, scheme in zip(grounds[1:], schemes[1:], strict=True):
        if DECLARED in (scheme.scale, scheme.aggregation):
            found[scheme.name] = ground.places(ground.ranked.tree.weights[None, :])[0]
    return found


def most_moving(places: Places, without: Mapping[str, Places]) -> tuple[Moved, ...]:
    """The criteria, the one first that moves places most on the average."""
    moved = [
        _moved(code, np.abs(found.astype(np.int64) - places)) for code, found in without.items()
    ]
    return tuple(sorted(moved, key=lambda each: (-each.mean, each.criterion)))


def _moved(code: str, apart: Places) -> Moved:
    return Moved(code, round(int(apart.sum()) / len(apart), 9), int(apart.max()))
