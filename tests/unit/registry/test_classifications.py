"""An edition names the schemes that its candidates are classed by."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from awards.domain.errors import AwardsError
from awards.registry import load_plugins
from awards.sdk import EditionDefinition, PluginError
from awards.sdk.rulebook import RuleBook
from tests.unit.registry.plugins import write
from tests.unit.registry.test_presets import PROGRAM, load_with_bundled


@pytest.fixture(scope="module")
def rulebook() -> RuleBook:
    return load_plugins(entry_points=False).rulebook


def edition(rulebook: RuleBook, **changed: Any) -> EditionDefinition:
    return rulebook.program("paritrana-jatim").definition.editions[0].model_copy(update=changed)


def test_those_for_a_kind_are_found(rulebook: RuleBook) -> None:
    named = edition(rulebook)
    scheme = rulebook.classification("pp-7-2021")
    assert rulebook.classifications_of(named) == (scheme,)
    assert rulebook.classifications_of(named, kind="company") == (scheme,)
    assert rulebook.classifications_of(named, kind="village") == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"classifications": ("pp-8",)}, "No classification is called 'pp-8'"),
        ({"period_end": date(2019, 12, 31)}, "'pp-7-2021' is not valid on 2019-12-31"),
        ({"classifications": ("uu-20-2008",)}, "'uu-20-2008' is not valid on 2024-12-31"),
        (
            {"classifications": ("pp-7-2021", "head-count")},
            "'pp-7-2021' and 'head-count' both fill 'scale'",
        ),
    ],
)
def test_those_that_cannot_be_gone_by_are_refused(
    rulebook: RuleBook, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(AwardsError, match=said):
        rulebook.classifications_of(edition(rulebook, **changed))


def test_one_for_kinds_that_are_not_judged_is_refused(rulebook: RuleBook) -> None:
    governments = tuple(
        each for each in edition(rulebook).categories if each.kind == "regency-city"
    )
    with pytest.raises(PluginError, match="'pp-7-2021' is for no kind of this edition"):
        rulebook.classifications_of(edition(rulebook, categories=governments))


def test_a_preset_that_names_an_unknown_one_is_refused_at_start_up(tmp_path: Path) -> None:
    source = PROGRAM.replace("ARGUMENTS", "").replace(
        "categories=(category,)", "categories=(category,), classifications=('by-luck',)"
    )
    with pytest.raises(PluginError, match="edition 'first': No classification is called 'by-luck'"):
        load_with_bundled(write(tmp_path, prize=source))
