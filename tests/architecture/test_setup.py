import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.checkout import ROOT

TOOLS = ("sh", "cat", "cksum", "dirname", "env", "grep", "head", "id", "pwd", "rm", "tail")


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder with the commands that every system has, and no package manager."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (folder / tool).symlink_to(found)
    return folder


def add(folder: Path, name: str, *, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def add_dpkg_query(folder: Path, *, lacking: str) -> None:
    """A `dpkg-query` that knows every package as installed but *lacking*."""
    words = f'for last; do :; done; case $last in {lacking}) exit 1;; *) printf "installed";; esac'
    add(folder, "dpkg-query", script=words)


def set_up(commands: Path, profile: str, python: str = sys.executable) -> tuple[int, str]:
    """Return the exit code and all that `scripts/setup.sh` printed, given only *commands*."""
    environment = {"PATH": str(commands), "PYTHON": python, "LC_ALL": "C"}
    done = subprocess.run(
        [commands / "sh", ROOT / "scripts" / "setup.sh", profile],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_without_apt_the_missing_packages_are_named(commands: Path) -> None:
    add_dpkg_query(commands, lacking="qpdf|libharfbuzz-subset0")
    assert set_up(commands, "test") == (
        1,
        "setup: these Debian packages are missing and could not be installed from here: "
        "libharfbuzz-subset0 qpdf\n"
        "setup: Install them as root, then run this again:\n"
        "setup:   apt-get update && apt-get install --no-install-recommends "
        "libharfbuzz-subset0 qpdf\n",
    )


def test_the_demo_does_not_ask_for_what_only_the_tests_need(commands: Path) -> None:
    add_dpkg_query(commands, lacking="qpdf|libpango-1.0-0")
    code, printed = set_up(commands, "demo")
    assert (code, "libpango-1.0-0" in printed, "qpdf" in printed) == (1, True, False)


@pytest.mark.skipif(os.geteuid() != 0, reason="others would be asked for a password")
def test_only_the_missing_packages_are_installed_and_a_failure_stops(commands: Path) -> None:
    add_dpkg_query(commands, lacking="qpdf")
    add(commands, "apt-get", script='echo "apt-get $*" >&2; [ "$1" = update ]')
    code, printed = set_up(commands, "test")
    calls = [line for line in printed.splitlines() if line.startswith("apt-get")]
    assert (code, calls) == (
        1,
        ["apt-get update -qq", "apt-get install -y -qq --no-install-recommends qpdf"],
    )


def test_elsewhere_than_on_debian_it_lists_what_to_install(commands: Path) -> None:
    code, printed = set_up(commands, "test")
    assert code == 1
    assert "this is not a Debian system" in printed
    wanted = ("Chromium", "Poppler", "qpdf", "PostgreSQL")
    assert [name for name in wanted if name not in printed] == []


def test_an_interpreter_that_does_not_serve_is_refused(commands: Path) -> None:
    add(commands, "old-python", script="exit 1")
    code, printed = set_up(commands, "demo", python="old-python")
    assert code == 1
    assert printed == "setup: PYTHON=old-python is not a Python 3.11 or later that runs.\n"


def test_an_unknown_profile_is_wrong_usage(commands: Path) -> None:
    assert set_up(commands, "everything") == (2, "usage: scripts/setup.sh demo|test\n")
