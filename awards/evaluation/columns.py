"""Names of the columns of a results table, and what its small codes mean."""

from enum import IntEnum

import polars as pl

from awards.domain.definition import CategoryDefinition, FullPoints, Group


class Standing(IntEnum):
    """Whether a candidate has a place, and if not, why."""

    RANKED = 0
    INELIGIBLE = 1
    NOT_ASSESSABLE = 2


OFF_SCALE = 4
"""A reason beside those of `awards.sdk.compiled.Reason`: the value was measured,
but the scale gives it no points (no such band, no goalpost for its sector)."""


def gate(code: str) -> str:
    return f"gate:{code}"


def raw(code: str) -> str:
    return f"raw:{code}"


def points(code: str) -> str:
    """Points of a criterion."""
    return f"points:{code}"


def treated(code: str) -> str:
    """Raw value of a criterion after outliers were drawn in; only where declared."""
    return f"treated:{code}"


def value(code: str) -> str:
    """Value of a group."""
    return f"value:{code}"


def node(tree: Group, code: str) -> str:
    """Points of a criterion, or value of a group, whichever *code* is in *tree*."""
    return value(code) if any(each.code == code for each in tree.groups()) else points(code)


def weight(code: str) -> str:
    """Weight in force of a criterion: percent of the total."""
    return f"weight:{code}"


def reason(code: str) -> str:
    return f"reason:{code}"


def title(step: int) -> str:
    """The title conferred by the ladder numbered *step*, from 0."""
    return f"title:{step}"


def tie(step: int) -> str:
    """What the tie-breaker numbered *step*, from 0, counts, where it counts criteria."""
    return f"tie:{step}"


def result_columns(definition: CategoryDefinition) -> tuple[str, ...]:
    """All columns of the results of a category, in the order they are digested."""
    return tuple(result_types(definition))


def result_types(definition: CategoryDefinition) -> pl.Schema:
    """All columns of the results of a category, with their types."""
    number, small = pl.Float64(), pl.Int8()
    found: dict[str, pl.DataType] = {"id": pl.String(), "standing": small}
    found |= {"place": pl.Int32(), "total": number}
    found |= {gate(use.key): small for use in definition.gates}
    for leaf in definition.tree.leaves():
        found |= {raw(leaf.code): number, points(leaf.code): number}
        found |= {treated(leaf.code): number} if leaf.winsorize is not None else {}
        found |= {weight(leaf.code): number, reason(leaf.code): small}
    found |= {value(group.code): number for group in definition.tree.groups()}
    found |= {
        tie(step): number
        for step, each in enumerate(definition.tie_breakers)
        if isinstance(each, FullPoints)
    }
    found |= {title(step): pl.String() for step in range(len(definition.ladders))}
    return pl.Schema(found)
