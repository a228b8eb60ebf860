"""A workbook with faults brought in, corrected, accepted, locked and computed, in the browser."""

import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from xlsxwriter import Workbook

from tests.e2e.conftest import AWARDS, wait_for
from tests.e2e.test_accounts import PASSWORD, code, fill_by_keyboard, looked_at
from tests.unit.services.world import HEAD, KIND, ROWS, World, rules, rules_in

EDITION = "kop-open"
WORDS = {
    "id": ("Masukkan", "Mulai perhitungan", "2 perhitungan", "Kunci data", "Periksa baris ini"),
    "en": ("Bring in", "Start the run", "2 runs", "Lock the data", "Check this row"),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a server over an edition without data, and its instance."""
    root = tmp_path_factory.mktemp("desk") / "instance"
    world = World(rules_in(root), rules(root))
    world.open(EDITION)
    world.stores.database.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [AWARDS, "serve", "--instance", str(root), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://localhost:{port}/healthz")
            yield f"http://localhost:{port}", root
        finally:
            server.terminate()


def faulty_workbook(path: Path) -> Path:
    """The cooperatives as a workbook; one cell says n.a."""
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEAD.split(","))
        for number, row in enumerate(ROWS, 1):
            cells = row.split(",")
            figures = [float(each) if each else None for each in cells[3:]]
            sheet.write_row(number, 0, [*cells[:3], *figures])
        sheet.write_string(1, 4, "n.a.")
    return path


def come_in(page: Page, root: Path, language: str, address: str) -> None:
    """As a data officer who was just invited."""
    command = [AWARDS, "user", "add", "--instance", str(root), "--role", "data-officer"]
    said = ["--name", "Petugas Data", "--mail", f"data.{language}@example.org"]
    done = subprocess.run(
        [*command, *said, "--language", language], capture_output=True, text=True, check=True
    )
    page.goto(address + re.search(r"/account/\S+", done.stdout)[0])  # type: ignore[index]
    fill_by_keyboard(page, "#new", PASSWORD, PASSWORD)
    page.wait_for_url("**/second-factor")
    fill_by_keyboard(page, "#code", code(page.locator("code.secret").inner_text()))
    page.locator(".codes").wait_for()


def arrive(page: Page, where: str) -> None:
    """Wait until the job is over and its page has led on."""
    page.wait_for_url(where, timeout=60_000)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_workbook_with_faults_is_brought_in_corrected_and_computed(
    browser: Browser, desk: tuple[str, Path], tmp_path: Path, language: str
) -> None:
    address, root = desk
    context = browser.new_context(base_url=address, locale=language)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    come_in(page, root, language, address)
    send(page, language, tmp_path)
    correct(page, language, tmp_path)
    compute(page, language, tmp_path)
    context.close()
    assert complaints == []


def send(page: Page, language: str, pictures: Path) -> None:
    page.goto(f"/committee/{language}/{EDITION}/data/new")
    looked_at(page, pictures, "new")
    page.set_input_files("#file", faulty_workbook(pictures / "koperasi.xlsx"))
    page.fill("#sender", f"Dinas Koperasi {language}")
    page.locator("#form button[type=submit]").click()
    arrive(page, "**/columns")
    looked_at(page, pictures, "columns")
    page.locator("#form button[type=submit]").click()
    arrive(page, "**/report")
    looked_at(page, pictures, "report")
    page.goto(page.url.replace("/report", "/accept"))
    looked_at(page, pictures, "accept")
    page.locator("#form button[type=submit]").click()
    arrive(page, "**/report")


def correct(page: Page, language: str, pictures: Path) -> None:
    page.locator(".todo a").first.click()
    looked_at(page, pictures, "row")
    page.fill("#c4", "95")
    page.get_by_role("button", name=WORDS[language][4]).click()
    arrive(page, "**/report")
    page.get_by_role("link", name=WORDS[language][0]).first.click()
    page.locator("#form button[type=submit]").click()
    arrive(page, "**/report")
    page.goto(f"/committee/{language}/{EDITION}/data")
    looked_at(page, pictures, "data")
    assert str(len(ROWS)) in page.locator("main table").first.inner_text()


def compute(page: Page, language: str, pictures: Path) -> None:
    page.goto(f"/committee/{language}/{EDITION}/data/{KIND}/lock")
    looked_at(page, pictures, "lock")
    page.get_by_role("button", name=WORDS[language][3]).click()
    arrive(page, "**/data")
    page.goto(f"/committee/{language}/{EDITION}/runs/start")
    page.get_by_role("button", name=WORDS[language][1]).click()
    arrive(page, "**/runs")
    looked_at(page, pictures, "runs")
    assert page.locator("main table tbody tr").count() >= 2
