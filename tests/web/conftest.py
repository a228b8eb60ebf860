import pytest
from flask import Flask
from flask.testing import FlaskClient

from awards.web.app import create_app
from awards.web.settings import WebSettings
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
