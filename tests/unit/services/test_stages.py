"""An edition moves from stage to stage, and acts move it along."""

from typing import Any

import pytest

from awards.domain.errors import Refused
from awards.domain.records import Edition
from awards.domain.stages import Stage
from awards.services.signatures import SamePerson
from awards.services.stages import StageNotReady, enter_stage, milestones
from tests.unit.services.world import ACT, World

CODE = "kop-open"


def enter(world: World, stage: Stage, **how: Any) -> Edition:
    return enter_stage(world.stores, CODE, stage, act=ACT, **how)


def test_a_stage_is_entered_when_nothing_is_lacking(opened: World) -> None:
    assert enter(opened, Stage.DATA).stage is Stage.DATA
    [*_, entry] = opened.ledger()
    assert (entry.event.action, entry.event.detail) == ("edition.moved", {"stage": "data"})


def test_what_is_lacking_is_said_and_nothing_saved(opened: World) -> None:
    enter(opened, Stage.DATA)
    before = opened.ledger()
    with pytest.raises(StageNotReady, match="There is no data for cooperative") as caught:
        enter(opened, Stage.VERIFICATION)
    assert [each["id"] for each in caught.value.lacking] == [
        "Belum ada data untuk cooperative. Masukkan berkasnya."
    ]
    assert opened.ledger() == before
    assert opened.edition(CODE).stage is Stage.DATA


def test_no_stage_is_leapt_over(opened: World) -> None:
    with pytest.raises(Refused, match="'Data' comes next"):
        enter(opened, Stage.EVALUATION)
    with pytest.raises(Refused, match="at the stage 'Rules locked' already"):
        enter(opened, Stage.RULES_LOCKED)


def test_acts_enter_the_stages_they_belong_to(imported: World) -> None:
    stages = [imported.edition(CODE).stage]
    run = imported.evaluate(CODE)
    stages.append(imported.edition(CODE).stage)
    imported.decide(run)
    stages.append(imported.edition(CODE).stage)
    imported.decide_all(CODE)
    imported.publish(CODE)
    stages.append(imported.edition(CODE).stage)
    assert stages == [Stage.RULES_LOCKED, Stage.EVALUATION, Stage.DECISION, Stage.PUBLISHED]


def test_before_a_run_an_edition_goes_back_freely(opened: World) -> None:
    enter(opened, Stage.DATA)
    back = enter(opened, Stage.DRAFT)
    assert (back.stage, back.decree) == (Stage.DRAFT, None)


def test_after_a_run_going_back_takes_two_persons_and_a_reason(imported: World) -> None:
    imported.evaluate(CODE)
    before = imported.ledger()
    with pytest.raises(Refused, match="for a reason"):
        enter(imported, Stage.DATA)
    with pytest.raises(SamePerson):
        enter(imported, Stage.DATA, reason="Data terlambat", second=ACT.by)
    assert imported.ledger() == before
    assert enter(imported, Stage.DATA, reason="Data terlambat", second="Ketua").stage is Stage.DATA
    [*_, entry] = imported.ledger()
    assert entry.event.detail == {"stage": "data", "reason": "Data terlambat", "second": "Ketua"}


def test_a_published_edition_does_not_go_back(published: World) -> None:
    with pytest.raises(Refused, match="does not go back"):
        enter(published, Stage.DATA, reason="Salah", second="Ketua")


def test_the_course_tells_days_up_to_where_the_edition_stands(imported: World) -> None:
    enter(imported, Stage.DATA)
    with imported.stores.database.reading() as records:
        course = milestones(records, records.editions.get(CODE))
    assert [each.stage for each in course if each.actual == ACT.at.date()] == [
        Stage.RULES_LOCKED,
        Stage.DATA,
    ]
    assert [each.stage for each in course if each.is_current] == [Stage.DATA]
