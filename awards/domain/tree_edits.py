"""Changes of a category's rules, each giving another category that is valid by itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awards.domain.definition import (
    CategoryDefinition,
    Code,
    EditionDefinition,
    FullPoints,
    Group,
    Leaf,
    Use,
)
from awards.domain.errors import NotFound, Refused

_DECIMALS = 4


class LastOne(Refused):
    """The last criterion of a category, or the last category, cannot be taken away."""


def change(category: CategoryDefinition, **values: Any) -> CategoryDefinition:
    """*category* with other *values*, checked."""
    data = {name: getattr(category, name) for name in CategoryDefinition.model_fields}
    return CategoryDefinition.model_validate(_dumped(data | values))


def put_category(edition: EditionDefinition, category: CategoryDefinition) -> EditionDefinition:
    """*edition* with *category* in the place of the one of its code, or after the others."""
    codes = [each.code for each in edition.categories]
    kept = [category if each.code == category.code else each for each in edition.categories]
    return change_edition(
        edition, categories=tuple(kept if category.code in codes else [*kept, category])
    )


def remove_category(edition: EditionDefinition, code: str) -> EditionDefinition:
    kept = tuple(each for each in edition.categories if each.code != code)
    if not kept:
        raise LastOne("An edition has at least one category. Add another one first.")
    return change_edition(edition, categories=kept)


def change_edition(edition: EditionDefinition, **values: Any) -> EditionDefinition:
    """*edition* with other *values*, checked."""
    data = {name: getattr(edition, name) for name in EditionDefinition.model_fields}
    return EditionDefinition.model_validate(_dumped(data | values))


def node(tree: Group, code: str) -> Group | Leaf | None:
    """The group or criterion that is called *code*."""
    both: list[Group | Leaf] = [*tree.groups(), *tree.leaves()]
    return next((each for each in both if each.code == code), None)


def parent_of(tree: Group, code: str) -> Group | None:
    """The group that *code* stands in; None for the root."""
    return next(
        (each for each in tree.groups() if code in [child.code for child in each.children]), None
    )


def put_leaf(category: CategoryDefinition, leaf: Leaf, *, group: str) -> CategoryDefinition:
    """*leaf* in the place of the criterion of its code, or last in *group*."""
    if node(category.tree, leaf.code) is not None:
        return change(category, tree=_rebuilt(category.tree, {leaf.code: lambda _: leaf}))
    return change(category, tree=_with_children(category.tree, group, lambda all_: [*all_, leaf]))


def put_group(category: CategoryDefinition, group: Group) -> CategoryDefinition:
    """*group* in the place of the one of its code."""
    return change(category, tree=_rebuilt(category.tree, {group.code: lambda _: group}))


def gather(category: CategoryDefinition, group: Group, *, under: str) -> CategoryDefinition:
    """*group* last under another one, with its children taken from where they stand."""
    tree = category.tree
    for child in group.children:
        tree = _without(tree, child.code)
    if node(tree, under) is None:
        raise Refused("A group cannot take in everything of the group that it stands in.")
    return change(category, tree=_with_children(tree, under, lambda all_: [*all_, group]))


def remove(category: CategoryDefinition, code: str) -> CategoryDefinition:
    """*category* without the criterion or group; a group left empty goes as well, and
    tie-breakers that are in the tree no longer."""
    tree = _without(category.tree, code)
    left = {each.code for each in tree.leaves()} | {each.code for each in tree.groups()}
    ties = tuple(each for each in category.tie_breakers if _compared(each) in {None, *left})
    return change(category, tree=tree, tie_breakers=ties)


def _compared(tie: Code | FullPoints) -> str | None:
    """The node whose points a tie-breaker compares; None for the whole tree."""
    return tie.of if isinstance(tie, FullPoints) else tie


def move(category: CategoryDefinition, code: str, *, by: int) -> CategoryDefinition:
    """*category* with *code* so many places further down among its siblings."""
    above = parent_of(category.tree, code)
    if above is None:
        raise NotFound(f"Nothing in the tree is called {code!r}.")
    return change(
        category,
        tree=_with_children(category.tree, above.code, lambda all_: shifted(all_, code, by)),
    )


def weigh(category: CategoryDefinition, weights: Mapping[str, float]) -> CategoryDefinition:
    """*category* with these *weights* by code."""
    edits = {code: _weighing(weight) for code, weight in weights.items()}
    return change(category, tree=_rebuilt(category.tree, edits))


def spread(category: CategoryDefinition, group: str, *, whole: float = 100.0) -> CategoryDefinition:
    """*category* with the weights in *group* in the same proportions, summing to *whole*."""
    found = node(category.tree, group)
    if not isinstance(found, Group):
        raise NotFound(f"No group is called {group!r}.")
    total = sum(each.weight for each in found.children)
    shares = [round(each.weight * whole / total, _DECIMALS) for each in found.children]
    shares[-1] = round(whole - sum(shares[:-1]), _DECIMALS)
    codes = [each.code for each in found.children]
    return weigh(category, dict(zip(codes, shares, strict=True)))


def put_use(uses: Sequence[Use], use: Use, *, at: int | None) -> tuple[Use, ...]:
    """*uses* with *use* in the place of the one that stands there, or last."""
    if at is None:
        return (*uses, use)
    return (*uses[:at], use, *uses[at + 1 :])


def shifted(children: Sequence[Any], code: str, by: int) -> list[Any]:
    """*children* with the one called *code* so many places further down, or at the end."""
    codes = [each.code for each in children]
    at = codes.index(code)
    to = max(0, min(len(codes) - 1, at + by))
    kept = [each for each in children if each.code != code]
    return [*kept[:to], children[at], *kept[to:]]


def _weighing(weight: float) -> Callable[[Any], Any]:
    return lambda each: each.model_copy(update={"weight": weight})


def _rebuilt(group: Group, edits: Mapping[str, Callable[[Any], Any]]) -> Group:
    """*group* with each named node edited, children before parents."""
    children = tuple(
        _rebuilt(each, edits) if isinstance(each, Group) else edits.get(each.code, _same)(each)
        for each in group.children
    )
    changed = edits.get(group.code, _same)(group.model_copy(update={"children": children}))
    return changed if isinstance(changed, Group) else group


def _same(each: Any) -> Any:
    return each


def _with_children(
    tree: Group, code: str, edit: Callable[[list[Group | Leaf]], list[Group | Leaf]]
) -> Group:
    def apply(group: Group) -> Group:
        return group.model_copy(update={"children": tuple(edit(list(group.children)))})

    return _rebuilt(tree, {code: apply})


def _without(tree: Group, code: str) -> Group:
    left = _pruned(tree, code)
    if left is None:
        raise LastOne("A category has at least one criterion. Add another one first.")
    return left


def _pruned(group: Group, code: str) -> Group | None:
    """*group* without *code*; None when nothing is left of it."""
    kept: list[Group | Leaf] = []
    for child in group.children:
        left = _pruned(child, code) if isinstance(child, Group) else child
        if child.code != code and left is not None:
            kept.append(left)
    return group.model_copy(update={"children": tuple(kept)}) if kept else None


def _dumped(value: Any) -> Any:
    """*value* as plain data, so that it is checked again as a whole."""
    if hasattr(value, "model_dump"):
        return value.model_dump()
    if isinstance(value, Mapping):
        return {key: _dumped(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_dumped(each) for each in value]
    return value
