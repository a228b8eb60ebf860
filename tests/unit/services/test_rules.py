"""Rules are changed version by version, and locked before anybody sees data."""

from typing import Any

import pytest

from awards.domain.definition import EditionDefinition
from awards.domain.errors import EditConflict, Refused
from awards.domain.records import RulesVersion
from awards.domain.stages import Stage
from awards.sdk.errors import PluginError
from awards.services.editions import next_edition, open_edition, open_with
from awards.services.rules import lock_rules, rules_as_toml, rules_from_toml, save_rules
from awards.services.signatures import SamePerson
from tests.unit.services.world import ACT, DECREE, World

CODE = "kop-open"


@pytest.fixture
def draft(empty: World) -> World:
    open_edition(empty.stores, CODE, program="kop", rulebook=empty.rulebook, act=ACT)
    return empty


def heavier(world: World, weight: float = 7.0) -> EditionDefinition:
    """The rules of the edition with another weight of the first criterion."""
    data = world.edition(CODE).definition.model_dump(mode="json")
    data["categories"][0]["tree"]["children"][0]["weight"] = weight
    return EditionDefinition.model_validate(data)


def save(world: World, definition: EditionDefinition, **how: Any) -> RulesVersion:
    given = {"based_on": world.edition(CODE).version} | how
    return save_rules(world.stores, definition, rulebook=world.rulebook, act=ACT, **given)


def test_a_save_makes_a_version_that_says_what_changed(draft: World) -> None:
    before, changed = draft.edition(CODE), heavier(draft)
    version = save(draft, changed)
    after = draft.edition(CODE)
    assert (before.version, after.version, after.definition) == (1, 2, changed)
    assert len(version.changes) == 1
    assert version.changes[0].endswith("active-share › weight: 40 → 7")
    [*_, entry] = draft.ledger()
    assert (entry.event.action, entry.event.subject) == ("rules.saved", CODE)
    assert entry.event.detail["changes"] == list(version.changes)


def test_versions_before_stay_as_they_were(draft: World) -> None:
    first = draft.edition(CODE).definition
    save(draft, heavier(draft))
    with draft.stores.database.reading() as records:
        versions = records.editions.versions(CODE)
    assert [each.number for each in versions] == [1, 2]
    assert versions[0].definition == first


def test_saving_what_is_in_force_saves_nothing(draft: World) -> None:
    before = draft.ledger()
    assert save(draft, draft.edition(CODE).definition).number == 1
    assert draft.ledger() == before


def test_of_two_who_edit_one_version_the_second_is_told_what_is_in_force(draft: World) -> None:
    save(draft, heavier(draft, 7))
    before = draft.ledger()
    with pytest.raises(EditConflict, match="version 2 is in force") as caught:
        save(draft, heavier(draft, 9), based_on=1)
    assert caught.value.version == 2
    assert caught.value.current == heavier(draft, 7).model_dump(mode="json")
    assert draft.ledger() == before


def test_rules_that_cannot_work_are_refused_by_name(draft: World) -> None:
    data = draft.edition(CODE).definition.model_dump(mode="json")
    data["categories"][0]["tree"]["children"][0]["criterion"] = "happiness"
    before = draft.ledger()
    with pytest.raises(PluginError, match="category 'primary': No criterion is called 'happiness'"):
        save(draft, EditionDefinition.model_validate(data))
    assert draft.ledger() == before


def test_no_data_are_locked_before_the_rules_are(draft: World) -> None:
    draft.deliver(CODE, "K0001,Satu,primary,1,90,80,70")
    before = draft.ledger(), draft.files()
    with pytest.raises(Refused, match="are not locked yet, and data may not be seen before"):
        draft.snapshot(CODE)
    assert (draft.ledger(), draft.files()) == before
    locked = lock_rules(draft.stores, CODE, decree=DECREE, act=ACT)
    assert (locked.stage, locked.decree) == (Stage.RULES_LOCKED, DECREE)
    assert draft.snapshot(CODE).rows == 1


@pytest.mark.parametrize(("decree", "message"), [("SK-2", "locked already"), ("  ", "locked")])
def test_rules_are_locked_once(opened: World, decree: str, message: str) -> None:
    before = opened.ledger()
    with pytest.raises(Refused, match=message):
        lock_rules(opened.stores, CODE, decree=decree, act=ACT)
    assert opened.ledger() == before


def test_a_lock_names_its_decree(draft: World) -> None:
    with pytest.raises(Refused, match="Name the decree"):
        lock_rules(draft.stores, CODE, decree=" ", act=ACT)


def test_locked_rules_are_changed_by_two_and_for_a_reason(opened: World) -> None:
    before = opened.ledger()
    with pytest.raises(Refused, match="for a reason"):
        save(opened, heavier(opened), second="Sekretaris")
    with pytest.raises(SamePerson, match="two different persons"):
        save(opened, heavier(opened), reason="Salah ketik", second=ACT.by)
    assert opened.ledger() == before
    version = save(opened, heavier(opened), reason="Salah ketik", second="Sekretaris")
    assert (version.number, version.reason, version.second) == (2, "Salah ketik", "Sekretaris")
    assert opened.actions()[-1] == "rules.changed"


def test_published_rules_stay(published: World) -> None:
    with pytest.raises(Refused, match="is published: its rules stay as they are"):
        save(published, heavier(published), reason="Terlambat", second="Sekretaris")


def test_rules_come_back_from_a_file_as_they_went(draft: World) -> None:
    for program in draft.rulebook.programs.values():
        for definition in program.definition.editions:
            read = rules_from_toml(rules_as_toml(definition))
            assert read.model_dump(mode="json") == definition.model_dump(mode="json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code = ", "This is no TOML"),
        ('code = "x"', "label: Field required"),
        ('colour = "red"', "colour: Extra inputs are not permitted"),
    ],
)
def test_a_file_that_is_none_is_refused_by_its_place(text: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        rules_from_toml(text)


def test_the_next_edition_has_the_rules_of_the_last_and_its_own_dates(draft: World) -> None:
    before = draft.edition(CODE).definition
    definition = next_edition(before, "kop-next", label="2031", years=2)
    assert definition.categories == before.categories
    assert definition.period_start == before.period_start.replace(year=before.period_start.year + 2)
    opened = open_with(draft.stores, definition, program="kop", rulebook=draft.rulebook, act=ACT)
    assert (opened.code, opened.version, opened.stage) == ("kop-next", 1, Stage.DRAFT)
    assert draft.edition("kop-next") == opened
