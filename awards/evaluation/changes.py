"""A tree with some of its declarations changed; the tree itself stays as it is."""

from collections.abc import Callable, Mapping
from typing import Any

from awards.domain.definition import Group, Leaf

Node = Group | Leaf


def change_tree(tree: Group, change: Callable[[Node], Mapping[str, Any]]) -> Group:
    """*tree* with what *change* says of each node, as fields and values."""
    children = tuple(
        change_tree(each, change)
        if isinstance(each, Group)
        else each.model_copy(update=dict(change(each)))
        for each in tree.children
    )
    return tree.model_copy(update={"children": children, **change(tree)})


def reweight(tree: Group, weights: Mapping[str, float]) -> Group:
    """*tree* with other weights, by code."""
    return change_tree(
        tree, lambda node: {"weight": weights[node.code]} if node.code in weights else {}
    )
