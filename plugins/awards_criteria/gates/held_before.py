"""Ask for titles of earlier editions: Hijau in the three years before, for instance."""

from functools import reduce
from operator import and_
from typing import Annotated

import narwhals as nw
from pydantic import Field

from awards.sdk import COMPANY, REGENCY_CITY, Gate, Parameters, Values, hookimpl
from awards_criteria.kinds import HOSPITAL, PROVINCE, UNIVERSITY, VILLAGE


class HeldBefore(Parameters):
    """One of ``titles`` was conferred in each of the last ``editions`` editions."""

    titles: Annotated[tuple[str, ...], Field(min_length=1)] = ("place-1",)
    editions: Annotated[int, Field(ge=1, le=10)] = 1


def _held(i: Values, p: HeldBefore) -> nw.Expr:
    """Whoever was not in an earlier edition did not hold a title there."""
    return reduce(and_, (i.held(p.titles, back) for back in range(1, p.editions + 1)))


HELD_BEFORE = Gate(
    code="held-before",
    title={"en": "Title of earlier editions", "id": "Gelar pada edisi sebelumnya"},
    reason={
        "en": "The title was not held in all of the earlier editions that are asked for.",
        "id": "Gelar itu tidak diraih pada semua edisi sebelumnya yang disyaratkan.",
    },
    applies_to=(COMPANY, PROVINCE, REGENCY_CITY, VILLAGE, HOSPITAL, UNIVERSITY),
    indicators=(),
    passes=_held,
    parameters=HeldBefore,
    looks_back=10,
)


@hookimpl
def awards_register_gates() -> tuple[Gate, ...]:
    return (HELD_BEFORE,)
