"""Geometry of charts: plain numbers that a template draws as SVG.

Colors are class names (``g1`` to ``g5``), never values, so that the same drawing
holds in light, dark and print. All lengths are in the drawing's own units.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    color: str


@dataclass(frozen=True)
class Tick:
    """A line of the scale; ``anchor`` keeps the first label inside the drawing."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True)
class Stack:
    """One bar made of segments on a scale from 0 to 100."""

    width: float
    height: float
    ground: Bar
    parts: tuple[Bar, ...]


@dataclass(frozen=True)
class Dot:
    """One position on an axis."""

    width: float
    height: float
    x: float
    y: float


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What a chart of contributions is told of one criterion."""

    label: str
    color: int
    got: float
    full: float
    median: float | None
    got_text: str
    full_text: str


@dataclass(frozen=True)
class ContributionRow:
    """A criterion as drawn: lines of its label, both bars, the median's place."""

    lines: tuple[tuple[str, float], ...]
    full: Bar
    got: Bar
    median: float | None
    median_ends: tuple[float, float]
    text_y: float
    got_text: str
    full_text: str


@dataclass(frozen=True)
class ContributionChart:
    width: float
    height: float
    ticks: tuple[Tick, ...]
    rows: tuple[ContributionRow, ...]


@dataclass(frozen=True)
class TrendPoint:
    x: float
    y: float
    radius: float
    value: str
    label: str
    note: str
    value_y: float
    last: bool


@dataclass(frozen=True)
class TrendChart:
    """``label_y`` and ``note_y`` are where the two lines under the chart stand."""

    width: float
    height: float
    bottom: float
    label_y: float
    note_y: float
    line: str
    points: tuple[TrendPoint, ...]


_GAP = 1.5


def stack(
    amounts: Sequence[float], colors: Sequence[int], *, width: float, height: float = 20
) -> Stack:
    """Segments of 100, a small gap apart so that position tells them apart too."""
    thick, y = 12.0, (height - 12) / 2
    parts, x = [], 0.0
    for amount, color in zip(amounts, colors, strict=True):
        length = amount / 100 * width
        parts.append(Bar(_r(x), y, _r(max(length - _GAP, 0)), thick, _color(color)))
        x += length
    return Stack(width, height, Bar(0, y, width, thick, "wash"), tuple(parts))


def dot(value: float, low: float, high: float, *, width: float, height: float = 20) -> Dot:
    """The place of *value* on an axis from *low* to *high*."""
    share = 0.5 if high <= low else (value - low) / (high - low)
    inset = 7
    return Dot(width, height, _r(inset + share * (width - 2 * inset)), height / 2)


def axis(low: float, high: float) -> tuple[float, float]:
    """Round ends that hold all values from *low* to *high* with a little air."""
    step = round_step((high - low) / 5)
    return math.floor(low / step) * step, math.ceil(high / step) * step


def round_step(rough: float) -> float:
    """The nearest 1, 2, 2.5 or 5 times a power of ten that is not below *rough*."""
    if rough <= 0 or not math.isfinite(rough):
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough * (1 - 1e-9))


def wide_contributions(
    rows: Sequence[Contribution], ticks: Sequence[tuple[float, str]]
) -> ContributionChart:
    """Labels left of the bars, for windows from 768 pixels."""
    left, scale = 250.0, 770.0 / _longest(rows)
    drawn, y = [], 22.0
    for row, new_group in zip(rows, _group_starts(rows), strict=True):
        lines = textwrap.wrap(row.label, 34) or [""]
        y += 8 if new_group else 0
        height = max(34.0, 17.0 * len(lines) + 8)
        first = y + height / 2 + 4.5 - 8.5 * (len(lines) - 1)
        labels = tuple((line, _r(first + 17 * index)) for index, line in enumerate(lines))
        drawn.append(_contribution(row, labels, left=left, top=y + height / 2 - 9, scale=scale))
        y += height
    return ContributionChart(1100, _r(y + 4), _ticks(ticks, left, scale), tuple(drawn))


def narrow_contributions(
    rows: Sequence[Contribution], ticks: Sequence[tuple[float, str]]
) -> ContributionChart:
    """Labels above the bars, for phones."""
    scale = 278.0 / _longest(rows)
    drawn, y = [], 24.0
    for row, new_group in zip(rows, _group_starts(rows), strict=True):
        lines = textwrap.wrap(row.label, 42) or [""]
        y += 8 if new_group else 0
        labels = tuple((line, _r(y + 13 + 17 * index)) for index, line in enumerate(lines))
        top = y + 4 + 17 * len(lines)
        drawn.append(_contribution(row, labels, left=0, top=top, scale=scale))
        y = top + 29
    return ContributionChart(358, _r(y), _ticks(ticks, 0, scale), tuple(drawn))


def contribution_ticks(rows: Sequence[Contribution]) -> tuple[float, ...]:
    """Round points of the scale from 0 to the greatest weight."""
    longest = _longest(rows)
    step = round_step(longest / 5)
    return tuple(round(step * index, 9) for index in range(int(longest / step + 1e-9) + 1))


def trend(
    points: Sequence[tuple[str, float, str, str]], *, width: float, height: float = 210
) -> TrendChart:
    """A line through ``(label, value, value in words, note)``, oldest first.

    The scale begins at the lowest value, not at zero: every value is written out.
    """
    values = [each[1] for each in points]
    low, span = min(values), (max(values) - min(values)) or 1.0
    left, top, bottom = 30.0, 42.0, height - 62
    step = (width - 66) / max(len(points) - 1, 1)
    drawn = tuple(
        _trend_point(
            each,
            x=_r(left + index * step),
            y=_r(bottom - (each[1] - low) / span * (bottom - top)),
            index=index,
            count=len(points),
        )
        for index, each in enumerate(points)
    )
    line = " ".join(f"{each.x},{each.y}" for each in drawn)
    return TrendChart(width, height, height - 52, height - 32, height - 12, line, drawn)


def _trend_point(
    point: tuple[str, float, str, str], *, x: float, y: float, index: int, count: int
) -> TrendPoint:
    label, _, words, note = point if _labeled(index, count) else ("", 0.0, "", "")
    ends = index in (0, count - 1)
    return TrendPoint(
        x=x,
        y=y,
        radius=5 if ends else 4,
        value=words,
        label=label,
        note=note,
        value_y=_r(y - 11),
        last=index == count - 1,
    )


def _labeled(index: int, count: int) -> bool:
    """Every point up to six; of more, the last and every so many before it."""
    return (count - 1 - index) % math.ceil(count / 6) == 0


def _contribution(
    row: Contribution,
    labels: tuple[tuple[str, float], ...],
    *,
    left: float,
    top: float,
    scale: float,
) -> ContributionRow:
    color = _color(row.color)
    return ContributionRow(
        lines=labels,
        full=Bar(left, _r(top), _r(row.full * scale), 18, f"{color} faint"),
        got=Bar(left, _r(top), _r(row.got * scale), 18, color),
        median=None if row.median is None else _r(left + row.median * scale),
        median_ends=(_r(top - 2), _r(top + 20)),
        text_y=_r(top + 14),
        got_text=row.got_text,
        full_text=row.full_text,
    )


def _ticks(ticks: Sequence[tuple[float, str]], left: float, scale: float) -> tuple[Tick, ...]:
    return tuple(
        Tick(_r(left + value * scale), label, "start" if value == 0 else "middle")
        for value, label in ticks
    )


def _group_starts(rows: Sequence[Contribution]) -> list[bool]:
    before = [rows[0].color, *(each.color for each in rows)] if rows else []
    return [each.color != last for each, last in zip(rows, before, strict=False)]


def _longest(rows: Sequence[Contribution]) -> float:
    return max((each.full for each in rows), default=1.0) or 1.0


def _color(number: int) -> str:
    """The class of a group of criteria; what belongs to no group is neutral."""
    return f"g{number}" if 1 <= number <= 5 else "mut"


def _r(value: float) -> float:
    return round(value, 1)
