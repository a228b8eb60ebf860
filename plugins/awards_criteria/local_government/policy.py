"""What governments put into rules, and what they try out."""

from typing import Annotated

import narwhals as nw
from pydantic import Field

from awards.sdk import (
    MISSING,
    REGENCY_CITY,
    Criterion,
    Parameters,
    Values,
    at_least,
    hookimpl,
    ratio,
)
from awards_criteria.kinds import VILLAGE

from .indicators import CIRCULARS, HEAD_REGULATIONS, INNOVATION_COUNT, LOCAL_REGULATIONS


def _highest_form(i: Values) -> nw.Expr:
    """3 for a Perda, 2 for a Perbup or Perwali, 1 for a circular, 0 for none."""
    circular = nw.when(i.circulars > 0).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
    head = nw.when(i.head_regulations > 0).then(nw.lit(2.0)).otherwise(circular)
    return nw.when(i.local_regulations > 0).then(nw.lit(3.0)).otherwise(head)


REGULATION_LADDER = Criterion(
    code="regulation-ladder",
    title={"en": "Highest form of regulation", "id": "Tingkat regulasi tertinggi"},
    applies_to=(REGENCY_CITY,),
    indicators=(LOCAL_REGULATIONS, HEAD_REGULATIONS, CIRCULARS),
    measure=_highest_form,
    unit="",
    description={
        "en": "3 for a regional regulation (Perda), 2 for one of the regent or mayor, "
        "1 for a circular, 0 for none",
        "id": "3 untuk peraturan daerah, 2 untuk peraturan bupati atau wali kota, "
        "1 untuk surat edaran, 0 bila tidak ada",
    },
)


class Expected(Parameters):
    """``expected`` is how many innovations earn the whole."""

    expected: Annotated[int, Field(ge=1)] = 3


def _innovations(i: Values, p: Expected) -> nw.Expr:
    """``sum / max(k, n)`` with 1 for each of n innovations: n of fewer than k, else 1."""
    return ratio(i.innovations_count, at_least(i.innovations_count, p.expected), when_zero=MISSING)


INNOVATION = Criterion(
    code="innovation",
    title={"en": "Innovations", "id": "Inovasi"},
    applies_to=(REGENCY_CITY, VILLAGE),
    indicators=(INNOVATION_COUNT,),
    measure=_innovations,
    parameters=Expected,
    unit="ratio",
    description={
        "en": "Innovations of the period as a share of the number expected, the whole at most",
        "id": "Inovasi selama periode sebagai bagian dari jumlah yang diharapkan, paling banyak "
        "seluruhnya",
    },
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (REGULATION_LADDER, INNOVATION)
