"""A browser before the demonstration: real data, the real server, no JavaScript needed."""

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

RANKING = "ipm-2024/kabupaten-kota/"
PAGES = (
    "",
    RANKING,
    f"{RANKING}?q=tidak-ada",
    f"{RANKING}c/35.04",
    "kesejahteraan-2021/kabupaten-kota/c/35.04",
    "kesejahteraan-2021/kabupaten-kota/method",
    f"{RANKING}map",
    f"{RANKING}map?by=adjusted-spending&classes=equal",
    "verify",
    "accessibility",
    "privacy",
)
Scheme = Literal["light", "dark"]


class Witness:
    """Notes what a page loaded, complained of, and tried to keep."""

    def __init__(self, context: BrowserContext) -> None:
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        context.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        context.on("console", lambda message: self._note(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_a_visitor_clicks_from_the_first_page_to_a_verified_certificate(
    context: BrowserContext, page: Page, address: str
) -> None:
    witness = Witness(context)
    page.goto(address)
    expect(page).to_have_url(f"{address}/id/")
    page.get_by_role("link", name="Indeks Pembangunan Manusia Jawa Timur 2024").click()
    read_ranking_and_scorecard(page)
    read_method_and_map(page)
    verify_certificate(page, address)
    assert witness.hosts == {urlsplit(address).netloc}
    assert witness.complaints == []
    assert context.cookies() == []


def read_ranking_and_scorecard(page: Page) -> None:
    expect(page.locator("table.rank tbody tr")).to_have_count(38)
    expect(page.locator("table.rank tbody tr").first).to_contain_text("84,14")
    page.locator("table.rank").get_by_role("link", name="Kabupaten Tulungagung").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Tulungagung")
    expect(page.locator(".verdict")).to_contain_text("75,09")
    expect(page.locator(".source").first).to_contain_text("75,11 tahun")
    expect(page.locator(".source .cell").first).to_contain_text("ipm_jatim_2020_2024.csv · D157")


def read_method_and_map(page: Page) -> None:
    page.locator(".site-nav").get_by_role("link", name="Metode").click()
    expect(page.locator(".digests code").first).to_have_text(re.compile("[0-9a-f]{64}"))
    page.locator(".site-nav").get_by_role("link", name="Peta").click()
    expect(page.locator("svg.map a")).to_have_count(38)
    page.locator("svg.map a[aria-label='Kota Surabaya: 84,14, peringkat 1']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kota Surabaya")


def verify_certificate(page: Page, address: str) -> None:
    page.get_by_role("link", name="Lihat piagam").click()
    expect(page.locator("main")).to_contain_text("Asli")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kota Surabaya")
    code = page.url.rpartition("/")[2]
    page.locator(".site-nav").get_by_role("link", name="Verifikasi").click()
    page.get_by_label("Kode piagam").fill(f"localhost/id/verify/{code.lower()}")
    page.get_by_role("button", name="Periksa").click()
    expect(page).to_have_url(f"{address}/id/verify/{code}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_everything_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/{RANKING}")
    page.get_by_label("Search by name or code").fill("kediry")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".callout")).to_contain_text("No candidate is called “kediry”")
    page.locator(".callout").get_by_role("link").first.click()
    page.get_by_label("Type").select_option(label="City (9)")
    page.get_by_label("Search by name or code").fill("")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("table.rank tbody tr")).to_have_count(9)
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page.get_by_label("Jenis")).to_have_value("city")
    expect(page.locator("table.rank tbody tr")).to_have_count(9)
    context.close()


def test_the_keyboard_reaches_everything_in_order(page: Page, address: str) -> None:
    page.goto(f"{address}/en/{RANKING}")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        if page.evaluate("document.activeElement.type") == "submit":
            break
    order = ["Awards", "Ranking", "Map", "Method", "Verify", "Kota Surabaya", "Apply"]
    assert [each for each in reached if each in order] == order
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.goto(f"{address}/en/{RANKING}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wide = {}
    for each in PAGES:
        page.goto(f"{address}/id/{each}")
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            wide[each] = needed
    context.close()
    assert wide == {}


def serious(page: Page) -> list[tuple[str, list[list[str]]]]:
    """What axe calls serious or critical, each with the first places it found."""
    return [
        (violation["id"], [node["target"] for node in violation["nodes"]][:3])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing_serious(
    browser: Browser, address: str, language: str, scheme: Scheme
) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    witness = Witness(context)
    page = context.new_page()
    found = {}
    for each in PAGES:
        page.goto(f"{address}/{language}/{each}")
        found[each] = serious(page)
    context.close()
    assert {each: faults for each, faults in found.items() if faults} == {}
    assert witness.hosts == {urlsplit(address).netloc}
    assert witness.complaints == []


def test_axe_finds_nothing_serious_on_certificates_and_errors(page: Page, address: str) -> None:
    page.goto(f"{address}/en/{RANKING}")
    certificate = page.get_by_role("link", name="See the certificate").first.get_attribute("href")
    for each in (certificate, "/en/verify/unknown", "/en/nothing/"):
        page.goto(f"{address}{each}")
        assert serious(page) == [], each


def test_a_printed_ranking_leaves_out_what_only_a_screen_needs(page: Page, address: str) -> None:
    page.goto(f"{address}/id/{RANKING}")
    page.emulate_media(media="print")
    for hidden in (".site-nav", ".filters", ".pager", ".export"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("table.rank")).to_be_visible()
