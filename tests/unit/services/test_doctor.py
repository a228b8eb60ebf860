from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from awards.services.doctor import Patient, examine
from awards.storage.ledger_key import KeyFile
from tests.unit.services.world import NOON, World


@pytest.fixture
def patient(published: World) -> Patient:
    """A sound installation, whose ledger is signed."""
    world = published
    world.root.chmod(0o700)
    world.stores.database.key = KeyFile(world.root / "ledger.key")
    world.evaluate("kop-open")
    return Patient(
        root=world.root,
        database=world.stores.database,
        key=world.stores.database.key,
        mails=True,
        now=NOON,
    )


def states(patient: Patient) -> dict[str, str]:
    return {each.subject: each.state for each in examine(patient)}


def test_a_sound_installation_has_nothing_bad(patient: Patient) -> None:
    found = states(patient)
    assert {name: state for name, state in found.items() if state == "bad"} == {}
    assert {"database", "clock", "key", "checkpoint", "mail", "permissions", "fonts"} <= {
        name for name, state in found.items() if state == "ok"
    }


def test_a_missing_key_is_bad(patient: Patient) -> None:
    patient.key.path.unlink()
    assert states(replace(patient, key=KeyFile(patient.key.path)))["key"] == "bad"


def test_another_key_and_one_open_to_others_are_bad(patient: Patient, tmp_path: Path) -> None:
    other = KeyFile(tmp_path / "other.key")
    other.create()
    assert states(replace(patient, key=other))["key"] == "bad"
    patient.key.path.chmod(0o640)
    assert states(replace(patient, key=KeyFile(patient.key.path)))["key"] == "bad"


def test_a_clock_that_was_set_back_is_bad(patient: Patient) -> None:
    assert states(replace(patient, now=NOON - timedelta(hours=1)))["clock"] == "bad"
    assert states(replace(patient, now=NOON + timedelta(days=3650)))["clock"] == "ok"


def test_what_may_soon_be_bad_is_a_warning(patient: Patient) -> None:
    patient.root.chmod(0o755)
    found = states(replace(patient, mails=False))
    assert (found["permissions"], found["mail"]) == ("warning", "warning")


def test_events_that_wait_for_a_checkpoint_are_a_warning(patient: Patient) -> None:
    with patient.database.transaction() as records:
        head = records.ledger.head()
        assert head is not None
        records.ledger.append(replace(head.event, action="tested"), at=NOON)
    assert states(replace(patient, now=NOON + timedelta(hours=1)))["checkpoint"] == "ok"
    assert states(replace(patient, now=NOON + timedelta(hours=3)))["checkpoint"] == "warning"
