"""The legend of a map that counts too: how many candidates each class holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from awards.web.formats import Formats
from awards.web.public.breaks import CLASSES, Breaks
from awards.web.words import gettext

_BREADTH, _GAP, _FOOT, _TALLEST = 66.0, 2.0, 60.0, 44.0


@dataclass(frozen=True)
class Column:
    x: float
    y: float
    width: float
    height: float
    middle: float
    label_y: float
    color: str
    count: str


@dataclass(frozen=True)
class Edge:
    x: float
    label: str
    anchor: str


@dataclass(frozen=True)
class Histogram:
    width: float
    columns: tuple[Column, ...]
    edges: tuple[Edge, ...]
    words: str


def draw_histogram(
    breaks: Breaks, values: Sequence[float], *, unit: str, words: Formats
) -> Histogram:
    counts = breaks.counts(values)
    pitch = _BREADTH + _GAP
    labels = [edge_label(each, unit, words) for each in breaks.edges]
    told = ", ".join(
        gettext("%(low)s–%(high)s: %(count)s", low=low, high=high, count=words.count(count))
        for low, high, count in zip(labels, labels[1:], counts, strict=False)
    )
    return Histogram(
        width=pitch * len(counts),
        columns=tuple(
            _column(number, count, most=max(counts), classes=len(counts), words=words)
            for number, count in enumerate(counts)
        ),
        edges=tuple(
            Edge(pitch * number - _GAP / 2 if number else 0, label, _anchor(number, len(counts)))
            for number, label in enumerate(labels)
        ),
        words=told,
    )


def _column(number: int, count: int, *, most: int, classes: int, words: Formats) -> Column:
    x = (_BREADTH + _GAP) * number
    height = round(_TALLEST * count / most, 1) if most else 0.0
    top = _FOOT - height
    color = f"c{1 + number + (CLASSES - classes) // 2}"
    return Column(x, top, _BREADTH, height, x + _BREADTH / 2, top - 5, color, words.count(count))


def _anchor(number: int, last: int) -> str:
    if number == 0:
        return "start"
    return "end" if number == last else "middle"


def edge_label(value: float, unit: str, words: Formats) -> str:
    """A limit, short enough to stand under a column."""
    if unit == "ratio":
        return words.trimmed(value * 100) + "%"
    if unit == "percent":
        return words.trimmed(value) + "%"
    return words.trimmed(value)
