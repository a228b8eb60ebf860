from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from awards.domain.people import Role
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.editions import open_edition
from awards.web.app import create_app
from awards.web.settings import WebSettings
from tests.web.drafting import CODE as DRAFT
from tests.web.drafting import UNSEEN
from tests.web.members import Office, act, open_office
from tests.web.worlds import CODE, open_site


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over a world with two open editions and one certificate."""
    paper = tmp_path_factory.mktemp("papers") / "560-001-2025.pdf"
    paper.write_bytes(b"%PDF-1.7 paper")
    site = open_site()
    site.papers = {CODE: paper}
    return create_app(site, settings=WebSettings())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    folder = tmp_path_factory.mktemp("plugins")
    (folder / "forest.py").write_text(UNSEEN, "utf-8")
    return load_plugins(entry_points=False, folder=folder).rulebook


@pytest.fixture
def office(tmp_path: Path, rulebook: RuleBook) -> Iterator[Office]:
    with open_office(tmp_path, rulebook=rulebook) as office:
        open_edition(office.stores, DRAFT, program="paritrana-jatim", rulebook=rulebook, act=act())
        yield office


@pytest.fixture
def chair(office: Office) -> FlaskClient:
    return office.client(Role.CHAIR)
