"""Lose points by the distance from a target."""

from typing import Annotated

import narwhals as nw
from pydantic import Field

from awards.sdk import (
    Parameters,
    Scale,
    ScaleInput,
    Sentence,
    at_least,
    at_most,
    hookimpl,
    ratio,
    share,
)


class DistanceParameters(Parameters):
    """``reach`` is the distance from ``target`` at which no points are left; without it,
    the greatest distance of the cohort. Only values on the worse side of the target lose
    points, unless ``both_sides``."""

    target: float
    reach: Annotated[float, Field(gt=0)] | None = None
    both_sides: bool = False


def points(given: ScaleInput, p: DistanceParameters) -> nw.Expr:
    """100 · (1 − d / reach), never below 0, where d is target − value, or value − target
    where less is better, and 0 on the better side; with ``both_sides`` d = |value − target|.

    Source: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5, distance
    to a reference. Where nobody is away from the target everyone with a value earns 100.
    """
    short = _shortfall(given.value.cast(nw.Float64), given, p)
    if p.reach is not None:
        lost = share(short, of=p.reach)
    else:
        ends = [_shortfall(given.cohort[end], given, p) for end in ("minimum", "maximum")]
        longest = nw.when(ends[0] > ends[1]).then(ends[0]).otherwise(ends[1])
        lost = ratio(short, longest, when_zero=0.0)
    return at_most(at_least(100.0 - 100.0 * lost, 0.0), 100.0)


def _shortfall(value: nw.Expr, given: ScaleInput, p: DistanceParameters) -> nw.Expr:
    away = value - p.target
    if p.both_sides:
        return away.abs()
    return at_least(away if given.less_is_better else -1.0 * away, 0.0)


def describe(p: DistanceParameters, less_is_better: bool) -> Sentence:
    worse, buruk = ("above", "di atas") if less_is_better else ("below", "di bawah")
    side, sisi = ("away from", "dari") if p.both_sides else (worse, buruk)
    text = {
        "en": f"The farther {side} {{target}}, the fewer points: at {{target}} 100, "
        "and 0 for the farthest of all candidates.",
        "id": f"Makin jauh {sisi} {{target}}, makin sedikit poinnya: pada {{target}} 100, "
        "dan 0 untuk yang terjauh dari seluruh kandidat.",
    }
    values: dict[str, float | str] = {"target": p.target}
    if p.reach is not None:
        values["reach"] = p.reach
        text = {
            "en": f"{{target}} earns 100 points; {{reach}} or more {side} it earns 0; "
            "between them in proportion.",
            "id": f"{{target}} bernilai 100 poin; {{reach}} atau lebih {sisi} target bernilai 0; "
            "di antaranya sebanding.",
        }
    return Sentence(text, values)


DISTANCE = Scale(
    code="distance",
    title={"en": "Distance to a target", "id": "Jarak ke target"},
    parameters=DistanceParameters,
    points=points,
    describe=describe,
    statistics=("minimum", "maximum"),
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (DISTANCE,)
