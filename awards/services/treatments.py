"""What is done to a criterion's values before the scale, in words."""

from collections.abc import Iterator

import polars as pl

from awards.domain.definition import CategoryDefinition, Leaf, Winsorize
from awards.domain.published import GateHead
from awards.domain.text import Sentence, Text, localized
from awards.evaluation import columns
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Kind

AVAILABILITY = "least-availability"
"""Stands where the code of a gate does: enough has to be measured."""


def treatment_words(leaf: Leaf, kind: Kind, *, rulebook: RuleBook) -> Iterator[Sentence]:
    """A sentence for the denominator, for winsorizing, for the cohort, and for the group
    whose mean or median stands in; only for what is declared."""
    if leaf.denominator is not None:
        yield _denominator(rulebook.denominator(leaf.denominator).title)
    if leaf.winsorize is not None:
        yield _outliers(leaf.winsorize)
    if leaf.cohort is not None:
        yield _cohort(_attribute(kind, leaf.cohort))
    if leaf.missing.startswith("group-") and leaf.missing_by is not None:
        yield _group(_attribute(kind, leaf.missing_by))


def outlier_words(leaf: Leaf, ranked: pl.LazyFrame) -> Iterator[Sentence]:
    """How many of *ranked*, results of a run, had values drawn in; only where declared."""
    if leaf.winsorize is None:
        return
    treated, raw = pl.col(columns.treated(leaf.code)), pl.col(columns.raw(leaf.code))
    count: int = ranked.select((treated != raw).sum()).collect(engine="streaming").item()
    yield Sentence(
        {
            "en": "Candidates whose value was drawn in: {count}.",
            "id": "Kandidat yang nilainya ditarik ke dalam: {count}.",
        },
        {"count": count},
    )


def availability_head(definition: CategoryDefinition) -> GateHead | None:
    """The least availability as a gate in words; None where none is declared."""
    if definition.least_availability is None:
        return None
    percent = f"{100 * definition.least_availability:g}"
    return GateHead(
        code=AVAILABILITY,
        title={"en": "Data availability", "id": "Ketersediaan data"},
        reason={
            "en": f"At least {percent}% of the criteria that concern a candidate must be measured; "
            "below that it is not assessed.",
            "id": f"Sedikitnya {percent.replace('.', ',')}% kriteria yang berlaku bagi kandidat "
            "harus terukur; di bawahnya kandidat tidak dinilai.",
        },
    )


def _denominator(title: Text) -> Sentence:
    english, indonesian = localized(title, "en"), localized(title, "id")
    return Sentence(
        {
            "en": f"The value is first divided by: {english}.",
            "id": f"Nilainya lebih dulu dibagi dengan: {indonesian}.",
        }
    )


def _outliers(rule: Winsorize) -> Sentence:
    values = {"most": rule.most, "skewness": rule.skewness, "kurtosis": rule.kurtosis}
    return Sentence(
        {
            "en": "While the values are far from symmetric (skewness beyond {skewness} and "
            "kurtosis above {kurtosis}), the outermost counts as the next one, for at most {most} "
            "candidates.",
            "id": "Selama nilai-nilainya jauh dari simetris (kemencengan melebihi {skewness} dan "
            "kurtosis di atas {kurtosis}), nilai terluar dihitung sebagai nilai berikutnya, "
            "untuk paling banyak {most} kandidat.",
        },
        values,
    )


def _cohort(title: Text) -> Sentence:
    english, indonesian = localized(title, "en"), localized(title, "id")
    return Sentence(
        {
            "en": f"Candidates are compared only with those that have the same: {english}.",
            "id": f"Kandidat hanya dibandingkan dengan yang sama dalam: {indonesian}.",
        }
    )


def _group(title: Text) -> Sentence:
    english, indonesian = localized(title, "en"), localized(title, "id")
    return Sentence(
        {
            "en": f"What stands in for a missing value comes from those with the same: {english}.",
            "id": f"Pengganti nilai yang tidak ada berasal dari yang sama dalam: {indonesian}.",
        }
    )


def _attribute(kind: Kind, code: str) -> Text:
    return next((each.title for each in kind.attributes if each.code == code), {"en": code})
