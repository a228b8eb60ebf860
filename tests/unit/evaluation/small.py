"""Small categories to evaluate: rules made on the spot beside the bundled ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import narwhals as nw
import polars as pl
from hypothesis import settings

from awards.evaluation.pipeline import evaluate
from awards.evaluation.sources import sources_of
from awards.registry import load_plugins
from awards.sdk import (
    COMPANY,
    CategoryDefinition,
    Criterion,
    Gate,
    Group,
    Indicator,
    Leaf,
    Scale,
    Use,
)
from awards.sdk.rulebook import RuleBook

IDENTITY = Use(code="identity")

STEADY = settings(max_examples=50, deadline=None, derandomize=True)
"""The same examples every time: an evaluation takes milliseconds, not microseconds."""


@cache
def bundled() -> RuleBook:
    return load_plugins(entry_points=False).rulebook


def indicator(code: str, kind: type[int] | type[float] = float) -> Indicator:
    return Indicator(code=code, title={"en": code}, type=kind, unit="points")


def criterion(code: str, **more: Any) -> Criterion:
    """A criterion whose raw value is the indicator *code* itself, unless told otherwise."""
    declared: dict[str, Any] = {
        "code": code,
        "title": {"en": code},
        "applies_to": (COMPANY,),
        "indicators": (indicator(code),),
        "measure": lambda i: getattr(i, code),
        "unit": "points",
    }
    return Criterion(**(declared | more))


def gate(code: str, passes: Any, *indicators: Indicator, **more: Any) -> Gate:
    return Gate(
        code=code,
        title={"en": code},
        reason={"en": f"{code} must hold"},
        applies_to=(COMPANY,),
        indicators=indicators,
        passes=passes,
        **more,
    )


def book(
    *criteria: Criterion, gates: Sequence[Gate] = (), scales: Sequence[Scale] = ()
) -> RuleBook:
    """The bundled rules and these."""
    base = bundled()
    return replace(
        base,
        criteria={**base.criteria, **{each.code: each for each in criteria}},
        gates={**base.gates, **{each.code: each for each in gates}},
        scales={**base.scales, **{each.code: each for each in scales}},
    )


def leaf(code: str, weight: float = 1.0, **more: Any) -> Leaf:
    return Leaf(criterion=code, weight=weight, **({"scale": IDENTITY} | more))


def group(code: str, *children: Group | Leaf, **more: Any) -> Group:
    return Group(code=code, title={"en": code}, children=children, **more)


def category(*children: Group | Leaf, **more: Any) -> CategoryDefinition:
    """A category of companies whose tree is ``all`` over *children*."""
    root = {key: more.pop(key) for key in ("aggregation", "least_share") if key in more}
    return CategoryDefinition(
        code="small",
        title={"en": "Small"},
        kind="company",
        tree=group("all", *children, **root),
        **more,
    )


@dataclass(frozen=True)
class Evaluated:
    """Results and sources, read as a whole."""

    results: pl.DataFrame
    sources: pl.DataFrame


def run(
    definition: CategoryDefinition,
    data: Mapping[str, Sequence[Any]],
    *,
    rulebook: RuleBook | None = None,
) -> Evaluated:
    """Evaluate over columns of *data*; criteria that no rule book brings are read
    from the indicator of the same code. Without ``id`` candidates are A, B, C …"""
    rows = len(next(iter(data.values())))
    ids = {} if "id" in data else {"id": [chr(ord("A") + row) for row in range(rows)]}
    given = book(*(criterion(each.code) for each in definition.tree.leaves()))
    table = pl.DataFrame({**ids, **data}, strict=False)
    return evaluated(table, definition, rulebook=rulebook or given)


def evaluated(table: pl.DataFrame, definition: CategoryDefinition, **how: Any) -> Evaluated:
    results = evaluate(table.lazy(), definition, **how).results.collect()
    return Evaluated(results, sources_of(results.lazy(), definition).collect())


def column(evaluation: Evaluated, name: str) -> list[Any]:
    return evaluation.results[name].to_list()


def rows(evaluation: Evaluated, *names: str) -> list[tuple[Any, ...]]:
    return evaluation.results.select(names).rows()


NO_NUMBER = nw.lit(None, dtype=nw.Float64)
