"""Place a raw value between the lowest and the highest of the eligible candidates."""

import narwhals as nw

from awards.sdk import Parameters, Scale, ScaleInput, Sentence, at_least, at_most, hookimpl, ratio


class MinMaxParameters(Parameters):
    """Nothing to set: the cohort gives both ends."""


def points(given: ScaleInput, _: MinMaxParameters) -> nw.Expr:
    """100 · (value − minimum) / (maximum − minimum) of the cohort.

    Where the cohort has no spread there is nothing to tell apart: everyone with
    a value earns 100.
    """
    value = given.value.cast(nw.Float64)
    low, high = given.cohort["minimum"], given.cohort["maximum"]
    beyond = high - value if given.less_is_better else value - low
    reached = 100.0 * ratio(beyond, high - low, when_zero=1.0)
    return at_most(at_least(reached, 0.0), 100.0)


def describe(_: MinMaxParameters, less_is_better: bool) -> Sentence:
    none, full = ("highest", "lowest") if less_is_better else ("lowest", "highest")
    nol, penuh = ("tertinggi", "terendah") if less_is_better else ("terendah", "tertinggi")
    return Sentence(
        {
            "en": f"The {none} value of all candidates earns 0 points and the {full} 100; "
            "if all are equal, all earn 100.",
            "id": f"Nilai {nol} dari seluruh kandidat bernilai 0 poin dan yang {penuh} 100; "
            "bila semuanya sama, semua bernilai 100.",
        }
    )


MIN_MAX = Scale(
    code="min-max",
    title={"en": "Lowest to highest", "id": "Terendah ke tertinggi"},
    parameters=MinMaxParameters,
    points=points,
    describe=describe,
    statistics=("minimum", "maximum"),
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (MIN_MAX,)
