"""Every preset gives the same places, totals and digest on both engines."""

import pytest

from awards.evaluation.digest import table_digest
from awards.evaluation.pipeline import evaluate
from awards.sdk import CategoryDefinition
from tests.unit.evaluation.engines.conftest import MakeEngine
from tests.unit.evaluation.engines.made_up import ROWS, history, population, rules_alone
from tests.unit.evaluation.small import bundled

pytestmark = pytest.mark.spark

CATEGORIES = {
    rules_alone(category): category
    for program in bundled().programs.values()
    for edition in program.definition.editions
    for category in edition.categories
}


@pytest.mark.parametrize(
    "definition", CATEGORIES.values(), ids=[each.code for each in CATEGORIES.values()]
)
def test_results_of_a_preset_are_the_same(
    definition: CategoryDefinition, spark: MakeEngine
) -> None:
    table, told = population(definition, bundled()).lazy(), history(definition)
    here = evaluate(table, definition, rulebook=bundled(), history=told).results.collect()
    on_spark = evaluate(table, definition, rulebook=bundled(), history=told, engine=spark())
    there = on_spark.results.collect()
    assert here.height == ROWS
    for name in ("standing", "place"):
        assert there[name].to_list() == here[name].to_list()
    assert table_digest(there) == table_digest(here)
    assert table_digest(on_spark.sources) == table_digest(
        evaluate(table, definition, rulebook=bundled(), history=told).sources
    )
