"""A chair in a browser: an edition from a preset, a category edited, tried, saved, locked."""

import os
import re
from collections.abc import Iterator
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from awards.domain.people import Role
from awards.registry import load_plugins
from tests.web.members import Office, open_office

PRESET = "paritrana-jatim/paritrana-jatim-2024"
WORDS = {
    "id": {
        "code": "anugerah-2026",
        "open": "Buka edisi",
        "keep": "Simpan bobot ke rancangan",
        "sum": "Jumlah bobot: 100",
        "whole": "Jadikan jumlahnya 100",
        "try": "Coba",
        "first": "Tempat teratas",
        "save": "Simpan versi",
        "saved": "Disimpan sebagai versi baru.",
        "lock": "Kunci",
        "locked": "Aturan dikunci",
        "start": "1 Januari 2026",
        "weight": "12,5",
    },
    "en": {
        "code": "award-2026",
        "open": "Open the edition",
        "keep": "Keep the weights",
        "sum": "Sum of the weights: 100",
        "whole": "Make them sum to 100",
        "try": "Try",
        "first": "First places",
        "save": "Save a version",
        "saved": "Saved as a new version.",
        "lock": "Lock",
        "locked": "Rules locked",
        "start": "1 Jan 2026",
        "weight": "12.5",
    },
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    rulebook = load_plugins(entry_points=False).rulebook
    with open_office(tmp_path_factory.mktemp("office"), rulebook=rulebook) as office:
        yield office


@pytest.fixture(scope="module")
def served(office: Office) -> Iterator[str]:
    """The address of the committee's pages."""
    server = make_server("localhost", 0, office.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}/committee"
    server.shutdown()
    thread.join()
    server.server_close()


def signed_in(context: BrowserContext, client: FlaskClient, address: str) -> Page:
    """A page in which the person of *client* is at work."""
    cookie = client.get_cookie("s")
    assert cookie is not None
    context.add_cookies([{"name": "s", "value": cookie.value, "url": address}])
    return context.new_page()


def look(page: Page, name: str) -> None:
    """Nothing serious by axe, nothing wider than the window; pictures where asked for."""
    serious = [
        (each["id"], [node["target"] for node in each["nodes"]][:3])
        for each in Axe().run(page).response["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert serious == [], (page.url, serious)
    folder = os.environ.get("AWARDS_PICTURES")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        needed = page.evaluate("document.documentElement.scrollWidth")
        if folder:
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        assert needed <= width, (page.url, needed)


@pytest.mark.parametrize(("language", "script"), [("id", True), ("en", True), ("en", False)])
def test_a_chair_sets_an_edition_up(
    browser: Browser, office: Office, served: str, language: str, script: bool
) -> None:
    words = WORDS[language]
    code = words["code"] + ("" if script else "-plain")
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, java_script_enabled=script
    )
    chair = office.client(Role.CHAIR, name=f"Ketua Panitia {code}")
    page = signed_in(context, chair, served)
    root = f"{served}/{language}"
    checked = look if script else lambda *_: None
    open_edition(page, root, code, words, checked)
    edit_category(page, f"{root}/{code}", words, checked)
    save_and_lock(page, f"{root}/{code}", words, checked)
    context.close()
    edition = office.edition(code)
    assert (edition.version, edition.decree) == (2, "SK 188/2026")


def open_edition(page: Page, root: str, code: str, words: dict[str, str], look_: object) -> None:
    page.goto(f"{root}/editions/new")
    look_(page, "new-edition")  # type: ignore[operator]
    page.goto(f"{root}/editions/new/preset")
    page.locator(f"input[value='{PRESET}']").check()
    page.locator("#code").fill(code)
    page.locator("#label").fill("2026")
    page.locator("#period_start").fill(words["start"])
    page.locator("#period_end").fill("31/12/2026")
    page.get_by_role("button", name=words["open"]).click()
    expect(page).to_have_url(f"{root}/{code}/")
    look_(page, "edition")  # type: ignore[operator]


def edit_category(page: Page, root: str, words: dict[str, str], look_: object) -> None:
    page.goto(f"{root}/rules")
    page.locator("tbody a").first.click()
    category = page.url.partition("#")[0]
    weight = page.locator("input[data-code]").first
    weight.fill(words["weight"])
    page.get_by_role("button", name=words["keep"]).click()
    expect(page.locator("input[data-code]").first).to_have_value(words["weight"])
    if page.get_by_role("button", name=words["whole"]).count():
        page.get_by_role("button", name=words["whole"]).click()
    expect(page.locator("h2").first).to_have_text(words["sum"])
    look_(page, "category")  # type: ignore[operator]
    page.locator("table.editor tr:not(.grp) th a").first.click()
    look_(page, "criterion")  # type: ignore[operator]
    for each in ("who", "add/criterion", "ties", "data"):
        page.goto(f"{category}/{each}")
        look_(page, each.replace("/", "-"))  # type: ignore[operator]
    page.goto(f"{category}/try?on=made-up")
    expect(page.get_by_text(words["first"])).to_be_visible()
    look_(page, "trial")  # type: ignore[operator]


def save_and_lock(page: Page, root: str, words: dict[str, str], look_: object) -> None:
    page.goto(f"{root}/rules/review")
    look_(page, "review")  # type: ignore[operator]
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator(".told")).to_contain_text(words["saved"])
    page.goto(f"{root}/versions")
    look_(page, "versions")  # type: ignore[operator]
    page.goto(f"{root}/lock")
    page.locator("#decree").fill("SK 188/2026")
    page.locator("#form").get_by_role("button", name=words["lock"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["locked"])


def test_shares_follow_the_weights_while_they_are_typed(
    browser: Browser, office: Office, served: str
) -> None:
    context = browser.new_context()
    page = signed_in(context, office.client(Role.CHAIR), served)
    page.goto(f"{served}/id/{WORDS['en']['code']}/rules")
    page.locator("tbody a").first.click()
    share = page.locator("[data-share]").first
    before = share.inner_text()
    page.locator("input[data-code]").first.fill("1.000,5")
    expect(share).not_to_have_text(before)
    assert re.fullmatch(r"\d+(,\d)?%", share.inner_text())
    context.close()
