import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from awards.cli import main
from awards.cli.instance import Instance
from awards.domain.checkpoints import read_checkpoint
from awards.domain.merkle import includes, leaf_hash
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


def call(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["ledger", *words, "--instance", str(root)])


def append_one(root: Path, **private: str) -> None:
    database = Instance(root).database
    with database.transaction() as records:
        event = Event(actor="Sekretaris", action="tested", subject="later", private=private)
        records.ledger.append(event, at=NOON)
    database.close()


def test_a_signed_checkpoint_proves_the_ledger_and_a_rotated_key_goes_on(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = tmp_path_factory.mktemp("auditor") / "kept.txt"
    kept.write_text(call(root, "checkpoint").stdout, "utf-8")
    rotated = call(root, "rotate-key")
    assert (rotated.exit_code, rotated.stdout.count("— awards/")) == (0, 2)
    result = verify(root, "--checkpoint", str(kept))
    assert result.exit_code == 0
    assert "Proven: every event up to 4" in result.output
    assert "Checkpoints 2" in result.output
    assert oct((root / "ledger.key").stat().st_mode)[-3:] == "600"


def test_a_lost_key_is_replaced_with_a_reason_that_every_check_shows(root: Path) -> None:
    assert call(root, "checkpoint").exit_code == 0
    (root / "ledger.key").unlink()
    refused = call(root, "checkpoint")
    assert (refused.exit_code, "is missing, so nothing was saved" in refused.stderr) == (1, True)
    replace = ("replace-key", "--reason", "disk broken")
    assert [call(root, *replace).exit_code, call(root, *replace).exit_code] == [0, 1]
    result = verify(root)
    assert result.exit_code == 0
    assert "without the signature of the one before: disk broken" in result.output


def test_a_key_that_others_can_read_signs_nothing(root: Path) -> None:
    assert call(root, "checkpoint").exit_code == 0
    append_one(root)
    (root / "ledger.key").chmod(0o644)
    refused = call(root, "checkpoint")
    assert (refused.exit_code, "can be read by others" in refused.stderr) == (1, True)


def test_a_file_that_is_no_checkpoint_is_refused(root: Path) -> None:
    result = verify(root, "--checkpoint", __file__)
    assert (result.exit_code, "is no signed checkpoint" in result.output) == (1, True)


def test_personal_data_are_erased_and_the_ledger_stays_proven(root: Path) -> None:
    append_one(root, email="nobody@example.org")
    head, erase = head_of(root), ("erase", "4", "email", "--reason", "UU PDP 12/2026")
    assert call(root, *erase).exit_code == 0
    again = call(root, *erase)
    assert (again.exit_code, "no personal value 'email'" in again.stderr) == (1, True)
    assert "Proven: every event up to 4" in verify(root, "--expect", head).output
    content = (root / "awards.sqlite3").read_bytes()
    assert (b"UU PDP 12/2026" in content, b"nobody@example.org" in content) == (True, False)


def test_personal_data_that_were_changed_are_found(root: Path) -> None:
    append_one(root, email="nobody@example.org")
    database = sqlite3.connect(root / "awards.sqlite3")
    database.execute("DROP TRIGGER ledger_private_no_update")
    database.execute("UPDATE ledger_private SET value = 'somebody@example.org'")
    database.commit()
    database.close()
    result = verify(root)
    assert (result.exit_code, "step 9 (personal data) fails at event 4" in result.output) == (
        3,
        True,
    )


def test_a_receipt_proves_one_event_under_the_checkpoint(root: Path) -> None:
    assert call(root, "receipt", "2").exit_code == 1
    assert call(root, "checkpoint").exit_code == 0
    said = json.loads(call(root, "receipt", "2").stdout)
    signed = read_checkpoint(said["checkpoint"]).checkpoint
    assert includes(
        leaf_hash(bytes.fromhex(said["hash"])),
        said["seq"] - 1,
        size=signed.size,
        root=signed.root,
        proof=[bytes.fromhex(each) for each in said["proof"]],
    )


def test_an_export_is_not_written_over_another(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "ledger.zip"
    assert call(root, "export", "--output", str(output)).exit_code == 0
    refused = call(root, "export", "--output", str(output))
    assert (refused.exit_code, "is there already" in refused.stderr) == (1, True)
