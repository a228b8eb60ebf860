"""Place a raw value by its distance from the mean, in standard deviations."""

import narwhals as nw
from pydantic import model_validator

from awards.sdk import (
    Parameters,
    Scale,
    ScaleInput,
    Sentence,
    at_least,
    at_most,
    hookimpl,
    normal_cdf,
    ratio,
)


class ZScoreParameters(Parameters):
    """The mean earns ``center`` points and each standard deviation ``step`` more or less;
    ``capped`` keeps points within 0 to 100. With ``normal_cdf`` points are instead the
    share of a normal distribution that lies below the value."""

    center: float = 50.0
    step: float = 10.0
    capped: bool = True
    normal_cdf: bool = False

    @model_validator(mode="after")
    def _points_follow_one_rule(self) -> "ZScoreParameters":
        if self.step <= 0:
            raise ValueError("step must be above zero")
        given = self.model_fields_set & {"center", "step", "capped"}
        if self.normal_cdf and given:
            raise ValueError(f"normal_cdf gives the points: leave out {', '.join(sorted(given))}")
        return self


def points(given: ScaleInput, p: ZScoreParameters) -> nw.Expr:
    """center + step · z with z = (value − mean) / s, or 100 · Φ(z).

    s is the cohort's sample standard deviation, √(Σ(x − mean)² / (n − 1)); z is turned
    around where less is better. Source: OECD/JRC (2008), Handbook on Constructing
    Composite Indicators, step 5, standardization; Φ by West (2005). Where the cohort has
    no spread, or one value alone, z is 0: everyone with a value is at the mean.
    """
    away = given.value.cast(nw.Float64) - given.cohort["mean"]
    z = ratio(-1.0 * away if given.less_is_better else away, given.cohort["deviation"], when_zero=0)
    if p.normal_cdf:
        return 100.0 * normal_cdf(z)
    earned = p.center + p.step * z
    return at_most(at_least(earned, 0.0), 100.0) if p.capped else earned


def describe(p: ZScoreParameters, less_is_better: bool) -> Sentence:
    side, sisi = ("below", "di bawah") if less_is_better else ("above", "di atas")
    if p.normal_cdf:
        text = {
            "en": f"Standard deviations {side} the mean of all candidates, turned into points "
            "by the normal distribution: the mean earns 50.",
            "id": f"Jarak {sisi} rata-rata seluruh kandidat dalam simpangan baku, diubah menjadi "
            "poin dengan distribusi normal: rata-rata bernilai 50.",
        }
        return Sentence(text)
    text = {
        "en": "The mean of all candidates earns {center} points, and each standard deviation "
        f"{side} it {{step}} more",
        "id": "Rata-rata seluruh kandidat bernilai {center} poin, dan setiap simpangan baku "
        f"{sisi} rata-rata menambah {{step}}",
    }
    if not p.capped:
        text["en"] += "; points may fall outside 0 to 100"
        text["id"] += "; poin dapat berada di luar 0 sampai 100"
    ended = {language: f"{words}." for language, words in text.items()}
    return Sentence(ended, {"center": p.center, "step": p.step})


Z_SCORE = Scale(
    code="z-score",
    title={"en": "Standard deviations from the mean", "id": "Simpangan baku dari rata-rata"},
    parameters=ZScoreParameters,
    points=points,
    describe=describe,
    statistics=("mean", "deviation"),
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (Z_SCORE,)
