"""What absent values of a candidate mean, under the policy in force and every other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awards.domain.explained import PolicyEffect
from awards.domain.published import CriterionScore
from awards.evaluation.policies import place_under, policies_of, under_policy
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import SealedRun


def policy_effects(
    sealed: SealedRun,
    row: Mapping[str, Any],
    scores: Sequence[CriterionScore],
    *,
    rulebook: RuleBook,
) -> tuple[PolicyEffect, ...]:
    """For each value that the candidate of *row*, a row of the sheet, lacks: its place and
    total under every policy that its criterion could have, for everybody alike, with all
    else as it is."""
    return tuple(
        effect
        for score in scores
        if score.reason != "measured"
        for effect in _effects(sealed, row, score, rulebook)
    )


def _effects(
    sealed: SealedRun, row: Mapping[str, Any], score: CriterionScore, rulebook: RuleBook
) -> Iterator[PolicyEffect]:
    now: int | None = row["place"]
    definition, absent = sealed.definition, score.reason == "not_applicable"
    leaf = next(each for each in definition.tree.leaves() if each.code == score.code)
    for policy in policies_of(leaf, not_applicable=absent):
        changed = under_policy(definition, score.code, policy, not_applicable=absent)
        place, total = place_under(
            sealed.tables.table,
            changed,
            row["id"],
            rulebook=rulebook,
            history=sealed.tables.history,
        )
        yield PolicyEffect(
            criterion=score.code,
            policy=policy,
            in_force=policy == score.policy,
            place=place,
            total=total,
            lower=None if place is None or now is None else place - now,
        )
