"""Each published figure as a criterion of its own."""

import narwhals as nw

from awards.sdk import REGENCY_CITY, Criterion, Gate, Indicator, Values, hookimpl

from .indicators import (
    COMPONENTS,
    POVERTY,
    SAFE_WATER,
    SANITATION,
    UNEMPLOYMENT,
)


def _as_published(indicator: Indicator, *, less_is_better: bool = False) -> Criterion:
    """The criterion whose raw value is the figure itself."""
    return Criterion(
        code=indicator.code.replace("_", "-"),
        title=indicator.title,
        applies_to=(REGENCY_CITY,),
        indicators=(indicator,),
        measure=lambda i: getattr(i, indicator.code),
        unit=indicator.unit,
        less_is_better=less_is_better,
        description=indicator.description,
    )


def _all_published(i: Values) -> nw.Expr:
    known = [~getattr(i, each.code).is_null() for each in COMPONENTS]
    return nw.all_horizontal(*known, ignore_nulls=False)


COMPONENTS_PUBLISHED = Gate(
    code="components-published",
    title={"en": "All four components published", "id": "Keempat komponen diterbitkan"},
    reason={
        "en": "BPS must have published all four components of the index for the year.",
        "id": "Keempat komponen indeks untuk tahun itu harus sudah diterbitkan BPS.",
    },
    applies_to=(REGENCY_CITY,),
    indicators=(),
    optional=COMPONENTS,
    passes=_all_published,
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    more = (*COMPONENTS, SANITATION, SAFE_WATER)
    less = (POVERTY, UNEMPLOYMENT)
    return tuple(_as_published(each) for each in more) + tuple(
        _as_published(each, less_is_better=True) for each in less
    )


@hookimpl
def awards_register_gates() -> tuple[Gate, ...]:
    return (COMPONENTS_PUBLISHED,)
