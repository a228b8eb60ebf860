"""Every address that the public can reach, searched for what it must not learn."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from awards.domain.definition import DisclosureLevel
from awards.domain.text import localized
from awards.intake.types import ColumnMap
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.decisions import decide, propose
from awards.services.desk import Desk
from awards.services.editions import open_edition
from awards.services.imports import Delivery, import_part, layout_of
from awards.services.runs import evaluate_category
from awards.services.snapshots import take_snapshot
from awards.web.app import create_app
from awards.web.settings import WebSettings
from tests.unit.services.insurers import ARREARS, CODE, HEAD, company
from tests.unit.services.test_disclosure import public_bytes
from tests.unit.services.world import ACT, DECREE, MINUTES, World
from tests.web.pages import Page

PROGRAM, CATEGORY = "paritrana-jatim", "usaha-besar"
FAILED, BEFORE = "PT Kenari Tertunggak", 98.7654321
ROWS = (
    *(company(number, active=70 + 2 * number) for number in range(7)),
    company(7, active=60, before=BEFORE, name="PT Biasa"),
    company(8, active=99, arrears=ARREARS, name=FAILED),
)
TOLD = ("73133.7", "73.133", "73133,7", "73,133", FAILED, "JJ0008")
"""Arrears as figures may be written, and who has them."""


def rules_at(level: DisclosureLevel) -> RuleBook:
    """The bundled rules, with the award cut to one category and published at *level*."""
    rulebook = load_plugins(entry_points=False).rulebook
    program = rulebook.program(PROGRAM)
    edition = program.definition.editions[0]
    kept = tuple(each for each in edition.categories if each.code == CATEGORY)
    changed = edition.model_copy(update={"disclosure": level, "categories": kept})
    definition = program.definition.model_copy(update={"editions": (changed,)})
    own = replace(program, definition=definition, samples=())
    return replace(rulebook, programs={PROGRAM: own})


def publish_at(folder: Path, level: DisclosureLevel) -> World:
    """Nine large companies, one in arrears; decided, published, with certificates."""
    world = World(folder, rules_at(level))
    edition = open_edition(
        world.stores, CODE, program=PROGRAM, rulebook=world.rulebook, act=ACT, decree=DECREE
    )
    with world.stores.archive.workspace() as work:
        path = work / "data.csv"
        path.write_text("\n".join([HEAD, *ROWS, ""]), "utf-8")
        import_part(
            world.stores,
            path,
            edition=CODE,
            layout=layout_of(edition, "company", rulebook=world.rulebook),
            column_map=ColumnMap(numbers="en"),
            delivery=Delivery(part="main"),
            act=ACT,
            work=work,
        )
    snapshot = take_snapshot(
        world.stores, edition, kind="company", rulebook=world.rulebook, act=ACT
    )
    run = evaluate_category(
        world.stores,
        edition,
        category=CATEGORY,
        snapshot=snapshot,
        rulebook=world.rulebook,
        act=ACT,
    )
    sealed = world.sealed(run)
    titles = propose(sealed, rulebook=world.rulebook)
    decide(world.stores, sealed, titles=titles, minutes=MINUTES, second="Sekretaris", act=ACT)
    world.publish(CODE)
    world.issue(CODE, CATEGORY)
    return world


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
