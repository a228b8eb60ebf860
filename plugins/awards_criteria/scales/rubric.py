"""Points for the steps of a rubric; what lies between them is no score."""

import math
from typing import Annotated, Literal

import narwhals as nw
from pydantic import Field, field_validator, model_validator

from awards.sdk import Parameters, Scale, ScaleInput, Sentence, hookimpl

Points = Annotated[float, Field(ge=0, le=100)]
Steps = Annotated[tuple[tuple[float, Points], ...], Field(min_length=2, max_length=201)]

_HALF_A_UNIT = 5e-10


class RubricParameters(Parameters):
    """``steps`` lists ``(value, points)``, values rising; or ``step`` and ``maximum`` say
    that values go from 0 to *maximum* in such steps and earn points in proportion.

    ``off_steps`` says what a value does that is no step: it stops the run (``refuse``),
    or counts as ``missing``.
    """

    steps: Steps | None = None
    step: Annotated[float, Field(gt=0)] | None = None
    maximum: Annotated[float, Field(gt=0)] | None = None
    off_steps: Literal["refuse", "missing"] = "refuse"

    @field_validator("steps")
    @classmethod
    def _values_rise(cls, steps: Steps | None) -> Steps | None:
        values = [value for value, _ in steps or ()]
        if values != sorted(set(values)):
            raise ValueError("values must rise from step to step")
        return steps

    @model_validator(mode="after")
    def _steps_are_known(self) -> "RubricParameters":
        even = (self.step, self.maximum)
        if (self.steps is None) == (None in even) or (self.steps and even != (None, None)):
            raise ValueError("give either steps, or step and maximum")
        if self.step and self.maximum:
            count = self.maximum / self.step
            if not math.isclose(count, round(count)) or not 1 <= round(count) <= 200:
                raise ValueError("maximum must be 1 to 200 times the step")
        return self

    def table(self, less_is_better: bool) -> tuple[tuple[float, float], ...]:
        """Every step and its points."""
        if self.steps is not None:
            return self.steps
        assert self.step is not None and self.maximum is not None
        count = round(self.maximum / self.step)
        found = [(self.maximum * at / count, 100.0 * at / count) for at in range(count + 1)]
        return tuple((value, 100.0 - each if less_is_better else each) for value, each in found)


def points(given: ScaleInput, p: RubricParameters) -> nw.Expr:
    """The points of the step that the value is, to the ninth decimal; missing off the steps.

    Rubrics of this kind: Baldrige scoring guidelines (multiples of 5 %) and EFQM RADAR.
    What stands in for a missing value earns points only if it is a step itself.
    """
    table = p.table(given.less_is_better)
    _check_direction(table, given.less_is_better)
    found = [nw.when(_is_step(given.value, each)).then(nw.lit(earned)) for each, earned in table]
    return nw.coalesce(*found)


def allows(value: nw.Expr, p: RubricParameters) -> nw.Expr:
    """Whether *value* is a step, or missing, or no matter by ``off_steps``."""
    if p.off_steps == "missing":
        return value.is_null() | ~value.is_null()
    steps = [_is_step(value, each) for each, _ in p.table(less_is_better=False)]
    return nw.any_horizontal(value.is_null(), *steps, ignore_nulls=True)


def between(given: ScaleInput, p: RubricParameters) -> nw.Expr:
    """The points of the last step that the value reaches: the highest at or below it, or
    the lowest at or above it where less is better; of the worst step before that."""
    value = given.value.cast(nw.Float64)
    table = p.table(given.less_is_better)
    rising = table if given.less_is_better else table[::-1]
    cases = [nw.when(_reaches(value, each, given)).then(nw.lit(earned)) for each, earned in rising]
    worst = rising[-1][1]
    return nw.coalesce(*cases, nw.when(~value.is_null()).then(nw.lit(worst)))


def _reaches(value: nw.Expr, step: float, given: ScaleInput) -> nw.Expr:
    if given.less_is_better:
        return value < step + _HALF_A_UNIT
    return value > step - _HALF_A_UNIT


def _is_step(value: nw.Expr, step: float) -> nw.Expr:
    return (value.cast(nw.Float64) - step).abs() < _HALF_A_UNIT


def _check_direction(table: tuple[tuple[float, float], ...], less_is_better: bool) -> None:
    first, last = table[0][1], table[-1][1]
    if first > last and not less_is_better:
        raise ValueError("more is better here, but the last step earns fewer points")
    if first < last and less_is_better:
        raise ValueError("less is better here, but the last step earns more points")


_OFF = {
    "refuse": ("other values are refused", "nilai lain ditolak"),
    "missing": ("other values count as missing", "nilai lain dianggap tidak ada"),
}


def describe(p: RubricParameters, less_is_better: bool) -> Sentence:
    english, indonesian = _OFF[p.off_steps]
    if p.steps is None:
        assert p.step is not None and p.maximum is not None
        best = 0.0 if less_is_better else p.maximum
        return Sentence(
            {
                "en": "From 0 to {maximum} in steps of {step}; {best} earns 100 points, the "
                f"others in proportion; {english}.",
                "id": "Dari 0 sampai {maximum} dengan langkah {step}; {best} bernilai 100 poin, "
                f"lainnya sebanding; {indonesian}.",
            },
            {"maximum": p.maximum, "step": p.step, "best": best},
        )
    values: dict[str, float | str] = {f"v{at}": value for at, (value, _) in enumerate(p.steps)}
    values |= {f"p{at}": earned for at, (_, earned) in enumerate(p.steps)}
    listed = ", ".join(f"{{v{at}}} = {{p{at}}}" for at in range(len(p.steps)))
    return Sentence(
        {
            "en": f"Points by step: {listed}; {english}.",
            "id": f"Poin menurut langkah: {listed}; {indonesian}.",
        },
        values,
    )


RUBRIC = Scale(
    code="rubric",
    title={"en": "Rubric", "id": "Rubrik"},
    parameters=RubricParameters,
    points=points,
    describe=describe,
    allows=allows,
    between=between,
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (RUBRIC,)
