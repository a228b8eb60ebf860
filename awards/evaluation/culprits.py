"""Which rule is at fault: one that answers differently each time, or that fails alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from awards.domain.definition import CategoryDefinition, Group, Leaf, Use
from awards.evaluation import columns
from awards.evaluation.errors import PluginFault, RunRefused
from awards.evaluation.pipeline import evaluate
from awards.evaluation.rows import select_candidates
from awards.sdk.rulebook import RuleBook

SAMPLED = 1_000
"""Candidates that are evaluated twice more before a run."""

_ARITHMETIC = Use(code="arithmetic")


@dataclass(frozen=True)
class Trial:
    """One rule, in words, and what tries it on everybody."""

    rule: str
    run: Callable[[], object]


def refuse_unsteady(
    snapshot: pl.LazyFrame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    history: pl.LazyFrame | None = None,
) -> None:
    """Evaluate the first candidates of the category twice, rules compiled anew each time.

    Raises `PluginFault`, naming rule, plugin, candidate and both values, when they differ
    in anything. A rule that changes from day to day only is not found here but when the
    run is verified.
    """
    chosen = select_candidates(snapshot, definition, rulebook=rulebook).head(SAMPLED)
    sample = chosen.collect(engine="streaming").lazy()
    try:
        first, second = (
            evaluate(sample, definition, rulebook=rulebook, history=history).results.collect()
            for _ in range(2)
        )
    except PluginFault:
        raise
    except RunRefused:  # nobody in the sample is let in, perhaps: the run itself will tell
        return
    if first.equals(second, null_equal=True):
        return
    for name, rule in _rules_of_columns(definition, rulebook).items():
        apart = first[name].ne_missing(second[name])
        for candidate, one, other in _pairs(first, second, apart, name):
            raise PluginFault(
                f"{rule} differs between two evaluations: {one} and then {other} for candidate "
                f"{candidate}. A rule may not use chance, a clock or what it remembers. "
                "Correct the plugin. Nothing was written."
            )


def trials(
    snapshot: pl.LazyFrame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    history: pl.LazyFrame | None = None,
) -> Iterator[Trial]:
    """Every rule of *definition* with as little of the others as it can do with, in the
    order of evaluation: once one fails, those before it did not."""

    def of(rule: str, *, tried: CategoryDefinition) -> Trial:
        def run() -> object:
            found = evaluate(snapshot, tried, rulebook=rulebook, history=history)
            return found.results.collect(engine="streaming")

        return Trial(rule, run)

    bare = definition.model_copy(update={"gates": (), "tie_breakers": (), "ladders": ()})
    leaves = list(definition.tree.leaves())
    for leaf in leaves:
        plain = leaf.model_copy(update={"scale": Use(code="identity"), "missing": "zero"})
        yield of(_criterion(leaf, rulebook), tried=_with_tree(bare, _alone(plain)))
        yield of(_scale(leaf, rulebook), tried=_with_tree(bare, _alone(leaf)))
    single = _with_tree(bare, _alone(leaves[0]))
    for use in definition.gates:
        yield of(_gate(use, rulebook), tried=single.model_copy(update={"gates": (use,)}))
    groups = list(definition.tree.groups())
    for number, group in reversed(list(enumerate(groups))):
        above = {each.code for each in groups[:number]}
        yield of(_group(group, rulebook), tried=_with_tree(bare, _arithmetic(bare.tree, above)))
    for ladder in definition.ladders:
        tried = definition.model_copy(update={"ladders": (ladder,)})
        yield of(_ladder(ladder, rulebook), tried=tried)


def _rules_of_columns(definition: CategoryDefinition, rulebook: RuleBook) -> Mapping[str, str]:
    """Columns of results in the order they follow from one another, with their rules."""
    leaves, found = list(definition.tree.leaves()), dict[str, str]()
    found |= {columns.gate(use.key): _gate(use, rulebook) for use in definition.gates}
    for leaf in leaves:
        found |= dict.fromkeys((columns.raw(leaf.code),), _criterion(leaf, rulebook))
    found |= {columns.points(leaf.code): _scale(leaf, rulebook) for leaf in leaves}
    found |= {columns.reason(leaf.code): _criterion(leaf, rulebook) for leaf in leaves}
    groups = reversed(list(definition.tree.groups()))
    found |= {columns.value(group.code): _group(group, rulebook) for group in groups}
    for step, use in enumerate(definition.ladders):
        found[columns.title(step)] = _ladder(use, rulebook)
    rest = columns.result_columns(definition)
    return found | {name: f"Column {name!r}" for name in rest if name not in found}


def _pairs(
    first: pl.DataFrame, second: pl.DataFrame, apart: pl.Series, name: str
) -> Iterator[tuple[str, object, object]]:
    one, other = first.filter(apart).head(1), second.filter(apart).head(1)
    yield from zip(one["id"], one[name], other[name], strict=True)


def _criterion(leaf: Leaf, rulebook: RuleBook) -> str:
    return f"Criterion {leaf.code!r}{rulebook.owner('criterion', leaf.criterion)}"


def _scale(leaf: Leaf, rulebook: RuleBook) -> str:
    owner = rulebook.owner("scale", leaf.scale.code)
    return f"Scale {leaf.scale.code!r}{owner}, used by criterion {leaf.code!r},"


def _gate(use: Use, rulebook: RuleBook) -> str:
    return f"Gate {use.code!r}{rulebook.owner('gate', use.code)}"


def _group(group: Group, rulebook: RuleBook) -> str:
    owner = rulebook.owner("aggregation", group.aggregation.code)
    return f"Aggregation {group.aggregation.code!r}{owner}, used by group {group.code!r},"


def _ladder(use: Use, rulebook: RuleBook) -> str:
    return f"Ladder {use.code!r}{rulebook.owner('ladder', use.code)}"


def _with_tree(definition: CategoryDefinition, tree: Group) -> CategoryDefinition:
    return definition.model_copy(update={"tree": tree})


def _alone(leaf: Leaf) -> Group:
    return Group(code="alone-in-a-group", title={"en": leaf.code}, children=(leaf,))


def _arithmetic(group: Group, codes: set[str]) -> Group:
    """*group* with the bundled mean in the groups called *codes*."""
    children = tuple(
        _arithmetic(each, codes) if isinstance(each, Group) else each for each in group.children
    )
    own = {"aggregation": _ARITHMETIC} if group.code in codes else {}
    return group.model_copy(update={"children": children, **own})
