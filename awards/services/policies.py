"""What absent values of candidates mean, under the policy in force and every other."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from awards.domain.definition import Leaf
from awards.domain.explained import PolicyEffect
from awards.evaluation import columns
from awards.evaluation.policies import places_under, policies_of, under_policy
from awards.sdk.compiled import Reason
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import SealedRun


def policy_effects(
    sealed: SealedRun, candidates: Sequence[str], *, rulebook: RuleBook
) -> Mapping[str, tuple[PolicyEffect, ...]]:
    """For each value that one of *candidates* lacks: its place and total under every
    policy that the criterion could have, for everybody alike, with all else as it is.

    Candidates that lack nothing are left out. The category is evaluated once for each
    policy of a criterion that somebody lacks.
    """
    rows = sealed.tables.results.filter(pl.col("id").is_in(list(candidates))).collect()
    found: dict[str, list[PolicyEffect]] = {}
    for leaf in sealed.definition.tree.leaves():
        reason = pl.col(columns.reason(leaf.code))
        arises = reason != int(Reason.NOT_APPLICABLE)
        for absent, lacking in (
            (False, rows.filter(arises & (reason != int(Reason.MEASURED)))),
            (True, rows.filter(~arises)),
        ):
            for candidate, effect in _effects(sealed, leaf, lacking, absent, rulebook):
                found.setdefault(candidate, []).append(effect)
    return {candidate: tuple(effects) for candidate, effects in found.items()}


def _effects(
    sealed: SealedRun, leaf: Leaf, lacking: pl.DataFrame, absent: bool, rulebook: RuleBook
) -> Iterator[tuple[str, PolicyEffect]]:
    if lacking.is_empty():
        return
    now: dict[str, int | None] = dict(lacking.select("id", "place").rows())
    in_force = leaf.not_applicable if absent else leaf.missing
    for policy in policies_of(leaf, not_applicable=absent):
        changed = under_policy(sealed.definition, leaf.code, policy, not_applicable=absent)
        places = places_under(
            sealed.tables.table,
            changed,
            list(now),
            rulebook=rulebook,
            history=sealed.tables.history,
        )
        for candidate, (place, total) in places.items():
            before = now[candidate]
            yield (
                candidate,
                PolicyEffect(
                    criterion=leaf.code,
                    policy=policy,
                    in_force=policy == in_force,
                    place=place,
                    total=total,
                    lower=None if place is None or before is None else place - before,
                ),
            )
