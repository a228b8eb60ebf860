"""Opening an edition."""

import pytest

from awards.domain.errors import NotFound, Refused
from awards.services.editions import open_edition
from tests.unit.services.world import ACT, DECREE, World


def test_an_edition_is_opened_with_the_definition_of_its_preset(empty: World) -> None:
    opened = empty.open("kop-open")
    preset = empty.rulebook.program("kop").definition
    assert opened.definition == preset.editions[0]
    assert (opened.code, opened.program, opened.program_title) == (
        "kop-open",
        "kop",
        {"id": "Koperasi"},
    )
    assert empty.edition("kop-open") == opened


def test_opening_is_one_event_and_locking_another(empty: World) -> None:
    empty.open("kop-open")
    opened, locked = empty.ledger()
    event = opened.event
    assert (locked.event.action, locked.event.detail["decree"]) == ("rules.locked", DECREE)
    assert (event.actor, event.action, event.subject) == ("Panitia", "edition.opened", "kop-open")
    assert event.detail["program"] == "kop"


def test_an_edition_that_the_preset_lacks_is_refused_with_those_it_has(empty: World) -> None:
    with pytest.raises(NotFound, match=r"no edition 'kop-1999'\. It has: kop-open, kop-winners"):
        empty.open("kop-1999")
    assert empty.ledger() == ()


def test_an_unknown_preset_is_refused_with_those_there_are(empty: World) -> None:
    with pytest.raises(NotFound, match=r"'kopp'\. Known: .*kop"):
        open_edition(empty.stores, "kop-open", program="kopp", rulebook=empty.rulebook, act=ACT)
    assert empty.ledger() == ()


def test_an_edition_is_opened_once(opened: World) -> None:
    before = opened.ledger()
    with pytest.raises(Refused, match=r"kop-open.* already"):
        opened.open("kop-open")
    assert opened.ledger() == before
