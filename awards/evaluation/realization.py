"""What candidates reached together: sums, and quotients of sums."""

from dataclasses import dataclass

import polars as pl

from awards.domain.boards import Realized


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What is summed: an indicator, the one it is put in relation to, and the one
    that holds the figure of the period before."""

    indicator: str
    of: str | None = None
    earlier: str | None = None


def realized(table: pl.DataFrame, figure: Figure, *, earlier: float | None = None) -> Realized:
    """What the candidates in *table* reached.

    Numerators and denominators are summed apart, over candidates that have both.
    Growth is computed from sums: over candidates that have both figures where the
    earlier one is an indicator; else *earlier* is the sum of another period.
    """
    if any(name not in table.columns for name in (figure.indicator, figure.of) if name):
        return _nothing(table.height)
    has = pl.all_horizontal(
        pl.col(name).is_not_null() for name in (figure.indicator, figure.of) if name
    )
    known = table.filter(has)
    above = _sum(known, figure.indicator)
    below = _sum(known, figure.of) if figure.of else None
    now, before = above, earlier
    if figure.earlier and figure.earlier in table.columns:
        both = known.filter(pl.col(figure.earlier).is_not_null())
        now, before = _sum(both, figure.indicator), _sum(both, figure.earlier)
    return Realized(
        candidates=table.height,
        lacking=table.height - known.height,
        figure=_quotient(above, below) if figure.of else above,
        numerator=above,
        denominator=below,
        now=now,
        earlier=before,
    )


def within(table: pl.DataFrame, *, region: str | None = None, **values: str | None) -> pl.DataFrame:
    """The candidates that lie in *region* and have the given attributes."""
    kept = table
    if region is not None:
        place = region_column(table)
        kept = kept.filter((place == region) | place.str.starts_with(f"{region}."))
    for name, value in values.items():
        if value is not None:
            kept = kept.filter(pl.col(name) == value) if name in table.columns else kept.clear()
    return kept


def region_column(table: pl.DataFrame) -> pl.Expr:
    """The region of a candidate: its attribute or, where a region is judged, its id."""
    return pl.col("region") if "region" in table.columns else pl.col("id")


def _sum(table: pl.DataFrame, name: str) -> float | None:
    return float(table[name].cast(pl.Float64).sum()) if table.height else None


def _quotient(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below else 100.0 * above / below


def _nothing(candidates: int) -> Realized:
    return Realized(
        candidates=candidates,
        lacking=candidates,
        figure=None,
        numerator=None,
        denominator=None,
        now=None,
        earlier=None,
    )
