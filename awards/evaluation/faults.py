"""What no rule may yield: found while places are computed, told in words."""

from collections.abc import Iterator, Mapping

import narwhals as nw
import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.definition import CategoryDefinition, Leaf
from awards.evaluation import columns
from awards.evaluation.engines.engine import Frame
from awards.evaluation.errors import PluginFault, RunRefused
from awards.evaluation.ties import compared_columns
from awards.sdk.rulebook import RuleBook

LARGEST = 2.0**63 / QUANTA
"""From here on ``x · 10⁹`` does not fit an Int64."""

ODD = "odd"

REFUSED = float("-inf")
"""Points of a value that the scale does not allow: they stop the run like a fault."""


def is_odd(definition: CategoryDefinition, compared: list[str]) -> nw.Expr:
    """Whether a candidate has a raw value, points or a value of a group that is neither
    finite nor missing, or one of *compared* that is too large to be compared."""
    odd = [~nw.col(name).is_finite() for name in _told(definition, RuleBook())]
    odd += [nw.col(name).abs() >= LARGEST for name in compared]
    return nw.any_horizontal(*odd, ignore_nulls=True)


def refuse_faults(
    scored: Frame, keys: pl.DataFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> None:
    """Raise `PluginFault` for the first number that is none, naming rule, plugin, candidate
    and value, and `RunRefused` for a value that a scale does not allow and for one that
    is too large; *keys* say whether there is any."""
    if not keys[ODD].any():
        return
    table = scored.to_native()
    for leaf in definition.tree.leaves():
        if rulebook.scale(leaf.scale.code).allows is not None:
            _refuse_values(table, leaf)
    for name, told in _told(definition, rulebook).items():
        for candidate, value in _first(table, ~pl.col(name).is_finite(), name):
            raise PluginFault(told.format(value=value, candidate=candidate))
    for name in compared_columns(definition):
        for candidate, value in _first(table, pl.col(name).abs() >= LARGEST, name):
            raise RunRefused(
                f"{name} of candidate {candidate} is {value:g}, too large to be compared to the "
                "ninth decimal. Use scales that keep points within 0 to 100."
            )


def _refuse_values(table: pl.LazyFrame, leaf: Leaf) -> None:
    refused = pl.col(columns.points(leaf.code)) == REFUSED
    for candidate, value in _first(table, refused, columns.raw(leaf.code)):
        raise RunRefused(
            f"Candidate {candidate} has {value:g} in criterion {leaf.code!r}, which its scale "
            f"{leaf.scale.code!r} does not allow. Correct the value, or declare what the scale "
            "does with such values."
        )


def _first(table: pl.LazyFrame, broken: pl.Expr, name: str) -> Iterator[tuple[str, float]]:
    """Candidate and value of the first row that is *broken*, if any."""
    yield from table.filter(broken).select("id", name).head(1).collect().iter_rows()


def _told(definition: CategoryDefinition, rulebook: RuleBook) -> Mapping[str, str]:
    """What to say of each column that holds something that is no number."""
    leaves, groups = list(definition.tree.leaves()), list(definition.tree.groups())
    found = {
        columns.raw(leaf.code): f"Criterion {leaf.code!r}"
        f"{rulebook.owner('criterion', leaf.criterion)} yields {{value}} for candidate "
        "{candidate}. Use ratio(..., when_zero=...) where it divides, and correct the plugin."
        for leaf in leaves
    }
    found |= {
        columns.points(leaf.code): f"Scale {leaf.scale.code!r}"
        f"{rulebook.owner('scale', leaf.scale.code)} of criterion {leaf.code!r} gives "
        "{value} points to candidate {candidate}. Correct the plugin, or choose another scale."
        for leaf in leaves
    }
    found |= {
        columns.value(group.code): f"Aggregation {group.aggregation.code!r}"
        f"{rulebook.owner('aggregation', group.aggregation.code)} gives {{value}} to group "
        f"{group.code!r} of candidate {{candidate}}. Correct the plugin, or choose another "
        "aggregation."
        for group in groups
    }
    return found
