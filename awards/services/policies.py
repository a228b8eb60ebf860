"""What absent values of a candidate mean, under the policy in force and every other."""

from collections.abc import Iterator, Sequence

from awards.domain.explained import PolicyEffect
from awards.domain.published import CriterionScore
from awards.evaluation.policies import place_under, policies_of, under_policy
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import SealedRun


def policy_effects(
    sealed: SealedRun, candidate: str, scores: Sequence[CriterionScore], *, rulebook: RuleBook
) -> tuple[PolicyEffect, ...]:
    """For each value that *candidate* lacks: its place and total under every policy that
    its criterion could have, for everybody alike, with all else as it is."""
    return tuple(
        effect
        for score in scores
        if score.reason != "measured"
        for effect in _effects(sealed, candidate, score, rulebook)
    )


def _effects(
    sealed: SealedRun, candidate: str, score: CriterionScore, rulebook: RuleBook
) -> Iterator[PolicyEffect]:
    definition, absent = sealed.definition, score.reason == "not_applicable"
    leaf = next(each for each in definition.tree.leaves() if each.code == score.code)
    for policy in policies_of(leaf, not_applicable=absent):
        changed = under_policy(definition, score.code, policy, not_applicable=absent)
        place, total = place_under(sealed.tables.table, changed, candidate, rulebook=rulebook)
        yield PolicyEffect(
            criterion=score.code,
            policy=policy,
            in_force=policy == score.policy,
            place=place,
            total=total,
        )
