"""One test for each hook: what its example in the guide adds."""

import sys
from pathlib import Path

import pytest

from awards.registry import load_plugins
from awards.sdk.rulebook import PluginSource, RuleBook
from awards.sdk.testing import (
    check_aggregation,
    check_criterion,
    check_gate,
    check_scale,
    classify_rows,
)
from tests.plugins.guide import write_examples
from tests.plugins.test_guide import HOOKS


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    folder: Path = tmp_path_factory.mktemp("plugins")
    write_examples(folder)
    return load_plugins(entry_points=False, folder=folder).rulebook


def plugin(rulebook: RuleBook, name: str) -> PluginSource:
    return next(each for each in rulebook.plugins if each.name == name)


def test_every_hook_has_a_test() -> None:
    present = vars(sys.modules[__name__])
    assert [name for name in HOOKS if f"test_hook_{name}" not in present] == []


def test_hook_awards_register_kinds(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "schools").adds == ("kind:school",)
    assert rulebook.kind("school").scheme == "NPSN"


def test_hook_awards_register_indicators(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "inhabitants").adds == ("indicator:population",)
    assert rulebook.indicators["population"].unit == "people"


def test_hook_awards_register_classifications(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "by_floor_space").adds == ("classification:by-floor-space",)
    scheme = rulebook.classification("by-floor-space")
    spaces = [{"floor_space": 400}, {"floor_space": 400.5}, {"floor_space": 2000.1}, {}]
    assert classify_rows(scheme, spaces) == ["small", "medium", "large", None]


def test_hook_awards_register_records(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "trainings").adds == ("record:trainings", "criterion:people-trained")
    tally = rulebook.indicators["trained"].tally
    assert tally is not None and tally.record == rulebook.record("trainings")


def test_hook_awards_register_criteria(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "punctuality").adds == ("criterion:contribution-punctuality",)
    assert "months_paid_on_time" in rulebook.indicators
    check_criterion(rulebook.criterion("growth-in-workers"), {"most": 0.25})


def test_hook_awards_register_gates(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "no_arrears").adds == ("gate:no-arrears",)
    check_gate(rulebook.gate("no-arrears"))


def test_hook_awards_register_scales(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "against_median").adds == ("scale:against-median",)
    check_scale(rulebook.scale("against-median"), {})
    check_scale(rulebook.scale("against-median"), {}, less_is_better=True)


def test_hook_awards_register_aggregations(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "weakest_link").adds == ("aggregation:weakest-link",)
    check_aggregation(rulebook.aggregation("weakest-link"))


def test_hook_awards_register_ladders(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "passed").adds == ("ladder:passed",)
    ladder = rulebook.ladder("passed")
    assert ladder.words(ladder.parameters()) == {"passed": {"en": "Passed", "id": "Lulus"}}


def test_hook_awards_register_programs(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "punctual_employers").adds == ("program:punctual-employers",)
    assert rulebook.program("punctual-employers").title["en"] == "Punctual employers"


def test_hook_awards_register_certificate_designs(rulebook: RuleBook) -> None:
    assert plugin(rulebook, "plain_design").adds == ("certificate-design:plain",)
    assert rulebook.certificate_design("plain").folder.name == "plain"
