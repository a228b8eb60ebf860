import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from awards.cli import main
from awards.cli.instance import Instance
from awards.domain.records import Event

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An instance with three events."""
    database = Instance(tmp_path).database
    for number in range(3):
        with database.transaction() as records:
            event = Event(actor="Ketua Panitia", action="tested", subject=str(number))
            records.ledger.append(event, at=NOON)
    database.close()
    return tmp_path


def verify(root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["ledger", "verify", "--instance", str(root), *options])


def head_of(root: Path) -> str:
    return str(json.loads(verify(root, "--json").output)["head"])


def test_a_sound_ledger_is_shown_but_not_called_proven(root: Path) -> None:
    result = verify(root)
    assert result.exit_code == 0
    for part in ("Events 3", f"Head   {head_of(root)}", "not proven against a checkpoint"):
        assert part in result.output


def test_a_checkpoint_proves_the_ledger(root: Path) -> None:
    result = verify(root, "--expect", head_of(root))
    assert result.exit_code == 0
    assert "Proven: every event up to 3" in result.output


def test_the_same_is_printed_for_machines(root: Path) -> None:
    head = head_of(root)
    result = verify(root, "--json", "--expect", head)
    answer = json.loads(result.output)
    assert (result.exit_code, len(answer.pop("log"))) == (0, 32)
    assert answer == {
        "events": 3,
        "checkpoints": 0,
        "head": head,
        "intact": True,
        "proven_to": 3,
        "fault": None,
    }


def test_a_cut_tail_exits_with_3(root: Path) -> None:
    head = head_of(root)
    database = sqlite3.connect(Instance(root).settings.database.removeprefix("sqlite:///"))
    database.execute("DROP TRIGGER ledger_no_delete")
    database.execute("DELETE FROM ledger WHERE seq = 3")
    database.commit()
    database.close()
    result = verify(root, "--expect", head)
    assert result.exit_code == 3
    assert "step 8 (checkpoint) fails at event 3" in result.output
    fault = json.loads(verify(root, "--json", "--expect", head).stdout)["fault"]
    assert (fault["step"], fault["seq"]) == (8, 3)
    assert verify(root).exit_code == 0


@pytest.mark.parametrize("checkpoint", ["3", "3:ab", f"0:{'0' * 64}", f"x:{'0' * 64}"])
def test_a_checkpoint_that_is_none_is_wrong_usage(root: Path, checkpoint: str) -> None:
    result = verify(root, "--expect", checkpoint)
    assert result.exit_code == 2
    assert "a number, a colon and 64 hexadecimal digits" in result.output
