"""Proposing and deciding."""

from dataclasses import replace

import pytest

from awards.domain.errors import Refused
from awards.domain.records import Conferred
from awards.services.decisions import LISTED, decide, propose
from awards.services.signatures import SamePerson
from tests.unit.services.world import ACT, MINUTES, World

FIRST = Conferred(
    candidate="K0001",
    name="Koperasi Satu",
    title="place-1",
    words={"id": "Terbaik I"},
    place=1,
)
SECOND = Conferred(
    candidate="K0002",
    name="Koperasi Dua",
    title="place-2",
    words={"id": "Terbaik II"},
    place=2,
)


def test_the_first_ladder_proposes_best_place_first(imported: World) -> None:
    sealed = imported.sealed(imported.evaluate("kop-open"))
    assert propose(sealed, rulebook=imported.rulebook) == (FIRST, SECOND)


def test_a_category_without_a_ladder_proposes_nobody_and_nothing_can_be_decided(
    imported: World,
) -> None:
    run = imported.evaluate("kop-plain")
    assert propose(imported.sealed(run), rulebook=imported.rulebook) == ()
    before = imported.ledger()
    with pytest.raises(Refused, match="nothing to decide"):
        imported.decide(run)
    assert imported.ledger() == before


def test_a_decision_is_recorded_with_its_event(imported: World) -> None:
    run = imported.evaluate("kop-open")
    decision = imported.decide(run)
    with imported.stores.database.reading() as records:
        assert records.decisions.latest("kop-open", "primary") == decision
    assert (decision.seal, decision.titles, decision.by, decision.second, decision.minutes) == (
        run.seal,
        (FIRST, SECOND),
        "Panitia",
        "Sekretaris",
        "BA-07/2026",
    )
    event = imported.ledger()[-1].event
    assert (event.actor, event.action, event.subject) == ("Panitia", "titles.decided", "kop-open")
    assert event.detail["titles"] == [["K0001", "place-1"], ["K0002", "place-2"]]


@pytest.mark.parametrize("second", ["Panitia", " PANITIA ", "", "  "])
def test_two_different_persons_sign_or_nothing_is_saved(imported: World, second: str) -> None:
    run = imported.evaluate("kop-open")
    before = imported.ledger()
    with pytest.raises(SamePerson, match="two different persons"):
        imported.decide(run, second=second)
    with imported.stores.database.reading() as records:
        assert records.decisions.latest("kop-open", "primary") is None
    assert imported.ledger() == before


def test_thousands_of_titles_fit_into_the_ledger_as_a_digest(imported: World) -> None:
    sealed = imported.sealed(imported.evaluate("kop-open"))
    many = tuple(replace(FIRST, candidate=f"K{number:04d}") for number in range(5_000))
    decision = decide(
        imported.stores, sealed, titles=many, minutes=MINUTES, second="Sekretaris", act=ACT
    )
    assert decision.titles == many
    detail = imported.ledger()[-1].event.detail
    assert len(many) > LISTED
    assert detail["titles"] == {"count": 5_000}
    assert len(str(detail["titles_digest"])) == 64
