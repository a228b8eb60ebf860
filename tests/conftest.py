"""The demonstration, built once for all tests that read an instance."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.postgresql import new_database, running_server

# A shared machine may pause any example, and every run shall try the same ones.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

SEED = 20260305
AWARDS = Path(sys.executable).with_name("awards")


@dataclass(frozen=True)
class Demo:
    """A built demonstration: its folder, and what ``awards demo --json`` printed.

    Shared by all tests: read it, or change a `copy`.
    """

    root: Path
    made: tuple[dict[str, Any], ...]

    def run(self, edition: str) -> str:
        """The seal of the edition's run."""
        return str(next(each["runs"][0] for each in self.made if each["edition"] == edition))

    def copy(self, folder: Path) -> Path:
        """An instance of one's own in *folder*."""
        return Path(shutil.copytree(self.root, folder))


def kill_early(command: list[str | Path]) -> None:
    """Start *command* and kill it, with the children it started, after a few seconds."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(random.Random(SEED).uniform(2.0, 4.0))
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Six editions of East Java: evaluated, decided, published, with certificates.

    Built like one whose machine broke down on the way: killed, then called again.
    """
    root = tmp_path_factory.mktemp("demo") / "instance"
    command = [AWARDS, "demo", "--no-serve", "--population", "0", "--json", "--instance", root]
    kill_early(command)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Demo(root, tuple(json.loads(done.stdout)))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server of the tests' own."""
    with running_server() as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The URL of a new, empty database."""
    return new_database(postgresql_server)
