"""A run that is killed at any point does not exist, or is whole; nobody is left behind."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from awards.domain.ledger import verify_chain
from awards.evaluation.manifest import rules_of
from awards.sdk.rulebook import RuleBook
from awards.services.lookup import category_of
from awards.services.sealed import check_tables, read_run
from tests.unit.services.world import ROWS, World, rules, rules_in

SEED = 20261123
POINTS = 10
SCRIPT = Path(__file__).with_name("one_run.py")


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return rules(tmp_path_factory.mktemp("plugins"))


def prepared(root: Path, rulebook: RuleBook) -> tuple[World, list[str]]:
    """An instance whose data are locked, and the command that computes the run."""
    world = World(rules_in(root), rulebook)
    edition = world.open("kop-open")
    world.deliver("kop-open", *ROWS)
    snapshot = world.snapshot("kop-open")
    used = {each["plugin"] for each in rules_of(category_of(edition, "primary"), rulebook)}
    sources = [asdict(each) for each in rulebook.plugins if each.name in used]
    plugins = root / "sources.json"
    plugins.write_text(json.dumps(sources, default=str), "utf-8")
    return world, [sys.executable, str(SCRIPT), str(root), snapshot.id, str(plugins)]


def start(command: list[str]) -> "subprocess.Popen[str]":
    """The process, once it begins to compute."""
    path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    return process


def children(process: "subprocess.Popen[str]") -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
    return [int(each) for each in listed.split()]


def wait_for_end(pid: int) -> None:
    """A process that was orphaned ends by itself, within seconds."""
    for _ in range(300):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text("ascii").rsplit(")", 1)[1].split()[0] == "Z":
            return
        time.sleep(0.1)
    raise AssertionError(f"process {pid} outlived the one that started it")


def check_whole(world: World) -> bool:
    """Whether the run is on record; then it is on disk and its tables are its own."""
    assert verify_chain(world.ledger()).fault is None
    with world.stores.database.reading() as records:
        runs = records.runs.list("kop-open")
    for each in runs:
        check_tables(read_run(world.stores, each))
    sealed = [each.event for each in world.ledger() if each.event.action == "run.sealed"]
    assert {each.subject for each in sealed} == {each.seal for each in runs}
    for folder in (world.root / "runs").glob("*"):
        names = sorted(path.name for path in folder.iterdir())
        assert names == ["manifest.json", "results.parquet", "sources.parquet"]
    return bool(runs)


@pytest.mark.slow
def test_a_run_killed_at_ten_points_does_not_exist_or_is_whole(
    tmp_path: Path, rulebook: RuleBook
) -> None:
    (tmp_path / "whole").mkdir()
    _, command = prepared(tmp_path / "whole", rulebook)
    began = time.monotonic()
    undisturbed, _ = start(command).communicate()
    lasted = time.monotonic() - began
    (tmp_path / "killed").mkdir()
    world, command = prepared(tmp_path / "killed", rulebook)
    chance = random.Random(SEED)
    for _ in range(POINTS):
        process = start(command)
        computing = children(process)
        time.sleep(chance.uniform(0, lasted / 2))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for pid in computing:
            wait_for_end(pid)
        check_whole(world)
    done, _ = start(command).communicate()
    assert done == undisturbed != ""
    assert check_whole(world)
    assert list((world.root / "tmp").iterdir()) == []
