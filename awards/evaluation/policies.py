"""What an absent value costs: the same run under each other policy for it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import polars as pl

from awards.domain.definition import (
    CategoryDefinition,
    Group,
    Leaf,
    MissingPolicy,
    NotApplicablePolicy,
)
from awards.evaluation.errors import RunRefused
from awards.evaluation.pipeline import evaluate
from awards.sdk.rulebook import RuleBook


def policies_of(leaf: Leaf, *, not_applicable: bool) -> tuple[str, ...]:
    """The policies that could be in force for *leaf*, in the order of their declaration;
    without those that need a group which it does not name."""
    known = get_args(NotApplicablePolicy if not_applicable else MissingPolicy)
    grouped = leaf.missing_by is not None
    return tuple(each for each in known if grouped or not each.startswith("group-"))


def under_policy(
    definition: CategoryDefinition, code: str, policy: str, *, not_applicable: bool
) -> CategoryDefinition:
    """*definition* with another policy for the criterion *code*, for everybody."""
    name = "not_applicable" if not_applicable else "missing"
    tree = _changed(definition.tree, code, {name: policy})
    return definition.model_copy(update={"tree": tree})


def _changed(group: Group, code: str, update: dict[str, str]) -> Group:
    def children() -> Iterator[Group | Leaf]:
        for each in group.children:
            if isinstance(each, Group):
                yield _changed(each, code, update)
            else:
                yield each.model_copy(update=update) if each.code == code else each

    return group.model_copy(update={"children": tuple(children())})


def places_under(
    snapshot: pl.LazyFrame,
    definition: CategoryDefinition,
    candidates: Sequence[str],
    *,
    rulebook: RuleBook,
    history: pl.LazyFrame | None = None,
) -> Mapping[str, tuple[int | None, float | None]]:
    """Place and total of each of *candidates* when everybody is evaluated by
    *definition*; None and None for who has none."""
    try:
        results = evaluate(snapshot, definition, rulebook=rulebook, history=history).results
    except RunRefused:
        return dict.fromkeys(candidates, (None, None))
    asked = results.filter(pl.col("id").is_in(list(candidates)))
    found = asked.select("id", "place", "total").collect()
    return {candidate: (place, total) for candidate, place, total in found.rows()}
