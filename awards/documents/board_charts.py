"""Geometry of the boards' charts: what was reached against a target, and changes."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from awards.documents.charts import Bar


@dataclass(frozen=True)
class Measured:
    """What a chart is told of one line; ``figure`` and ``target`` share one unit."""

    label: str
    figure: float | None
    target: float | None
    text: str


@dataclass(frozen=True)
class MeasuredRow:
    """A line as drawn: its label, the bar, and where the target stands."""

    lines: tuple[tuple[str, float], ...]
    bar: Bar
    mark: float | None
    mark_ends: tuple[float, float]
    text: str
    text_y: float


@dataclass(frozen=True)
class TargetChart:
    width: float
    height: float
    rows: tuple[MeasuredRow, ...]


@dataclass(frozen=True)
class Change:
    """A mean share before and after, each from 0 to 1."""

    label: str
    before: float
    after: float
    before_text: str
    after_text: str


@dataclass(frozen=True)
class ChangeRow:
    """``before`` and ``after`` are positions; texts stand outside, the lower one left."""

    label: str
    label_y: float
    y: float
    before: float
    after: float
    left_text: str
    right_text: str
    left_x: float
    right_x: float
    text_y: float


@dataclass(frozen=True)
class ChangeChart:
    width: float
    height: float
    left: float
    right: float
    rows: tuple[ChangeRow, ...]


def wide_targets(lines: Sequence[Measured]) -> TargetChart:
    """Labels left of the bars, for windows from 768 pixels."""
    left, width, height = 250.0, 1100.0, 30.0
    scale = 690.0 / _longest(lines)
    rows = tuple(
        _row(line, left=left, top=height * at + 6, scale=scale, label_y=height * at + 20)
        for at, line in enumerate(lines)
    )
    return TargetChart(width, height * len(lines) + 4, rows)


def narrow_targets(lines: Sequence[Measured]) -> TargetChart:
    """Labels above the bars, for phones."""
    width, height = 358.0, 46.0
    scale = 240.0 / _longest(lines)
    rows = tuple(
        _row(line, left=0.0, top=height * at + 20, scale=scale, label_y=height * at + 14)
        for at, line in enumerate(lines)
    )
    return TargetChart(width, height * len(lines) + 4, rows)


def _row(line: Measured, *, left: float, top: float, scale: float, label_y: float) -> MeasuredRow:
    label = textwrap.shorten(line.label, 40, placeholder=" …")
    return MeasuredRow(
        lines=((label, label_y),),
        bar=Bar(left, top, round((line.figure or 0.0) * scale, 1), 18, "g1"),
        mark=None if line.target is None else round(left + line.target * scale, 1),
        mark_ends=(top - 3, top + 21),
        text=line.text,
        text_y=top + 14,
    )


def _longest(lines: Sequence[Measured]) -> float:
    return max((max(each.figure or 0, each.target or 0) for each in lines), default=1.0) or 1.0


def changes(lines: Sequence[Change], *, width: float) -> ChangeChart:
    """Two shares a line on one axis from the lowest to the highest, with some air."""
    left, right, height = 60.0, width - 60.0, 62.0
    values = [each for line in lines for each in (line.before, line.after)]
    low, span = min(values), (max(values) - min(values)) or 1.0

    def position(share: float) -> float:
        return round(left + (share - low) / span * (right - left), 1)

    rows = tuple(
        _change(line, position(line.before), position(line.after), top=height * at)
        for at, line in enumerate(lines)
    )
    return ChangeChart(width, height * len(lines), left, right, rows)


def _change(line: Change, before: float, after: float, *, top: float) -> ChangeRow:
    texts = (line.before_text, line.after_text)
    left_text, right_text = texts if before <= after else texts[::-1]
    return ChangeRow(
        label=line.label,
        label_y=top + 16,
        y=top + 40,
        before=before,
        after=after,
        left_text=left_text,
        right_text=right_text,
        left_x=min(before, after) - 12,
        right_x=max(before, after) + 12,
        text_y=top + 44.5,
    )
