"""Measure a raw value against a target: reaching it earns all points."""

import narwhals as nw
from pydantic import model_validator

from awards.sdk import Parameters, Scale, ScaleInput, Sentence, at_least, at_most, hookimpl, share


class TargetParameters(Parameters):
    """``worst`` is the value that earns no points, where less is better; such a
    criterion needs one, any other must not have one."""

    target: float
    worst: float | None = None

    @model_validator(mode="after")
    def _target_can_be_approached(self) -> "TargetParameters":
        if self.worst is None and self.target <= 0:
            raise ValueError("target must be above zero")
        if self.worst is not None and self.worst <= self.target:
            raise ValueError("worst must be above target: it is for criteria where less is better")
        return self


def points(given: ScaleInput, p: TargetParameters) -> nw.Expr:
    """100 · value / target, or 100 · (worst − value) / (worst − target) where less
    is better; never below 0 nor above 100."""
    worst = _worst(p, given.less_is_better)
    value = given.value.cast(nw.Float64)
    if worst is None:
        reached = share(value, of=p.target)
    else:
        reached = share(worst - value, of=worst - p.target)
    return at_most(at_least(100.0 * reached, 0.0), 100.0)


def _worst(p: TargetParameters, less_is_better: bool) -> float | None:
    if less_is_better and p.worst is None:
        raise ValueError("less is better here: give `worst`, the value that earns no points")
    if not less_is_better and p.worst is not None:
        raise ValueError("more is better here: `worst` has no meaning, leave it out")
    return p.worst


def describe(p: TargetParameters, less_is_better: bool) -> Sentence:
    worst = _worst(p, less_is_better)
    if worst is None:
        return Sentence(
            {
                "en": "{target} or more earns 100 points; less earns points in proportion.",
                "id": "{target} atau lebih bernilai 100 poin; di bawahnya sebanding.",
            },
            {"target": p.target},
        )
    return Sentence(
        {
            "en": "{target} or less earns 100 points, {worst} or more earns 0; "
            "between them in proportion.",
            "id": "{target} atau kurang bernilai 100 poin, {worst} atau lebih bernilai 0; "
            "di antaranya sebanding.",
        },
        {"target": p.target, "worst": worst},
    )


TARGET = Scale(
    code="target",
    title={"en": "Against a target", "id": "Terhadap target"},
    parameters=TargetParameters,
    points=points,
    describe=describe,
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (TARGET,)
