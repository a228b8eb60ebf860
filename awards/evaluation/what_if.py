"""Rank the stored values of a run under other weights, scales or policies.

Data are not touched: raw values and the outcomes of gates are those of the run. What
comes out is what an evaluation under the changed definition would give.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import polars as pl
from pydantic import ValidationError

from awards.domain.definition import CategoryDefinition, Group, MissingPolicy, Use
from awards.domain.errors import Refused
from awards.evaluation import columns
from awards.evaluation.changes import Node, change_tree
from awards.evaluation.cohorts import cohort_statistics
from awards.evaluation.columns import Standing
from awards.evaluation.engines.engine import Frame
from awards.evaluation.places import assign_places, comparable
from awards.evaluation.scoring import score, weigh_again
from awards.evaluation.titles import assign_titles
from awards.sdk.compiled import Reason
from awards.sdk.rulebook import RuleBook


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is declared otherwise, by code of criterion or group: ``weights`` among
    siblings, ``scales`` and ``missing`` policies of criteria, ``aggregations`` of
    groups."""

    weights: Mapping[str, float] = field(default_factory=dict)
    scales: Mapping[str, Use] = field(default_factory=dict)
    missing: Mapping[str, MissingPolicy] = field(default_factory=dict)
    aggregations: Mapping[str, Use] = field(default_factory=dict)

    def data(self) -> dict[str, object]:
        """The same as JSON data, without what stays."""
        said = {
            "weights": dict(self.weights),
            "scales": {code: each.model_dump(mode="json") for code, each in self.scales.items()},
            "missing": dict(self.missing),
            "aggregations": {
                code: each.model_dump(mode="json") for code, each in self.aggregations.items()
            },
        }
        return {key: value for key, value in said.items() if value}


def amend(definition: CategoryDefinition, changes: Changes) -> CategoryDefinition:
    """*definition* with *changes*. Raises `Refused` for a code that the tree lacks, for
    a change that nothing has, and for a value that a definition would not accept."""
    _refuse_unknown(definition, changes)
    for code, weight in changes.weights.items():
        if not (weight > 0 and math.isfinite(weight)):
            raise Refused(f"{code!r} cannot weigh {weight}. Give a number above 0.")
    tree = change_tree(definition.tree, lambda node: _changed(node, changes))
    amended = definition.model_copy(update={"tree": tree})
    try:
        return CategoryDefinition.model_validate(amended.model_dump(mode="json"))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Refused(f"{where}: {first['msg']}. Nothing was computed.") from error


def _changed(node: Node, changes: Changes) -> dict[str, Any]:
    said = {
        "weight": changes.weights.get(node.code),
        "scale": changes.scales.get(node.code),
        "missing": changes.missing.get(node.code),
        "aggregation": changes.aggregations.get(node.code),
    }
    return {key: value for key, value in said.items() if value is not None}


def _refuse_unknown(definition: CategoryDefinition, changes: Changes) -> None:
    leaves = [leaf.code for leaf in definition.tree.leaves()]
    groups = [group.code for group in definition.tree.groups()]
    known = {
        "weight": (changes.weights, leaves + groups[1:]),
        "scale": (changes.scales, leaves),
        "missing": (changes.missing, leaves),
        "aggregation": (changes.aggregations, groups),
    }
    for what, (asked, codes) in known.items():
        for code in asked:
            if code not in codes:
                raise Refused(
                    f"{code!r} has no {what} in {definition.code!r}. These have: "
                    f"{', '.join(codes)}."
                )


@dataclass(frozen=True, eq=False)
class Stored:
    """What `rank_again` reads of a run, in memory.

    ``measured``: attributes, outcomes of gates, raw values and reasons as they were
    before any scale, and what the run said. ``scored``: the same with points, or None
    where other weights might let in somebody whose points were not kept.
    """

    definition: CategoryDefinition
    measured: pl.DataFrame
    scored: pl.DataFrame | None


def read_stored(
    results: pl.LazyFrame, attributes: pl.LazyFrame, definition: CategoryDefinition
) -> Stored:
    """The columns of a run's *results*, with *attributes* of its candidates."""
    leaves = list(definition.tree.leaves())
    reasons, kept = [columns.reason(leaf.code) for leaf in leaves], ["standing"]
    kept += [name for name in results.collect_schema().names() if name.startswith("gate:")]
    for leaf in leaves:
        kept += [columns.raw(leaf.code), columns.points(leaf.code)]
    title = pl.col(columns.title(0)) if definition.ladders else pl.lit(None, pl.String)
    before = {"before": pl.col("place"), "total_before": pl.col("total"), "title_before": title}
    said = results.select("id", *kept, *reasons, **before)
    names = [each for each in attributes.collect_schema().names() if each not in kept]
    scored = attributes.select(names).join(said, on="id", maintain_order="right").collect()
    unknown = (scored["standing"] == int(Standing.NOT_ASSESSABLE)).any()
    unknown |= any(not isinstance(each, str) for each in definition.tie_breakers)
    unscaled = pl.col(reasons).replace(columns.OFF_SCALE, int(Reason.MEASURED))
    return Stored(definition, scored.with_columns(unscaled), None if unknown else scored)


def rank_again(
    stored: Stored, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.DataFrame:
    """Places under *definition*: ``id``, ``before``, ``place``, ``total_before``,
    ``total``, ``title_before`` and ``title``, sorted by id."""
    if stored.scored is not None and _same_but_weights(stored.definition, definition):
        scored = weigh_again(_lazy(stored.scored), definition, rulebook=rulebook)
    else:
        measured = _lazy(stored.measured)
        cohorts = cohort_statistics(measured, definition, rulebook=rulebook)
        scored = score(measured, definition, rulebook=rulebook, cohorts=cohorts)
    # Computed once; as a query, every step below would compute it anew.
    wide = _lazy(scored.to_native().collect())
    placed = assign_places(wide, comparable(wide, definition), definition)
    titled = assign_titles(placed, definition, rulebook=rulebook).to_native()
    title = pl.col(columns.title(0)) if definition.ladders else pl.lit(None, pl.String)
    return titled.select(
        "id", "before", "place", "total_before", "total", "title_before", title=title
    ).collect()


def _lazy(frame: pl.DataFrame) -> Frame:
    return nw.from_native(frame.lazy())


def _same_but_weights(one: CategoryDefinition, other: CategoryDefinition) -> bool:
    def level(tree: Group) -> Group:
        return change_tree(tree, lambda _: {"weight": 1.0})

    return level(one.tree) == level(other.tree)
