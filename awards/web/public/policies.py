"""What was done about an absent value, in words."""

from awards.domain.published import CriterionHead, CriterionScore
from awards.web.formats import Formats
from awards.web.words import gettext


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
