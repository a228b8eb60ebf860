"""Sets of candidates as bits, intersected."""

import numpy as np
import numpy.typing as npt

from awards.evaluation.robustness.compiled import compiled

Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

EVERY = 256
"""A set is kept for each so many candidates of an order."""

_ONE = np.uint64(1)


@compiled
def mark_orders(orders: Integers, present: Integers) -> Words:
    """The sets (criteria × kept × words) of the first 0, 256, 512 … candidates of each
    order that have points; the last one holds those that have none."""
    criteria, size = orders.shape
    words = (size + 63) // 64
    kept = size // EVERY + 2
    found = np.zeros((criteria, kept, words), np.uint64)
    for row in range(criteria):
        for place in range(1, kept - 1):
            found[row, place] = found[row, place - 1]
            for position in range((place - 1) * EVERY, min(place * EVERY, present[row])):
                _set(found[row, place], orders[row, position])
        for position in range(present[row], size):
            _set(found[row, kept - 1], orders[row, position])
    return found


@compiled
def count_all(
    marks: Words,
    orders: Integers,
    ends: Integers,
    low: int,
    high: int,
    found: Integers,
) -> None:
    """For candidates *low* to *high*, how many are among the first ``ends`` of the order
    of every criterion, or, where that is -1, among those without points."""
    words = marks.shape[2]
    common, extra = np.empty(words, np.uint64), np.zeros(words, np.uint64)
    for each in range(low, high):
        common[:] = ~np.uint64(0)
        for row in range(len(orders)):
            end = ends[row, each]
            if end < 0:
                common &= marks[row, -1]
                continue
            kept = end // EVERY
            own = orders[row, kept * EVERY : end]
            for other in own:
                _set(extra, other)
            for word in range(words):
                common[word] &= marks[row, kept, word] | extra[word]
            for other in own:
                extra[other >> 6] = np.uint64(0)
        found[each] = _count(common, len(orders[0]))


@compiled
def _set(words: Words, number: int) -> None:
    words[number >> 6] |= _ONE << np.uint64(number & 63)


@compiled
def _count(words: Words, size: int) -> int:
    """How many of the first *size* bits are set."""
    total = 0
    for word in range(len(words)):
        held = words[word]
        if word == len(words) - 1 and size & 63:
            held &= (_ONE << np.uint64(size & 63)) - _ONE
        held -= (held >> np.uint64(1)) & np.uint64(0x5555555555555555)
        held = (held & np.uint64(0x3333333333333333)) + (
            (held >> np.uint64(2)) & np.uint64(0x3333333333333333)
        )
        held = (held + (held >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
        total += int((held * np.uint64(0x0101010101010101)) >> np.uint64(56))
    return total
