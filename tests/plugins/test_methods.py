"""The methods page is a contract: every rule has a section, and every example is run."""

import re
from typing import get_args

import pytest
from pydantic import BaseModel

from awards.domain.definition import (
    Cap,
    CategoryDefinition,
    FullPoints,
    GateUse,
    Group,
    Leaf,
    MissingPolicy,
    NotApplicablePolicy,
    Winsorize,
)
from awards.sdk import Gate
from tests.plugins.method_examples import Example, examples, found_in, page, said_in, sections
from tests.plugins.rules import bundled

GENERIC_GATES = ("held-before",)
"""Gates that belong to no program."""

NOT_METHODS = {
    *("code", "title", "kind", "where", "children", "weight", "criterion", "scale"),
    *("parameters", "name", "reason", "peers", "weights_source", "certificate_title"),
    *("gates", "tree", "ladders", "applies_to", "indicators", "optional", "attributes", "passes"),
    *("missing", "not_applicable"),
}
"""Words, and what a section of its own is about under another name."""


def registered() -> list[str]:
    rules = bundled()
    ladders = [f"{code} (ladder)" if code in rules.scales else code for code in rules.ladders]
    return [*rules.scales, *rules.aggregations, *ladders, *GENERIC_GATES]


@pytest.mark.parametrize("code", registered())
def test_every_rule_has_formula_source_use_and_example(code: str) -> None:
    text = sections()[f"`{code}`"]
    said = re.findall(r"^- \*\*(.+?):\*\*", text, re.MULTILINE)
    assert said == ["Formula", "Source", "Use it", "Used by"]
    assert f"`{code}`" in {each.section for each in examples()}


@pytest.mark.parametrize("policy", [*get_args(MissingPolicy), *get_args(NotApplicablePolicy)])
def test_every_policy_for_what_is_absent_is_shown(policy: str) -> None:
    shown = {
        value
        for each in examples()
        for leaf in each.definition.tree.leaves()
        for value in (leaf.missing, leaf.not_applicable)
    }
    assert policy in shown
    assert f"`{policy}`" in page()


@pytest.mark.parametrize(
    "model", [CategoryDefinition, Group, Leaf, GateUse, FullPoints, Cap, Winsorize]
)
def test_everything_that_a_definition_may_say_is_explained(model: type[BaseModel]) -> None:
    assert [each for each in model.model_fields if not _explained(each)] == []


def test_what_a_gate_may_look_at_is_explained() -> None:
    assert [each for each in vars(Gate)["__dataclass_fields__"] if not _explained(each)] == []


def _explained(field: str) -> bool:
    return field in NOT_METHODS or f"`{field}`" in page()


@pytest.mark.parametrize("code", registered())
def test_every_parameter_of_a_rule_is_explained_in_its_section(code: str) -> None:
    rules, text = bundled(), sections()[f"`{code}`"]
    own = code.removesuffix(" (ladder)")
    kinds = [rules.scales, rules.aggregations, rules.gates, rules.ladders]
    where = rules.ladders if own != code else next(each for each in kinds if own in each)
    parameters = where[own].parameters
    fields = parameters.model_fields if parameters else {}
    assert [each for each in fields if f"`{each}`" not in text] == []


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.section)
def test_example_is_what_the_evaluation_gives(example: Example) -> None:
    assert example.results
    assert found_in(example) == said_in(example)


def test_every_block_of_rules_is_an_example_that_is_run() -> None:
    assert page().count("```toml") == len(examples())


def test_every_section_with_rules_of_its_own_has_an_example() -> None:
    assert {name for name, text in sections().items() if "```toml" not in text} == {"-"}
