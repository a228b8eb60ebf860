"""Place a raw value by the share of candidates that it passes."""

from typing import Literal

import narwhals as nw

from awards.sdk import Parameters, Scale, ScaleInput, Sentence, at_most, hookimpl, ratio


class PercentileParameters(Parameters):
    """``counting`` says what counts as passed: ``half`` the candidates with a worse value
    and half of those with the same, ``below`` the others with a worse value, ``reached``
    those with a worse or the same value."""

    counting: Literal["half", "below", "reached"] = "half"


def points(given: ScaleInput, p: PercentileParameters) -> nw.Expr:
    """With B candidates of the cohort worse, E the same and N in all:
    ``half`` 100 · (B + E/2) / N, ``reached`` 100 · (B + E) / N, ``below`` 100 · B / (N − 1).

    ``half`` is the percentile rank of tests (Crocker and Algina 1986), ``below`` that of
    spreadsheets (PERCENTRANK.INC) and of COINr. Values are the same when they are equal
    to the ninth decimal. A candidate without others earns 100 by ``below``; what stands in
    for a missing value is counted against the cohort without being part of it.
    """
    count, equal = given.cohort["count"], given.cohort["equal"]
    below = given.cohort["below"]
    worse = count - below - equal if given.less_is_better else below
    if p.counting == "below":
        return at_most(100.0 * ratio(worse, count - 1.0, when_zero=1.0), 100.0)
    passed = worse + (0.5 * equal if p.counting == "half" else equal)
    return 100.0 * ratio(passed, count, when_zero=0.0)


_WORDS = {
    "half": (
        "candidates that do worse, and half of those that do the same",
        "kandidat yang lebih rendah, ditambah separuh dari yang sama",
    ),
    "below": ("other candidates that do worse", "kandidat lain yang lebih rendah"),
    "reached": (
        "candidates that do worse or the same",
        "kandidat yang lebih rendah atau sama",
    ),
}


def describe(p: PercentileParameters, less_is_better: bool) -> Sentence:
    english, indonesian = _WORDS[p.counting]
    better, baik = (
        ("lower", "makin rendah nilainya makin baik")
        if less_is_better
        else ("higher", "makin tinggi nilainya makin baik")
    )
    return Sentence(
        {
            "en": f"Points are the percentage of {english}; a {better} value is better.",
            "id": f"Poin adalah persentase {indonesian}; {baik}.",
        }
    )


PERCENTILE = Scale(
    code="percentile",
    title={"en": "Percentile", "id": "Persentil"},
    parameters=PercentileParameters,
    points=points,
    describe=describe,
    statistics=("count", "below", "equal"),
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (PERCENTILE,)
