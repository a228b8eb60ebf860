"""Every address that the public can reach, searched for what it must not learn."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from awards.domain.text import localized
from awards.services.desk import Desk
from awards.web.app import create_app
from awards.web.settings import WebSettings
from tests.unit.services.insurers import CODE
from tests.unit.services.test_disclosure import public_bytes
from tests.unit.services.world import World
from tests.web.insured import BEFORE, CATEGORY, FAILED, publish_at
from tests.web.pages import Page

TOLD = ("73133.7", "73.133", "73133,7", "73,133", FAILED, "JJ0008")
"""Arrears as figures may be written, and who has them."""


def visit_all(client: FlaskClient) -> Iterator[tuple[str, bytes]]:
    """Every answer that links lead to from the first pages, each address once."""
    waiting, seen = ["/id/", "/en/"], set[str]()
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in seen or not address.startswith("/") or address.startswith("/static"):
            continue
        seen.add(address)
        with client.get(address, follow_redirects=True) as response:
            body = response.get_data()
        yield address, body
        if response.mimetype == "text/html":
            waiting += Page(body.decode()).links


@pytest.fixture(scope="module", params=["places", "winners"])
def withholding(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    return publish_at(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture(scope="module")
def generous(tmp_path_factory: pytest.TempPathFactory) -> World:
    return publish_at(tmp_path_factory.mktemp("open"), "open")


def answers(world: World) -> dict[str, bytes]:
    return dict(visit_all(create_app(world.site, settings=WebSettings()).test_client()))


def holding(found: dict[str, bytes], *secrets: str) -> list[tuple[str, str]]:
    return [
        (address, secret)
        for address, body in found.items()
        for secret in secrets
        if secret.encode() in body
    ]


def test_arrears_and_who_has_them_are_in_no_answer_to_the_public(withholding: World) -> None:
    found = answers(withholding)
    assert any(each.endswith("bundle.zip") for each in found)
    assert any(each.endswith("certificate.pdf") for each in found)
    assert holding(found, *TOLD) == []


def test_arrears_and_who_has_them_are_in_no_public_file(withholding: World) -> None:
    edition = withholding.site.edition(CODE)
    assert edition is not None
    files = dict(public_bytes(withholding.stores.archive.public(edition.digest)))
    assert any("bundle.zip" in name for name in files)
    assert holding(files, *TOLD, str(BEFORE)) == []


def test_at_the_open_level_no_page_or_ranking_ties_a_failed_condition_to_a_name(
    generous: World,
) -> None:
    found = {name: body for name, body in answers(generous).items() if "bundle" not in name}
    assert holding(found, FAILED, "JJ0008") == []


def test_the_near_misses_are_in_no_public_answer_or_file(withholding: World) -> None:
    edition = withholding.edition(CODE)
    misses = Desk(withholding.stores, withholding.rulebook).near_misses(edition, CATEGORY) or ()
    gates = [each for each in misses if each.gate]
    assert [each.name.rpartition(" ")[0] for each in gates] == [FAILED]
    app = create_app(withholding.site, settings=WebSettings())
    assert [each.rule for each in app.url_map.iter_rules() if "near" in each.rule] == []
    words = {localized(each.lever.words, "id") for each in misses if each.lever}
    assert words
    public = withholding.site.edition(CODE)
    assert public is not None
    files = dict(public_bytes(withholding.stores.archive.public(public.digest)))
    assert [name for name in files if "near" in name] == []
