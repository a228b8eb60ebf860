"""Take the raw value as points, as it is or as a share of its maximum."""

from typing import Annotated

import narwhals as nw
from pydantic import Field

from awards.sdk import Parameters, Scale, ScaleInput, Sentence, at_least, at_most, hookimpl, share


class IdentityParameters(Parameters):
    """``maximum`` is the raw value that earns 100 points."""

    maximum: Annotated[float, Field(gt=0)] = 100.0


def points(given: ScaleInput, p: IdentityParameters) -> nw.Expr:
    """100 · value / maximum, subtracted from 100 where less is better; never
    below 0 nor above 100."""
    reached = given.value.cast(nw.Float64)
    if p.maximum != 100.0:
        reached = 100.0 * share(reached, of=p.maximum)
    earned = 100.0 - reached if given.less_is_better else reached
    return at_most(at_least(earned, 0.0), 100.0)


def describe(p: IdentityParameters, less_is_better: bool) -> Sentence:
    none, full = (p.maximum, 0.0) if less_is_better else (0.0, p.maximum)
    return Sentence(
        {
            "en": "The value itself is the points: {none} earns 0 and {full} earns 100.",
            "id": "Nilainya sendiri menjadi poin: {none} bernilai 0 dan {full} bernilai 100.",
        },
        {"none": none, "full": full},
    )


IDENTITY = Scale(
    code="identity",
    title={"en": "Value as points", "id": "Nilai sebagai poin"},
    parameters=IdentityParameters,
    points=points,
    describe=describe,
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (IDENTITY,)
