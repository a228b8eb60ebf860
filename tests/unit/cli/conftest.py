"""The command, called in this process, and an instance to call it on."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from awards.cli import main
from tests.unit.services.world import HEAD, ROWS, rules_in


@dataclass(frozen=True)
class Told:
    """What a command answered."""

    code: int
    out: str
    err: str


Awards = Callable[..., Told]


def call(*words: str | Path) -> Told:
    """Call ``awards`` with *words*; an error that is not in words fails the test."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Told(result.exit_code, result.stdout, result.stderr)


def on(root: Path) -> Awards:
    """Call ``awards`` on the instance in *root*."""
    return lambda *words: call(*words, "--instance", root)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """An instance with a plugin and nothing else."""
    return rules_in(tmp_path / "instance")


@pytest.fixture(scope="session")
def _sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = rules_in(tmp_path_factory.mktemp("sealed") / "instance")
    data = root.parent / "data.csv"
    data.write_text("\n".join([HEAD, *ROWS, ""]), "utf-8")
    awards = on(root)
    for words in (
        ("edition", "open", "kop-open", "--program", "kop", "--decree", "SK-1"),
        ("edition", "open", "kop-places", "--program", "kop", "--decree", "SK-1"),
        ("import", data, "--edition", "kop-open", "--kind", "cooperative", "--numbers", "en"),
        ("run", "start", "kop-open/primary"),
        ("run", "start", "kop-open/secondary"),
        ("decide", "kop-open/secondary", "--second", "Sekretaris", "--by", "Ketua"),
    ):
        told = awards(*words)
        assert told.code == 0, told
    return root


@pytest.fixture
def root(tmp_path: Path, _sealed: Path) -> Path:
    """Two editions are open; one has data and sealed runs, and one decided category."""
    return Path(shutil.copytree(_sealed, tmp_path / "copied"))


@pytest.fixture
def awards(root: Path) -> Awards:
    return on(root)


@pytest.fixture
def data(tmp_path: Path) -> Callable[..., Path]:
    """Write lines to a file and say where it is."""

    def write(*lines: str, name: str = "data.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([*lines, ""]), "utf-8")
        return path

    return write
