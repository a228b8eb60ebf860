"""Rules can be tried before they are locked, and a trial leaves nothing behind."""

import pytest

from awards.domain.errors import NotFound
from awards.registry import load_plugins
from awards.services.editions import open_edition
from awards.services.trials import SHOWN, try_on_edition, try_on_made_up
from tests.unit.services.world import ACT, World


def test_a_trial_on_an_earlier_edition_shows_who_would_be_first(imported: World) -> None:
    imported.evaluate("kop-open")
    before = imported.ledger(), imported.files()
    definition = imported.edition("kop-winners").definition.categories[0]
    trial = try_on_edition(
        imported.stores, definition, edition="kop-open", rulebook=imported.rulebook
    )
    assert (trial.candidates, trial.ranked, trial.ineligible, trial.not_assessable) == (9, 7, 1, 1)
    assert (trial.first[0].id, trial.first[0].name, trial.first[0].place) == (
        "K0001",
        "Koperasi Satu",
        1,
    )
    assert {each.criterion: each.measured for each in trial.criteria} == {
        "active-share": 8,
        "surplus-share": 9,
        "mentored-share": 3,
    }
    assert trial.decides_most in {each.criterion for each in trial.criteria}
    assert (imported.ledger(), imported.files()) == before


def test_an_edition_without_locked_data_is_nothing_to_try_on(opened: World) -> None:
    definition = opened.edition("kop-open").definition.categories[0]
    with pytest.raises(NotFound, match="has no locked data for 'cooperative'"):
        try_on_edition(opened.stores, definition, edition="kop-open", rulebook=opened.rulebook)


def test_a_draft_is_tried_on_made_up_data(empty: World) -> None:
    rules = load_plugins(entry_points=False).rulebook
    draft = open_edition(
        empty.stores, "paritrana-jatim-2024", program="paritrana-jatim", rulebook=rules, act=ACT
    )
    before = empty.ledger(), empty.files()
    trial = try_on_made_up(draft, draft.definition.categories[0], rulebook=rules, act=ACT)
    assert (trial.candidates, trial.data) == (38, draft.code)
    assert [each.place for each in trial.first] == list(range(1, SHOWN + 1))
    assert (empty.ledger(), empty.files()) == before


def test_a_program_without_data_of_its_own_is_tried_on_an_edition(opened: World) -> None:
    draft = opened.edition("kop-open")
    with pytest.raises(NotFound, match="has no data of its own for 'cooperative'"):
        try_on_made_up(draft, draft.definition.categories[0], rulebook=opened.rulebook, act=ACT)
