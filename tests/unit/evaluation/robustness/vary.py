"""Small categories to vary, and the same computed by plain NumPy, node by node."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from awards.domain.definition import CategoryDefinition, Group, Leaf, Robustness
from awards.evaluation.robustness.assess import Assessment, Plan, assess
from awards.sdk.rulebook import RuleBook
from tests.unit.evaluation.small import Evaluated, book, criterion, run

ONLY_WEIGHTS = Robustness(scales=(), aggregations=())
Row = dict[str, Any]


def ids(count: int) -> list[str]:
    return [f"N{number:04d}" for number in range(count)]


def evaluate(
    definition: CategoryDefinition, data: Mapping[str, Sequence[float | None]]
) -> Evaluated:
    count = len(next(iter(data.values())))
    return run(definition, {"id": ids(count), **data})


def rules_of(definition: CategoryDefinition) -> RuleBook:
    return book(*(criterion(leaf.code) for leaf in definition.tree.leaves()))


def vary(
    definition: CategoryDefinition,
    data: Mapping[str, Sequence[float | None]],
    *,
    draws: int = 200,
    rules: Robustness = ONLY_WEIGHTS,
    rulebook: RuleBook | None = None,
) -> Assessment:
    """Robustness of an evaluation over *data*."""
    results = evaluate(definition, data).results
    return assess(
        results.lazy(),
        results.select("id").lazy(),
        definition,
        rulebook=rulebook or rules_of(definition),
        plan=Plan(rules, draws, 7),
    )


def rows_of(found: Assessment) -> list[Row]:
    """Rows of the table, best first."""
    return found.table.sort("place", "id").to_dicts()


def plain_value(node: Group | Leaf, row: Row, weights: Mapping[str, float]) -> float | None:
    """The value of *node* for one candidate, by the formulas of the documentation."""
    if isinstance(node, Leaf):
        points: float | None = row[f"points:{node.code}"]
        return points
    known = [
        (weights[each.code], value)
        for each in node.children
        if (value := plain_value(each, row, weights)) is not None
    ]
    whole = sum(weight for weight, _ in known)
    if not known:
        return None
    if node.aggregation.code == "arithmetic":
        return float(sum(weight / whole * value for weight, value in known))
    if any(value <= 0 for _, value in known):
        return 0.0
    return float(100 * np.prod([(value / 100) ** (weight / whole) for weight, value in known]))


def plain_places(
    definition: CategoryDefinition, results: pl.DataFrame, weights: Mapping[str, float]
) -> dict[str, int]:
    """Place of each ranked candidate under *weights*; equal totals share one."""
    ranked = results.filter(pl.col("place").is_not_null()).to_dicts()
    totals = {
        row["id"]: round((plain_value(definition.tree, row, weights) or 0.0) * 1e9)
        for row in ranked
    }
    return {one: 1 + sum(each > own for each in totals.values()) for one, own in totals.items()}
