"""The loops over candidates: values up the tree, and places from sorted integers.

Nodes are numbered: criteria in reading order, then groups, children before parents,
the root last. Rows are nodes, columns candidates.
"""

import math

import numpy as np
import numpy.typing as npt

from awards.domain.canonical import QUANTA
from awards.evaluation.robustness.compiled import compiled

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
PlaceTable = npt.NDArray[np.int32]
Counts = npt.NDArray[np.uint16]
Flags = npt.NDArray[np.bool_]

Levels = tuple[Floats, Floats]
"""Points (criteria × candidates) and ln(100 / points)."""
Families = tuple[Integers, Integers, Integers]
"""``starts``, ``children`` and ``rules`` of a tree."""

MISSING = -(2**61)
"""Before every number that is compared here, and after them in order."""

_TILE = 4_096
"""Candidates at once, so that what is summed stays near the processor."""
_DIGIT, _MASK, _BITS = 11, 2**11 - 1, 63
_SCALE = float(QUANTA)
_GEOMETRIC = 1


@compiled
def combine(levels: Levels, tree: Families, weights: Floats, known: Flags, values: Floats) -> None:
    """Fill *values* (groups × candidates) from the points of *levels*.

    *tree* is ``starts``, ``children`` and ``rules``. A missing value is NaN; its weight
    goes to the siblings, as does that of a node of weight 0. *known* says which criteria
    have points for everybody.
    """
    points, costs = levels
    starts, children, rules = tree
    leaves, candidates = points.shape
    whole = _whole(starts, children, weights, known)
    remaining = np.empty(min(candidates, _TILE))
    for low in range(0, candidates, _TILE):
        high = min(candidates, low + _TILE)
        for group in range(len(rules)):
            value = values[group, low:high]
            left = remaining[: high - low]
            own = children[starts[group] : starts[group + 1]]
            value[:] = 0.0
            _share_out(left, points, values, own, weights, whole, low)
            for node in own:
                if weights[node] > 0.0 and rules[group] == _GEOMETRIC:
                    row = costs[node] if node < leaves else values[node - leaves]
                    _add_costs(value, row[low:high], left, weights[node], node < leaves)
                elif weights[node] > 0.0:
                    row = points[node] if node < leaves else values[node - leaves]
                    if whole[leaves + group]:
                        _add_all(value, row[low:high], weights[node] / left[0])
                    else:
                        _add_known(value, row[low:high], left, weights[node])
            _finish(value, left, rules[group])


@compiled
def _whole(starts: Integers, children: Integers, weights: Floats, known: Flags) -> Flags:
    """Which nodes have a value for everybody."""
    whole = np.zeros(len(weights), np.bool_)
    whole[: len(known)] = known
    for group in range(len(starts) - 1):
        alive = False
        every = True
        for node in children[starts[group] : starts[group + 1]]:
            if weights[node] > 0.0:
                alive = True
                every = every and whole[node]
        whole[len(known) + group] = alive and every
    return whole


@compiled
def _share_out(
    left: Floats,
    points: Floats,
    values: Floats,
    own: Integers,
    weights: Floats,
    whole: Flags,
    low: int,
) -> None:
    """Fill *left* with the weight of the children *own* that have a value."""
    leaves = len(points)
    left[:] = 0.0
    for node in own:
        if weights[node] > 0.0 and whole[node]:
            left += weights[node]
        elif weights[node] > 0.0:
            row = points[node] if node < leaves else values[node - leaves]
            for each in range(len(left)):
                left[each] += 0.0 if math.isnan(row[low + each]) else weights[node]


@compiled
def _add_all(value: Floats, row: Floats, share: float) -> None:
    for each in range(len(row)):
        value[each] += share * row[each]


@compiled
def _add_known(value: Floats, row: Floats, left: Floats, weight: float) -> None:
    for each in range(len(row)):
        if not math.isnan(row[each]):
            value[each] += weight / left[each] * row[each]


@compiled
def _add_costs(value: Floats, row: Floats, left: Floats, weight: float, given: bool) -> None:
    """Add weight · ln(100 / value), what a child costs a geometric mean; where *given*,
    *row* holds the logarithms."""
    for each in range(len(row)):
        if not math.isnan(row[each]):
            cost = row[each] if given else _cost(row[each])
            value[each] += weight / left[each] * cost


@compiled
def _cost(points: float) -> float:
    return math.inf if points <= 0.0 else -math.log(points / 100.0)


@compiled
def find_costs(points: Floats, costs: Floats) -> None:
    """Fill *costs* with ln(100 / p): infinite where p is 0, missing where it is."""
    for row in range(len(points)):
        for each in range(points.shape[1]):
            missing = math.isnan(points[row, each])
            costs[row, each] = math.nan if missing else _cost(points[row, each])


@compiled
def _finish(value: Floats, left: Floats, rule: int) -> None:
    for each in range(len(value)):
        if left[each] == 0.0:
            value[each] = math.nan
        elif rule == _GEOMETRIC:
            value[each] = 100.0 * math.exp(-value[each])


@compiled
def quantize_all(row: Floats, found: Integers) -> None:
    """``round(x · 10⁹)``, halves to even, as places compare; missing sorts last."""
    for each in range(len(row)):
        if math.isnan(row[each]):
            found[each] = MISSING
        else:
            found[each] = np.int64(np.rint(row[each] * _SCALE))


@compiled
def sort_down(keys: Integers, order: Integers) -> None:
    """Sort *order*, numbers of candidates, by their *keys*, largest first; equal ones
    stay as they are (radix sort, digits of 11 bits, lowest first)."""
    largest = keys.max()
    highest = largest - keys.min()
    held, spare = np.empty(len(order), np.int64), np.empty(len(order), np.int64)
    other = np.empty(len(order), np.int64)
    for each in range(len(order)):
        held[each] = largest - keys[order[each]]
    buckets = np.empty(1 << _DIGIT, np.int64)
    shift, is_other = 0, False
    while shift < _BITS and highest >> shift > 0:
        _count_digits(held, shift, buckets)
        if is_other:
            _scatter(held, other, spare, order, shift, buckets)
        else:
            _scatter(held, order, spare, other, shift, buckets)
        held, spare = spare, held
        shift, is_other = shift + _DIGIT, not is_other
    if is_other:
        order[:] = other


@compiled
def _count_digits(held: Integers, shift: int, buckets: Integers) -> None:
    """Fill *buckets* with where each digit begins."""
    buckets[:] = 0
    for each in range(len(held)):
        buckets[(held[each] >> shift) & _MASK] += 1
    total = 0
    for digit in range(len(buckets)):
        size = buckets[digit]
        buckets[digit] = total
        total += size


@compiled
def _scatter(
    held: Integers, order: Integers, spare: Integers, other: Integers, shift: int, buckets: Integers
) -> None:
    for each in range(len(held)):
        digit = (held[each] >> shift) & _MASK
        place = buckets[digit]
        buckets[digit] = place + 1
        spare[place] = held[each]
        other[place] = order[each]


@compiled
def share_places(keys: Integers, order: Integers, found: Places) -> None:
    """Places of candidates that *order* has best first; those whose *keys* are all equal
    share one: 1, 2, 2, 4."""
    place = 1
    for position in range(len(order)):
        own = order[position]
        if position > 0:
            before = order[position - 1]
            for row in range(len(keys)):
                if keys[row, own] != keys[row, before]:
                    place = position + 1
                    break
        found[own] = place


@compiled
def rank_values(
    points: Floats, values: Floats, ties: Integers, start: Integers, found: Places
) -> None:
    """Fill *found* with places by the last row of *values*, then by the nodes *ties*.

    Where all of these are criteria, *start* is already in their order.
    """
    keys = np.empty((1 + len(ties), points.shape[1]), np.int64)
    quantize_all(values[-1], keys[0])
    sorted_again = 1
    for row in range(len(ties)):
        node = ties[row]
        if node < len(points):
            quantize_all(points[node], keys[1 + row])
        else:
            quantize_all(values[node - len(points)], keys[1 + row])
            sorted_again = 1 + len(ties)
    order = start.copy()
    for row in range(sorted_again - 1, -1, -1):
        sort_down(keys[row], order)
    share_places(keys, order, found)


@compiled
def rank_draws(
    levels: Levels,
    tree: Families,
    weights: Floats,
    known: Flags,
    ties: Integers,
    start: Integers,
    found: PlaceTable,
) -> None:
    """Fill row d of *found* with the places under the weights of row d."""
    values = np.empty((len(tree[2]), levels[0].shape[1]))
    for draw in range(len(weights)):
        combine(levels, tree, weights[draw], known, values)
        rank_values(levels[0], values, ties, start, found[draw])


@compiled
def count_places(
    places: PlaceTable, bins: Places, low: int, high: int, counts: Counts, ahead: Integers
) -> None:
    """Count, for candidates *low* to *high*, in which bin each of *places* falls, and how
    often each is before the next one: twice for before, once for beside."""
    draws, candidates = places.shape
    for each in range(low, high):
        for draw in range(draws):
            counts[each, bins[places[draw, each]]] += 1
        if each + 1 < candidates:
            for draw in range(draws):
                own, following = places[draw, each], places[draw, each + 1]
                ahead[each] += 2 if own < following else (1 if own == following else 0)


@compiled
def find_bins(counts: Counts, least: int, low: int, high: int, found: Integers) -> None:
    """The first bin up to which *least* draws lie, for candidates *low* to *high*."""
    for each in range(low, high):
        passed, bin_ = 0, 0
        while True:
            passed += counts[each, bin_]
            if passed >= least:
                break
            bin_ += 1
        found[each] = bin_
