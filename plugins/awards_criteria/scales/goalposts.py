"""Place a raw value between two fixed goalposts, by distance or by its logarithm.

The linear form and the logarithmic one for money are those of the human
development index (UNDP, Technical note 1; BPS, Indeks Pembangunan Manusia).
"""

import math

import narwhals as nw
from pydantic import model_validator

from awards.sdk import Parameters, Scale, ScaleInput, Sentence, at_least, at_most, hookimpl, share


class GoalpostsParameters(Parameters):
    """``low`` earns 0 points and ``high`` earns 100, the other way round where
    less is better. ``capped`` keeps points within 0 to 100."""

    low: float
    high: float
    logarithmic: bool = False
    capped: bool = True

    @model_validator(mode="after")
    def _goalposts_stand_apart(self) -> "GoalpostsParameters":
        if self.low >= self.high:
            raise ValueError("low must be less than high")
        if self.logarithmic and self.low <= 0:
            raise ValueError("a logarithmic scale needs goalposts above zero")
        return self


def points(given: ScaleInput, p: GoalpostsParameters) -> nw.Expr:
    """100 · (value − low) / (high − low), of logarithms where ``logarithmic``.

    A value of zero or less has no logarithm: it counts as ``low`` when capped,
    and its points are missing when not.
    """
    reached = _logarithmic(given.value, p) if p.logarithmic else _linear(given.value, p)
    if given.less_is_better:
        reached = 1.0 - reached
    earned = 100.0 * reached
    return at_most(at_least(earned, 0.0), 100.0) if p.capped else earned


def _linear(value: nw.Expr, p: GoalpostsParameters) -> nw.Expr:
    return share(value.cast(nw.Float64) - p.low, of=p.high - p.low)


def _logarithmic(value: nw.Expr, p: GoalpostsParameters) -> nw.Expr:
    number = at_least(value, p.low) if p.capped else value.cast(nw.Float64)
    above = nw.when(number > 0.0).then(number.log() - math.log(p.low))
    return share(above, of=math.log(p.high) - math.log(p.low))


def describe(p: GoalpostsParameters, less_is_better: bool) -> Sentence:
    none, full = (p.high, p.low) if less_is_better else (p.low, p.high)
    text = {
        "en": "{none} earns 0 points and {full} earns 100",
        "id": "{none} bernilai 0 poin dan {full} bernilai 100",
    }
    if p.logarithmic:
        text["en"] += "; distances are measured on a logarithmic scale"
        text["id"] += "; jarak diukur pada skala logaritma"
    if not p.capped:
        text["en"] += "; points may fall outside 0 to 100"
        text["id"] += "; poin dapat berada di luar 0 sampai 100"
    ended = {language: f"{words}." for language, words in text.items()}
    return Sentence(ended, {"none": none, "full": full})


GOALPOSTS = Scale(
    code="goalposts",
    title={"en": "Goalposts", "id": "Batas minimum dan maksimum"},
    parameters=GoalpostsParameters,
    points=points,
    describe=describe,
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (GOALPOSTS,)
