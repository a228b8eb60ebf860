"""Made-up candidates on which a rule is likely to trip: missing values, zeros, bounds."""

import itertools
from collections.abc import Iterator, Sequence

import narwhals as nw
import polars as pl

from awards.sdk.gates import EARLIER, EARLIER_TEXTS, cohort_column, earlier_column
from awards.sdk.types import Attribute, Criterion, Gate, Indicator

Frame = nw.DataFrame[pl.DataFrame]
Row = tuple[float | None, ...]

_FAR = 1_000_000.0
"""Stands in for a bound that an indicator does not declare."""


def edge_values(indicator: Indicator) -> tuple[float, ...]:
    """Values at and between the indicator's bounds, rising; zero and one where allowed."""
    low = -_FAR if indicator.minimum is None else indicator.minimum
    high = max(low, 0.0) + _FAR if indicator.maximum is None else indicator.maximum
    found = {low, high, (low + high) / 2} | {each for each in (0.0, 1.0) if low <= each <= high}
    if indicator.type is int:
        found = {float(round(each)) for each in found}
    return tuple(sorted(each for each in found if low <= each <= high))


def edge_rows(indicators: Sequence[Indicator]) -> Iterator[Row]:
    """Rows of values, one for each indicator: all missing, all at an edge, and each
    indicator missing or at an edge while the others are in the middle."""
    edges = [edge_values(each) for each in indicators]
    middle = tuple(values[len(values) // 2] for values in edges)
    yield (None,) * len(indicators)
    for step in range(max((len(values) for values in edges), default=0)):
        yield tuple(values[min(step, len(values) - 1)] for values in edges)
    if edges and all(0.0 in values for values in edges):
        yield (0.0,) * len(indicators)
    for at, values in enumerate(edges):
        for value in (None, *values):
            yield (*middle[:at], value, *middle[at + 1 :])


def frame_of(indicators: Sequence[Indicator], rows: Sequence[Row]) -> Frame:
    """*rows* as a table, a column for each indicator: Int64 for counts, else Float64."""
    columns = {
        each.code: pl.Series([row[at] for row in rows], dtype=pl.Float64, strict=False).cast(
            pl.Int64 if each.type is int else pl.Float64
        )
        for at, each in enumerate(indicators)
    }
    return nw.from_native(pl.DataFrame(columns), eager_only=True)


def edge_frame(indicators: Sequence[Indicator]) -> Frame:
    """`edge_rows` as a table."""
    return frame_of(indicators, list(edge_rows(indicators)))


def attribute_values(attributes: Sequence[Attribute]) -> tuple[str | None, ...]:
    """What attributes of one code, of several kinds, may be: missing, and every value
    that is listed, or any two texts where one lists none."""
    listed = [value for each in attributes for value in each.values or ("a", "b")]
    return (None, *dict.fromkeys(listed))


def with_attributes(frame: Frame, rule: Criterion | Gate) -> Frame:
    """*frame* once for every combination of the attributes that *rule* reads."""
    if not rule.attributes:
        return frame
    known = [each for kind in rule.applies_to for each in kind.attributes]
    values = [
        attribute_values([each for each in known if each.code == code]) for code in rule.attributes
    ]
    rows = list(itertools.product(*values))
    combinations = pl.DataFrame(rows, dict.fromkeys(rule.attributes, pl.String), orient="row")
    joined = combinations.join(frame.to_native(), how="cross", maintain_order="left_right")
    return nw.from_native(joined, eager_only=True)


def edge_frame_of(rule: Criterion | Gate) -> Frame:
    """`edge_rows` of all that *rule* reads, with every combination of attributes."""
    frame = with_attributes(edge_frame(rule.inputs), rule)
    return with_surroundings(frame, rule) if isinstance(rule, Gate) else frame


def with_surroundings(frame: Frame, gate: Gate) -> Frame:
    """*frame* with made-up statistics of a cohort and results of earlier editions."""
    height = len(frame) or 4
    found: dict[str, pl.Series] = {
        cohort_column(each): pl.Series([1.0] * height) for each in gate.cohort
    }
    for back in range(1, gate.looks_back + 1):
        for what in EARLIER:
            known: float | str = "place-1" if what in EARLIER_TEXTS else 1.0
            values = [known if row % 2 else None for row in range(height)]
            dtype = pl.String if what in EARLIER_TEXTS else pl.Float64
            found[earlier_column(back, what)] = pl.Series(values, dtype=dtype)
    return nw.from_native(pl.DataFrame({**frame.to_native().to_dict(), **found}), eager_only=True)
