"""Acts that are killed at any moment leave the old state or the new one, never a mixture."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from awards.domain.ledger import verify_chain
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import read_run
from tests.conftest import AWARDS
from tests.unit.services.world import HEAD, ROWS, World, rules, rules_in

SEED = 20260304
COMMAND = (sys.executable, AWARDS)


@dataclass(frozen=True)
class Act:
    """A command, and how many seconds from its start it may be killed in."""

    words: tuple[str, ...]
    window: tuple[float, float]


IMPORT = Act(
    ("import", "data.csv", "--edition", "kop-open", "--kind", "cooperative", "--numbers", "en"),
    (0.5, 2.0),
)
START = Act(("run", "start", "kop-open/primary"), (0.5, 1.8))
PUBLISH = Act(("publish", "kop-open"), (0.5, 1.8))
ISSUE = Act(("certificate", "issue", "kop-open/primary"), (0.8, 3.0))


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return rules(tmp_path_factory.mktemp("plugins"))


def prepared(root: Path, rulebook: RuleBook) -> World:
    """An instance with an open edition, all its data and decisions."""
    world = World(rules_in(root), rulebook)
    world.open("kop-open")
    world.deliver("kop-open", *ROWS[1:])
    world.decide_all("kop-open")
    (root / "data.csv").write_text("\n".join([HEAD, *ROWS, ""]), "utf-8")
    return world


def run(root: Path, act: Act) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *act.words, "--instance", "."]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def killed(root: Path, act: Act, after: float) -> None:
    """Start the act and kill it, with the children it started, after so many seconds."""
    command = [*COMMAND, *act.words, "--instance", "."]
    process = subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def check_whole(world: World) -> None:
    """Everything on record is on disk with its digest, and every serial is used once."""
    entries = world.ledger()
    assert verify_chain(entries).fault is None
    archive = world.stores.archive
    with world.stores.database.reading() as records:
        parts = records.parts.current("kop-open", "cooperative")
        runs = records.runs.list("kop-open")
        certificates = records.certificates.list("kop-open")
    for part in parts:
        archive.checked(archive.part(part.id), part.sha256)
        for source in part.sources:
            archive.checked(archive.source(source.sha256), source.sha256)
    for each in runs:
        assert read_run(world.stores, each).seal == each.seal
    for certificate in certificates:
        archive.checked(archive.certificate(certificate.sha256), certificate.sha256)
    assert [each.serial for each in certificates] == list(range(1, len(certificates) + 1))
    issued = [each for each in world.actions() if each == "certificate.issued"]
    assert len(issued) == len(certificates)
    edition = world.site.edition("kop-open")
    assert ("edition.published" in world.actions()) == (edition is not None)


@pytest.mark.slow
def test_killed_acts_leave_the_old_state_or_the_new_and_run_again(
    tmp_path: Path, rulebook: RuleBook
) -> None:
    root = tmp_path / "instance"
    world = prepared(root, rulebook)
    chance = random.Random(SEED)
    for act in (IMPORT, START, PUBLISH, PUBLISH, IMPORT, START, ISSUE, ISSUE, ISSUE, ISSUE):
        killed(root, act, chance.uniform(*act.window))
        check_whole(world)
    for act in (IMPORT, START, PUBLISH, ISSUE):
        done = run(root, act)
        assert (done.returncode, done.stderr) == (0, "")
        check_whole(world)
    assert list((root / "tmp").iterdir()) == []
    (part,) = world.parts("kop-open")
    assert part.rows == len(ROWS)
    with world.stores.database.reading() as records:
        issued = records.certificates.list("kop-open", "primary")
        decision = records.decisions.latest("kop-open", "primary")
    assert decision is not None
    assert [each.candidate for each in issued] == [each.candidate for each in decision.titles]


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_holds_stays(
    tmp_path: Path, rulebook: RuleBook
) -> None:
    world = World(rules_in(tmp_path), rulebook)
    world.open("kop-open")
    orphan = tmp_path / "tmp" / "0123456789abcdef"
    orphan.mkdir(parents=True)
    (orphan / "part.parquet").write_bytes(b"half")
    with world.stores.archive.workspace() as held:
        done = run(tmp_path, Act(("run", "start", "kop-open/primary"), (0, 0)))
        assert done.returncode == 1
        assert held.is_dir()
    assert list((tmp_path / "tmp").iterdir()) == []
