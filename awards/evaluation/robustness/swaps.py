"""The smallest change of one weight that makes two neighbors swap, in closed form.

Let node k weigh w among siblings that weigh W without it. As w varies, the total of a
candidate is T(w) = (a + b · w) / (W + w), with W the weight of its siblings in force; it
is constant where k is out of force for the candidate. Equal totals of two candidates are
then a quadratic equation in w (a linear one where the same siblings are in force), whose
root nearest to the declared weight is the answer. It is exact for nodes whose groups, up
to the root, are all weighted arithmetic means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from awards.domain.canonical import QUANTA
from awards.evaluation.robustness.tree import KNOWN_RULES, Floats, Integers, Ranked

_ARITHMETIC = KNOWN_RULES["arithmetic"]


@dataclass(frozen=True, eq=False)
class Swaps:
    """For each candidate and the next one: the ``node`` whose weight has to change least
    (-1 where no single weight swaps them, or they are level), the declared weight
    ``before``, the ``weight`` at which both are level, and by how many percentage points
    the node's share of its group changes, times the group's share of the total."""

    node: Integers
    weight: Floats
    change: Floats


@dataclass(frozen=True, eq=False)
class _Curve:
    """Totals as (n0 + n1 · w) / (d0 + d1 · w) for each candidate."""

    n0: Floats
    n1: Floats
    d0: Floats
    d1: Floats


def find_swaps(ranked: Ranked) -> Swaps:
    """The smallest change for every candidate and the one after it; the last has none."""
    pairs = ranked.size - 1
    node = np.full(ranked.size, -1, np.int64)
    weight, change = np.full(ranked.size, np.nan), np.full(ranked.size, np.nan)
    total = np.rint(ranked.values[-1] * QUANTA)
    apart = total[:-1] > total[1:]
    for own, share, curve in _curves(ranked):
        declared = float(ranked.tree.weights[own])
        rest = _siblings(ranked, own)
        level = _level(curve, declared)
        moved = np.abs(level / (rest + level) - declared / (rest + declared)) * share * 100.0
        known = change[:pairs]
        better = apart & ~np.isnan(moved) & (np.isnan(known) | (moved < known))
        for kept, found in ((weight, level), (change, moved)):
            kept[:pairs][better] = found[better]
        node[:pairs][better] = own
    return Swaps(node, weight, change)


def _siblings(ranked: Ranked, own: int) -> float:
    family = next(each for each in ranked.tree.families() if own in each)
    return float(ranked.tree.weights[family].sum() - ranked.tree.weights[own])


def _curves(ranked: Ranked) -> Iterator[tuple[int, float, _Curve]]:
    """Each node that has siblings, with its group's declared share of the total and the
    totals as its weight varies."""
    tree = ranked.tree
    nodes = np.concatenate([ranked.points, ranked.values])
    root = len(tree.codes) - 1
    open_: list[tuple[int, float, Floats]] = [(root, 1.0, np.ones(ranked.size))]
    while open_:
        group, share, in_force = open_.pop(0)
        if tree.rules[group - tree.leaves] != _ARITHMETIC:
            continue
        family = tree.families()[group - tree.leaves]
        present = ~np.isnan(nodes[family])
        weights = tree.weights[family][:, None] * present
        remaining = weights.sum(axis=0)
        whole = float(tree.weights[family].sum())
        for place, own in enumerate(family):
            if len(family) > 1:
                yield int(own), share, _curve(ranked, nodes[family], weights, in_force, place)
            if own >= tree.leaves:
                part = np.divide(
                    weights[place], remaining, out=np.zeros(ranked.size), where=remaining > 0
                )
                open_.append((int(own), share * float(tree.weights[own]) / whole, in_force * part))


def _curve(ranked: Ranked, values: Floats, weights: Floats, in_force: Floats, place: int) -> _Curve:
    """The totals as the weight of the child number *place* varies; *in_force* is the
    group's share of each total, 0 where it is out of force."""
    others = weights.copy()
    others[place] = 0.0
    left = others.sum(axis=0)
    gained = (others * np.nan_to_num(values)).sum(axis=0)
    own = np.nan_to_num(values[place])
    value = (gained + weights[place] * own) / np.maximum(left + weights[place], 1e-300)
    total = ranked.values[-1]
    outside = total - in_force * value
    # Alone in force, or out of it, the child's weight moves nothing.
    moves = (weights[place] > 0) & (left > 0) & (in_force > 0)
    return _Curve(
        n0=np.where(moves, outside * left + in_force * gained, total),
        n1=np.where(moves, outside + in_force * own, 0.0),
        d0=np.where(moves, left, 1.0),
        d1=np.where(moves, 1.0, 0.0),
    )


def _level(curve: _Curve, declared: float) -> Floats:
    """The positive weight nearest to *declared* at which each candidate and the next have
    the same total; NaN for none."""
    first = _Curve(*(each[:-1] for each in (curve.n0, curve.n1, curve.d0, curve.d1)))
    second = _Curve(*(each[1:] for each in (curve.n0, curve.n1, curve.d0, curve.d1)))
    square = first.n1 * second.d1 - second.n1 * first.d1
    linear = (
        first.n0 * second.d1 + first.n1 * second.d0 - second.n0 * first.d1 - second.n1 * first.d0
    )
    constant = first.n0 * second.d0 - second.n0 * first.d0
    roots = _roots(square, linear, constant)
    roots[~(roots > 0.0)] = np.nan
    distance = np.where(np.isnan(roots), np.inf, np.abs(roots - declared))
    nearest = np.argmin(distance, axis=0)
    return np.asarray(np.take_along_axis(roots, nearest[None, :], axis=0)[0])


def _roots(square: Floats, linear: Floats, constant: Floats) -> Floats:
    """Both roots of square · w² + linear · w + constant, without cancellation; NaN for
    none. Same siblings give a common factor W + w, whose root is negative."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        under = np.sqrt(linear**2 - 4.0 * square * constant)
        half = -0.5 * (linear + np.copysign(under, linear))
        found = np.stack([half / square, constant / half])
    found[~np.isfinite(found)] = np.nan
    return found
