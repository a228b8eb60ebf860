"""Every bundled scale, aggregation and criterion on both engines; and what is refused."""

from typing import Any

import narwhals as nw
import polars as pl
import pytest

from awards.evaluation.digest import table_digest
from awards.evaluation.engines.spark import Spark
from awards.evaluation.errors import PluginFault, RunRefused
from awards.evaluation.pipeline import evaluate
from awards.sdk import (
    CategoryDefinition,
    CohortFigure,
    Criterion,
    FullPoints,
    Gate,
    Group,
    Leaf,
    Use,
)
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Kind
from tests.unit.evaluation.engines.conftest import MakeEngine
from tests.unit.evaluation.engines.made_up import population
from tests.unit.evaluation.small import book, bundled, category, criterion, gate, group, leaf
from tests.unit.evaluation.small import indicator as indicator_of

pytestmark = pytest.mark.spark

SCALES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "bands": ({"table": [[10, 25], [50, 75]], "decimals": 0}, {"missing": "reweight"}),
    "distance": ({"target": 60}, {"missing": "zero"}),
    "goalposts": ({"low": 1, "high": 100, "logarithmic": True}, {"missing": "zero"}),
    "identity": ({}, {"missing": "reweight"}),
    "min-max": ({}, {"cohort": "sector", "missing": "mean"}),
    "percentile": ({}, {"cohort": "sector", "missing": "group-mean", "missing_by": "sector"}),
    "rank": ({}, {"missing": "median"}),
    "rubric": ({"step": 0.5, "maximum": 100, "off_steps": "missing"}, {"missing": "reweight"}),
    "target": ({"target": 80}, {"winsorize": {"skewness": 0.1, "kurtosis": 0, "most": 5}}),
    "z-score": ({"normal_cdf": True}, {"missing": "reweight"}),
}
AGGREGATIONS: dict[str, dict[str, Any]] = {
    "arithmetic": {},
    "geometric": {},
    "harmonic": {},
    "power": {"exponent": 0.5},
    "sum": {"maximum": 40},
    "sum-over-most": {"items": 3},
    "weakest": {},
}


def scaled(code: str, scale: str) -> Leaf:
    parameters, more = SCALES[scale]
    return leaf(code, 10.0, scale=Use(code=scale, parameters=parameters), **more)


def everything() -> tuple[CategoryDefinition, RuleBook]:
    """A leaf for each scale, each scale a second time where less is better, and a group
    for each aggregation, which takes them in turn."""
    codes = [f"{scale.replace('-', '_')}" for scale in SCALES]
    leaves = [scaled(code, scale) for code, scale in zip(codes, SCALES, strict=True)]
    several = list(AGGREGATIONS)
    groups: list[Group] = []
    for at, aggregation in enumerate(several):
        taken = leaves[at :: len(several)]
        use = Use(code=aggregation, parameters=AGGREGATIONS[aggregation])
        groups.append(group(f"by-{aggregation}", *taken, weight=1.0, aggregation=use))
    above = gate(
        "above-mean",
        lambda i: i.identity >= i.cohort("mean", "identity") - 30,
        indicator_of("identity"),
        cohort=(CohortFigure(statistic="mean", indicator=indicator_of("identity")),),
    )
    criteria = [
        criterion(code, less_is_better=False, indicators=(indicator_of(code),)) for code in codes
    ]
    definition = category(
        *groups,
        gates=({"code": "above-mean"},),
        tie_breakers=(FullPoints(points=100.0), "by-geometric"),
        ladders=(Use(code="top-n"),),
    )
    return definition, book(*criteria, gates=(above,))


def both(
    definition: CategoryDefinition, rulebook: RuleBook, *, table: pl.DataFrame, engine: Spark
) -> tuple[pl.DataFrame, pl.DataFrame]:
    here = evaluate(table.lazy(), definition, rulebook=rulebook).results.collect()
    there = evaluate(table.lazy(), definition, rulebook=rulebook, engine=engine).results.collect()
    return here, there


def test_every_scale_and_aggregation_is_here() -> None:
    assert sorted(SCALES) == sorted(bundled().scales)
    assert sorted(AGGREGATIONS) == sorted(bundled().aggregations)


def test_every_scale_treatment_policy_and_aggregation_gives_the_same(spark: MakeEngine) -> None:
    definition, rulebook = everything()
    table = population(definition, rulebook)
    here, there = both(definition, rulebook, table=table, engine=spark())
    assert here["place"].count() > 20
    assert there["place"].to_list() == here["place"].to_list()
    assert table_digest(there) == table_digest(here)


def measured_alone(kind: Kind, criteria: list[Criterion]) -> CategoryDefinition:
    scale = Use(code="percentile")
    leaves = [leaf(each.code, missing="reweight", scale=scale) for each in criteria]
    return category(*leaves).model_copy(update={"kind": kind.code})


def test_every_bundled_criterion_gives_the_same_values(spark: MakeEngine) -> None:
    rulebook = bundled()
    by_kind: dict[str, list[Criterion]] = {}
    for each in rulebook.criteria.values():
        by_kind.setdefault(each.applies_to[0].code, []).append(each)
    for kind, criteria in by_kind.items():
        definition = measured_alone(rulebook.kind(kind), criteria)
        table = population(definition, rulebook)
        here, there = both(definition, rulebook, table=table, engine=spark())
        assert (kind, table_digest(there)) == (kind, table_digest(here))


def test_every_bundled_gate_gives_the_same_outcomes(spark: MakeEngine) -> None:
    rulebook = bundled()
    by_kind: dict[str, list[Gate]] = {}
    for each in rulebook.gates.values():
        if not each.looks_back:
            by_kind.setdefault(each.applies_to[0].code, []).append(each)
    for kind, gates in by_kind.items():
        used = tuple({"code": each.code, "decides": "titles"} for each in gates)
        known = next(each for each in rulebook.criteria.values() if each.applies_to[0].code == kind)
        definition = category(leaf(known.code, missing="reweight"), gates=used)
        definition = definition.model_copy(update={"kind": kind})
        table = population(definition, rulebook)
        here, there = both(definition, rulebook, table=table, engine=spark())
        assert (kind, table_digest(there)) == (kind, table_digest(here))


def test_an_operation_that_means_something_else_on_spark_is_refused(spark: MakeEngine) -> None:
    rounded = criterion("halves", measure=lambda i: i.halves.round(0))
    table = pl.DataFrame({"id": ["A", "B"], "halves": [0.5, 2.5]})
    with pytest.raises(RunRefused, match="do not agree on raw:halves of candidate A"):
        evaluate(table.lazy(), category(leaf("halves")), rulebook=book(rounded), engine=spark())


def test_an_operation_that_spark_does_not_have_is_refused(spark: MakeEngine) -> None:
    odd = criterion("x", measure=lambda i: i.x.replace_strict([0.5, 2.5], [1.0, 2.0]))
    table = pl.DataFrame({"id": ["A", "B"], "x": [0.5, 2.5]})
    with pytest.raises(RunRefused, match="Evaluate on Polars"):
        evaluate(table.lazy(), category(leaf("x")), rulebook=book(odd), engine=spark())


def test_what_is_no_number_is_a_fault_on_both(spark: MakeEngine) -> None:
    over = criterion("x", measure=lambda i: i.x / nw.lit(0.0))
    table = pl.DataFrame({"id": ["A", "B"], "x": [0.5, 2.5]})
    with pytest.raises(PluginFault, match="yields inf for candidate A"):
        evaluate(table.lazy(), category(leaf("x")), rulebook=book(over), engine=spark())


def test_what_overflows_is_refused_not_wrapped_around(spark: MakeEngine) -> None:
    narrow = criterion("x", measure=lambda i: (i.x * 1e18).cast(nw.Int64) * 100)
    table = pl.DataFrame({"id": ["A", "B"], "x": [0.5, 2.5]})
    with pytest.raises(RunRefused, match="overflow"):
        evaluate(table.lazy(), category(leaf("x")), rulebook=book(narrow), engine=spark())
