"""What was done about an absent value, and what else could have been, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from awards.domain.explained import PolicyEffect
from awards.domain.published import CriterionHead, CriterionScore, Scorecard
from awards.web.formats import Formats
from awards.web.words import gettext, ngettext


@dataclass(frozen=True)
class PolicyRow:
    """A policy, the place and total under it, and how that differs from what counted."""

    words: str
    total: str
    place: str
    difference: str
    in_force: bool


@dataclass(frozen=True)
class PolicyTable:
    """The policies for one absent value."""

    title: str
    rows: tuple[PolicyRow, ...]


def policy_tables(
    card: Scorecard, pairs: Iterable[tuple[CriterionScore, CriterionHead]], words: Formats
) -> tuple[PolicyTable, ...]:
    """What each absent value would have meant under every policy for it."""
    known = {head.code: (score, head) for score, head in pairs}
    kept = (each for each in card.policies if each.criterion in known)
    return tuple(
        PolicyTable(words.text(known[code][1].title), _policy_rows(effects, known[code][0], words))
        for code, effects in groupby(kept, key=lambda each: each.criterion)
    )


def _policy_rows(
    effects: Iterable[PolicyEffect], score: CriterionScore, words: Formats
) -> tuple[PolicyRow, ...]:
    named = not_applicable_words if score.reason == "not_applicable" else missing_words
    return tuple(
        PolicyRow(
            words=named(each.policy),
            total="–" if each.total is None else words.number(each.total),
            place=gettext("not ranked") if each.place is None else words.count(each.place),
            difference=_moved(each, words),
            in_force=each.in_force,
        )
        for each in effects
    )


def _moved(effect: PolicyEffect, words: Formats) -> str:
    if effect.in_force:
        return gettext("in force")
    if effect.lower is None:
        return "–"
    if effect.lower == 0:
        return gettext("the same place")
    size = abs(effect.lower)
    number = words.count(size)
    if effect.lower > 0:
        return ngettext("%(number)s place lower", "%(number)s places lower", size, number=number)
    return ngettext("%(number)s place higher", "%(number)s places higher", size, number=number)


def missing_words(policy: str) -> str:
    """What the rules say a missing value does."""
    return {
        "ineligible": gettext("whoever lacks the value is not ranked"),
        "reweight": gettext("its weight goes to the other criteria of the group"),
        "zero": gettext("the criterion gives no points"),
        "median": gettext("the median of the category stands in"),
        "mean": gettext("the mean of the category stands in"),
        "group-median": gettext("the median of its group stands in"),
        "group-mean": gettext("the mean of its group stands in"),
    }.get(policy, policy)


def not_applicable_words(policy: str) -> str:
    """What the rules say a question that does not arise does."""
    return {
        "ineligible": gettext("whoever the question does not concern is not ranked"),
        "reweight": gettext("its weight goes to the other criteria of the group"),
    }.get(policy, policy)


def availability_words(scores: Iterable[CriterionScore], words: Formats) -> str | None:
    """How many of the criteria that concern the candidate are measured; None where all are."""
    arising = [each for each in scores if each.reason != "not_applicable"]
    measured = sum(each.reason in ("measured", "off_scale") for each in arising)
    if measured == len(arising):
        return None
    return gettext(
        "Measured are %(measured)s of the %(arising)s criteria that concern it.",
        measured=words.count(measured),
        arising=words.count(len(arising)),
    )


def absence_words(score: CriterionScore, head: CriterionHead, words: Formats) -> str | None:
    """Why the raw value does not count as it is and what that did, or None when it does."""
    if score.reason == "measured":
        return _drawn_in(score, head, words)
    reason = {
        "missing": gettext("The value is missing"),
        "zero_denominator": gettext("The denominator is zero"),
        "not_applicable": gettext("The question does not arise here"),
        "off_scale": gettext("The scale gives this value no points"),
    }[score.reason]
    return f"{reason}: {_effect(score.policy)}." if score.policy else f"{reason}."


def _drawn_in(score: CriterionScore, head: CriterionHead, words: Formats) -> str | None:
    if score.treated is None:
        return None
    counted = words.value(score.treated, head.unit)
    return gettext("An outlier: it counted as %(value)s.", value=counted)


def _effect(policy: str | None) -> str:
    return {
        "reweight": gettext("its weight went to the other criteria of the group"),
        "zero": gettext("the criterion gave no points"),
        "median": gettext("the median of the category stood in"),
        "mean": gettext("the mean of the category stood in"),
        "group-median": gettext("the median of its group stood in"),
        "group-mean": gettext("the mean of its group stood in"),
        "ineligible": gettext("the candidate was not ranked"),
    }.get(policy or "", policy or "")
