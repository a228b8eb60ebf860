"""What other policies for an absent value would make of one candidate.

The whole category is evaluated again under each policy, for everybody: what the
committee would have got if it had declared that policy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from awards.domain.definition import CategoryDefinition, Group, Leaf
from awards.evaluation import columns
from awards.evaluation.columns import Standing
from awards.evaluation.pipeline import evaluate
from awards.sdk.compiled import Reason
from awards.sdk.rulebook import RuleBook

Row = Mapping[str, Any]

_MISSING = ("ineligible", "zero", "reweight", "median", "mean", "group-median", "group-mean")
_NOT_APPLICABLE = ("reweight", "ineligible")


@dataclass(frozen=True, kw_only=True)
class PolicyEffect:
    """How the candidate comes out when *policy* is declared for *criterion*.

    ``in_force`` marks the declared one. ``points`` are the criterion's; points, total and
    place are missing unless the candidate is ranked. ``lower`` is how many places lower
    than under the policy in force; negative where higher, missing where either has none.
    """

    criterion: str
    policy: str
    in_force: bool
    standing: Standing
    points: float | None
    total: float | None
    place: int | None
    lower: int | None


def policy_effects(
    snapshot: pl.LazyFrame,
    results: pl.LazyFrame,
    *,
    definition: CategoryDefinition,
    candidate: str,
    rulebook: RuleBook,
) -> tuple[PolicyEffect, ...]:
    """The effect of each policy on *candidate*, for each criterion that it has no value in;
    the policy in force first. Empty for a candidate that lacks nothing or is not there.

    *results* are those of the category over *snapshot*. Policies of groups are tried where
    ``missing_by`` says which. Each policy but the one in force costs one evaluation.
    """
    row = _row(results, candidate)
    if row is None:
        return ()
    found: list[PolicyEffect] = []
    for leaf in definition.tree.leaves():
        for other in _alternatives(leaf, row[columns.reason(leaf.code)]):
            after: Row | None = row
            if other != leaf:
                changed = _with_leaf(definition, other)
                after = _row(evaluate(snapshot, changed, rulebook=rulebook).results, candidate)
            if after is not None:
                found.append(_effect(leaf, other, before=row, after=after))
    return tuple(found)


def _alternatives(leaf: Leaf, reason: int) -> Iterator[Leaf]:
    """*leaf* itself, then as it would be under every other policy for *reason*."""
    if reason == int(Reason.MEASURED):
        return
    yield leaf
    if reason == int(Reason.NOT_APPLICABLE):
        others = [each for each in _NOT_APPLICABLE if each != leaf.not_applicable]
        yield from (leaf.model_copy(update={"not_applicable": each}) for each in others)
        return
    for policy in _MISSING:
        possible = leaf.missing_by is not None or not policy.startswith("group-")
        if policy != leaf.missing and possible:
            yield leaf.model_copy(update={"missing": policy})


def _with_leaf(definition: CategoryDefinition, leaf: Leaf) -> CategoryDefinition:
    return definition.model_copy(update={"tree": _replaced(definition.tree, leaf)})


def _replaced(group: Group, leaf: Leaf) -> Group:
    children = tuple(
        _replaced(each, leaf)
        if isinstance(each, Group)
        else (leaf if each.code == leaf.code else each)
        for each in group.children
    )
    return group.model_copy(update={"children": children})


def _row(results: pl.LazyFrame, candidate: str) -> Row | None:
    found = results.filter(pl.col("id") == candidate).collect()
    return found.row(0, named=True) if found.height else None


def _effect(leaf: Leaf, other: Leaf, *, before: Row, after: Row) -> PolicyEffect:
    absent = before[columns.reason(leaf.code)] == int(Reason.NOT_APPLICABLE)
    place, was = after["place"], before["place"]
    return PolicyEffect(
        criterion=leaf.code,
        policy=other.not_applicable if absent else other.missing,
        in_force=other == leaf,
        standing=Standing(after["standing"]),
        points=after[columns.points(leaf.code)],
        total=after["total"],
        place=place,
        lower=None if place is None or was is None else place - was,
    )
