"""Instances at four stages, on both databases, made once and copied for each test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from awards.sdk.rulebook import RuleBook
from tests.postgresql import new_database
from tests.unit.services.senders import Senders, firm_rules
from tests.unit.services.world import ROWS, World, rules

EDITIONS = ("kop-open", "kop-winners", "kop-places", "kop-plain")


@pytest.fixture(scope="session")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return rules(tmp_path_factory.mktemp("plugins"))


@dataclass(frozen=True)
class Stage:
    """An instance to copy: its folder, and its database where that is elsewhere."""

    root: Path
    url: str | None = None
    server: str | None = None

    def copy(self, folder: Path) -> "Stage":
        root = Path(shutil.copytree(self.root, folder))
        if self.server is None or self.url is None:
            return Stage(root)
        return Stage(root, new_database(self.server, like=self.url), self.server)


@contextmanager
def prepared(stage: Stage, rulebook: RuleBook) -> Iterator[World]:
    """The world of *stage*; afterwards nothing is open that would keep it from being copied."""
    world = World(stage.root, rulebook, stage.url)
    yield world
    world.stores.database.close()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def _empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    root = tmp_path_factory.mktemp("empty")
    if request.param == "sqlite":
        return Stage(root)
    server = request.getfixturevalue("postgresql_server")
    return Stage(root, new_database(server), server)


@pytest.fixture(scope="session")
def _opened(tmp_path_factory: pytest.TempPathFactory, _empty: Stage, rulebook: RuleBook) -> Stage:
    stage = _empty.copy(tmp_path_factory.mktemp("opened") / "instance")
    with prepared(stage, rulebook) as world:
        for code in EDITIONS:
            world.open(code)
    return stage


@pytest.fixture(scope="session")
def _imported(
    tmp_path_factory: pytest.TempPathFactory, _opened: Stage, rulebook: RuleBook
) -> Stage:
    stage = _opened.copy(tmp_path_factory.mktemp("imported") / "instance")
    with prepared(stage, rulebook) as world:
        for code in EDITIONS:
            world.deliver(code, *ROWS)
    return stage


@pytest.fixture(scope="session")
def _published(
    tmp_path_factory: pytest.TempPathFactory, _imported: Stage, rulebook: RuleBook
) -> Stage:
    stage = _imported.copy(tmp_path_factory.mktemp("published") / "instance")
    with prepared(stage, rulebook) as world:
        for code in EDITIONS[:3]:
            world.decide_all(code)
            world.publish(code)
    return stage


@pytest.fixture
def empty(tmp_path: Path, _empty: Stage, rulebook: RuleBook) -> Iterator[World]:
    """No edition is open."""
    with prepared(_empty.copy(tmp_path / "empty"), rulebook) as world:
        yield world


@pytest.fixture
def opened(tmp_path: Path, _opened: Stage, rulebook: RuleBook) -> Iterator[World]:
    """The four editions are open; nothing is imported."""
    with prepared(_opened.copy(tmp_path / "opened"), rulebook) as world:
        yield world


@pytest.fixture
def imported(tmp_path: Path, _imported: Stage, rulebook: RuleBook) -> Iterator[World]:
    """Every edition has all rows as its part ``main``."""
    with prepared(_imported.copy(tmp_path / "imported"), rulebook) as world:
        yield world


@pytest.fixture
def published(tmp_path: Path, _published: Stage, rulebook: RuleBook) -> Iterator[World]:
    """Three editions are evaluated, decided and published."""
    with prepared(_published.copy(tmp_path / "published"), rulebook) as world:
        yield world


@pytest.fixture(scope="session")
def firm_rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return firm_rules(tmp_path_factory.mktemp("firms"))


@pytest.fixture
def senders(tmp_path: Path, firm_rulebook: RuleBook) -> Senders:
    """The companies' edition is open; nobody sent anything yet."""
    return Senders(tmp_path, firm_rulebook).start()
