"""Five classes for the colors of a map."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from awards.documents.charts import round_step

CLASSES = 5


@dataclass(frozen=True)
class Breaks:
    """Classes from low to high: class *n* runs from ``edges[n]`` to below
    ``edges[n + 1]``; the last one holds its upper edge too."""

    edges: tuple[float, ...]

    def class_of(self, value: float) -> int:
        """The class of *value*, from 0."""
        below = sum(edge <= value for edge in self.edges[1:-1])
        return min(below, len(self.edges) - 2)

    def counts(self, values: Sequence[float]) -> tuple[int, ...]:
        classes = [self.class_of(value) for value in values]
        return tuple(classes.count(number) for number in range(len(self.edges) - 1))


def round_breaks(values: Sequence[float]) -> Breaks:
    """At most five classes of equal breadth between round numbers."""
    low, high = min(values), max(values)
    if high <= low:
        return Breaks((low, high))
    rough = (high - low) / CLASSES
    for _ in range(8):
        step = round_step(rough)
        first, last = math.floor(low / step), math.ceil(high / step)
        if last - first <= CLASSES:
            break
        rough = step * 1.01
    edges = tuple(round(step * number, 9) for number in range(first, last + 1))
    return Breaks(edges)


def equal_counts(values: Sequence[float]) -> Breaks:
    """Five classes with about as many values each; equal values stay together."""
    ordered = sorted(values)
    cuts = [ordered[len(ordered) * number // CLASSES] for number in range(1, CLASSES)]
    edges = dict.fromkeys([ordered[0], *cuts, ordered[-1]])
    return Breaks(tuple(edges) if len(edges) > 1 else (ordered[0], ordered[0]))
