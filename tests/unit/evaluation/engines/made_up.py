"""Small populations full of ties, for any category."""

import json
import random
from typing import Any

import polars as pl

from awards.evaluation import columns
from awards.evaluation.history import DecidedResults, history_table, needs_history
from awards.sdk import CategoryDefinition, Indicator
from awards.sdk.rulebook import RuleBook

ROWS = 120
_WORDS = ("title", "certificate_title", "weights_source", "reason", "wording")


def population(definition: CategoryDefinition, rulebook: RuleBook) -> pl.DataFrame:
    """A few values of each indicator, its bounds among them; one in twenty missing."""
    chance = random.Random(definition.code)
    found: dict[str, list[Any]] = {"id": [f"{row:04d}" for row in range(ROWS)]}
    for attribute in rulebook.kind(definition.kind).attributes:
        known = definition.where.get(attribute.code) or tuple(attribute.values) or ("a", "b")
        found[attribute.code] = [chance.choice(known) for _ in range(ROWS)]
    stepped = {
        each.code
        for leaf in definition.tree.leaves()
        if leaf.scale.code == "rubric"
        for each in rulebook.criterion(leaf.code).inputs
    }
    for indicator in rulebook.indicators_of(definition):
        values = _values(indicator, chance, stepped=indicator.code in stepped)
        found[indicator.code] = [
            None if chance.random() < 0.05 else chance.choice(values) for _ in range(ROWS)
        ]
    return pl.DataFrame(found, strict=False)


def _values(indicator: Indicator, chance: random.Random, *, stepped: bool) -> list[float]:
    low = indicator.minimum or 0.0
    high = low + 100.0 if indicator.maximum is None else indicator.maximum
    values = [low, high, (low + high) / 2]
    if not stepped:
        values += [chance.uniform(low, high) for _ in range(4)]
    return [int(each) for each in values] if indicator.type is int else values


def history(definition: CategoryDefinition) -> pl.LazyFrame | None:
    """Every third candidate has held each title there is to hold."""
    if not needs_history(definition):
        return None
    ids = [f"{row:04d}" for row in range(ROWS)]
    results = (
        pl.DataFrame({"id": ids})
        .with_row_index("row")
        .select(
            "id",
            standing=pl.col("row").cast(pl.Int8) % 2,
            place=pl.col("row").cast(pl.Int32) + 1,
            total=pl.lit(80.0),
            **{columns.title(step): pl.lit("green") for step in range(2)},
        )
    )
    decided = DecidedResults(results.lazy(), dict.fromkeys(ids[::3], "place-1"))
    entrants = [
        DecidedResults(results.lazy(), dict.fromkeys(ids, each.titles[0]))
        for each in definition.entrants
    ]
    earlier = [decided] * len(definition.earlier)
    return history_table(definition, entrants=entrants, earlier=earlier).lazy()


def rules_alone(definition: CategoryDefinition) -> str:
    """What tells categories apart but for words and for whom they take."""

    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: bare(each) for key, each in node.items() if key not in _WORDS}
        return [bare(each) for each in node] if isinstance(node, list) else node

    told = definition.model_dump(mode="json", exclude={"code", "where"})
    return json.dumps(bare(told), sort_keys=True)
