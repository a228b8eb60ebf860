"""What is varied: the ranked candidates of a run and the tree over their points."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from awards.domain.definition import CategoryDefinition, Group, Leaf
from awards.domain.errors import Refused
from awards.evaluation import columns

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]

KNOWN_RULES: Mapping[str, int] = {"arithmetic": 0, "geometric": 1}
"""Aggregations that the kernels compute; others are computed by their expressions."""

_UNKNOWN = -1
_MOST_POINTS = 1e9


@dataclass(frozen=True, eq=False)
class Tree:
    """The criteria tree as arrays.

    Nodes are criteria in reading order, then groups, children before parents, the
    root last. Children of group ``g`` are ``children[starts[g]:starts[g + 1]]``,
    ``rules[g]`` is its aggregation and ``weights[node]`` the declared weight among
    siblings.
    """

    codes: tuple[str, ...]
    leaves: int
    starts: Integers
    children: Integers
    rules: Integers
    weights: Floats

    def families(self) -> tuple[Integers, ...]:
        """The children of each group."""
        return tuple(np.split(self.children, self.starts[1:-1]))

    @property
    def is_known(self) -> bool:
        """Whether the kernels can compute every group."""
        return bool((self.rules != _UNKNOWN).all())


@dataclass(frozen=True, eq=False)
class Ranked:
    """The ranked candidates of a run, best first, equal places by id.

    ``points`` (criteria × candidates) and ``values`` (groups × candidates) are as
    stored, NaN where missing; ``ties`` are the nodes of the tie-breakers.
    """

    ids: pl.Series
    places: Places
    points: Floats
    values: Floats
    tree: Tree
    ties: Integers

    @property
    def size(self) -> int:
        return len(self.places)


def make_tree(definition: CategoryDefinition) -> Tree:
    """The tree of *definition* as arrays."""
    leaves = list(definition.tree.leaves())
    groups = list(definition.tree.settled())
    nodes: list[Group | Leaf] = [*leaves, *groups]
    number = {each.code: index for index, each in enumerate(nodes)}
    return Tree(
        codes=tuple(number),
        leaves=len(leaves),
        starts=np.cumsum([0, *(len(each.children) for each in groups)], dtype=np.int64),
        children=np.array([number[one.code] for each in groups for one in each.children]),
        rules=np.array([_rule(each) for each in groups], dtype=np.int64),
        weights=np.array([each.weight for each in nodes], dtype=np.float64),
    )


def _rule(group: Group) -> int:
    return _UNKNOWN if group.aggregation.parameters or group.cap else _named(group.aggregation.code)


def _named(code: str) -> int:
    return KNOWN_RULES.get(code, _UNKNOWN)


def read_ranked(results: pl.LazyFrame, definition: CategoryDefinition) -> Ranked:
    """The ranked candidates of *results*.

    Raises `Refused` where nobody is ranked, or points lie too far from 0 to 100.
    """
    if definition.margin is not None or not all(
        isinstance(each, str) for each in definition.tie_breakers
    ):
        raise Refused("Places by a margin, or by counts of full points, are not varied.")
    tree = make_tree(definition)
    names = [columns.points(code) for code in tree.codes[: tree.leaves]]
    names += [columns.value(code) for code in tree.codes[tree.leaves :]]
    wanted = results.filter(pl.col("place").is_not_null()).select("id", "place", *names)
    table = wanted.collect().sort("place", "id")
    numbers = table.select(pl.col(names).cast(pl.Float64).fill_null(np.nan)).to_numpy().T
    if not table.height:
        raise Refused("Nobody has a place in this run, so there is nothing to vary.")
    if np.nanmax(np.abs(numbers)) > _MOST_POINTS:
        raise Refused("Points of this run are too far from 0 to 100 to be varied.")
    known = {code: number for number, code in enumerate(tree.codes)}
    return Ranked(
        ids=table["id"],
        places=table["place"].cast(pl.Int32).to_numpy(),
        points=np.ascontiguousarray(numbers[: tree.leaves]),
        values=np.ascontiguousarray(numbers[tree.leaves :]),
        tree=tree,
        ties=np.array([known[str(code)] for code in definition.tie_breakers], dtype=np.int64),
    )
