"""What was done about an absent value, in words."""

from awards.domain.published import CriterionScore
from awards.web.words import gettext


def missing_words(policy: str) -> str:
    """What the rules say a missing value does."""
    return {
        "ineligible": gettext("whoever lacks the value is not ranked"),
        "reweight": gettext("its weight goes to the other criteria of the group"),
        "zero": gettext("the criterion gives no points"),
        "median": gettext("the median of the category stands in"),
    }.get(policy, policy)


def not_applicable_words(policy: str) -> str:
    """What the rules say a question that does not arise does."""
    return {
        "ineligible": gettext("whoever the question does not concern is not ranked"),
        "reweight": gettext("its weight goes to the other criteria of the group"),
    }.get(policy, policy)


def absence_words(score: CriterionScore) -> str | None:
    """Why there is no raw value and what that did, or None when there is one."""
    if score.reason == "measured":
        return None
    reason = {
        "missing": gettext("The value is missing"),
        "zero_denominator": gettext("The denominator is zero"),
        "not_applicable": gettext("The question does not arise here"),
    }[score.reason]
    return f"{reason}: {_effect(score.policy)}." if score.policy else f"{reason}."


def _effect(policy: str | None) -> str:
    return {
        "reweight": gettext("its weight went to the other criteria of the group"),
        "zero": gettext("the criterion gave no points"),
        "median": gettext("the median of the category stood in"),
        "ineligible": gettext("the candidate was not ranked"),
    }.get(policy or "", policy or "")
