"""Instances at three stages, made once and copied for each test."""

import shutil
from pathlib import Path

import pytest

from awards.sdk.rulebook import RuleBook
from tests.unit.services.senders import Senders, firm_rules
from tests.unit.services.world import ROWS, World, rules

EDITIONS = ("kop-open", "kop-winners", "kop-places", "kop-plain")


@pytest.fixture(scope="session")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return rules(tmp_path_factory.mktemp("plugins"))


@pytest.fixture(scope="session")
def _opened(tmp_path_factory: pytest.TempPathFactory, rulebook: RuleBook) -> Path:
    root = tmp_path_factory.mktemp("opened")
    world = World(root, rulebook)
    for code in EDITIONS:
        world.open(code)
    world.stores.database.close()
    return root


@pytest.fixture(scope="session")
def _imported(tmp_path_factory: pytest.TempPathFactory, _opened: Path, rulebook: RuleBook) -> Path:
    root = Path(shutil.copytree(_opened, tmp_path_factory.mktemp("imported") / "instance"))
    world = World(root, rulebook)
    for code in EDITIONS:
        world.deliver(code, *ROWS)
    world.stores.database.close()
    return root


@pytest.fixture(scope="session")
def _published(
    tmp_path_factory: pytest.TempPathFactory, _imported: Path, rulebook: RuleBook
) -> Path:
    root = Path(shutil.copytree(_imported, tmp_path_factory.mktemp("published") / "instance"))
    world = World(root, rulebook)
    for code in EDITIONS[:3]:
        world.decide_all(code)
        world.publish(code)
    world.stores.database.close()
    return root


@pytest.fixture
def empty(tmp_path: Path, rulebook: RuleBook) -> World:
    """No edition is open."""
    return World(tmp_path, rulebook)


@pytest.fixture
def opened(tmp_path: Path, _opened: Path, rulebook: RuleBook) -> World:
    """The four editions are open; nothing is imported."""
    return World(Path(shutil.copytree(_opened, tmp_path / "opened")), rulebook)


@pytest.fixture
def imported(tmp_path: Path, _imported: Path, rulebook: RuleBook) -> World:
    """Every edition has all rows as its part ``main``."""
    return World(Path(shutil.copytree(_imported, tmp_path / "imported")), rulebook)


@pytest.fixture
def published(tmp_path: Path, _published: Path, rulebook: RuleBook) -> World:
    """Three editions are evaluated, decided and published."""
    return World(Path(shutil.copytree(_published, tmp_path / "published")), rulebook)


@pytest.fixture(scope="session")
def firm_rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return firm_rules(tmp_path_factory.mktemp("firms"))


@pytest.fixture
def senders(tmp_path: Path, firm_rulebook: RuleBook) -> Senders:
    """The companies' edition is open; nobody sent anything yet."""
    return Senders(tmp_path, firm_rulebook).start()
