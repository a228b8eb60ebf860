"""Coming in, in the browser: link, password, second step, first page; by keyboard only."""

import base64
import hashlib
import hmac
import re
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.e2e.conftest import AWARDS, wait_for

PASSWORD = "jembatan merah tanpa tiang"
WORDS = {
    "id": ("Tidak ada yang menunggu Anda", "Orang", "Ada yang perlu diperbaiki"),
    "en": ("Nothing is waiting for you", "People", "There is a problem"),
}
WIDTHS = (390, 1280)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a server over an empty instance, and the instance."""
    root = tmp_path / "instance"
    root.mkdir()
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


def link(root: Path, language: str, address: str) -> str:
    """What `awards user add` prints."""
    command = [AWARDS, "user", "add", "--instance", str(root), "--role", "administrator"]
    said = ["--name", "Sekretaris Panitia", "--mail", f"sekretaris.{language}@example.org"]
    done = subprocess.run(
        [*command, *said, "--language", language], capture_output=True, text=True, check=True
    )
    return address + re.search(r"/account/\S+", done.stdout)[0]  # type: ignore[index]


def code(secret: str) -> str:
    """The digits of an authenticator app (RFC 6238)."""
    plain = secret.replace("-", "")
    key = base64.b32decode(plain + "=" * (-len(plain) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time() // 30)), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def looked_at(page: Page, folder: Path, name: str) -> None:
    """Nothing serious by axe and nothing cut off, wide and narrow; a picture of each."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def fill_by_keyboard(page: Page, first: str, *typed: str) -> None:
    """From the field *first* on with the tabulator alone, then Enter."""
    page.locator(first).focus()
    for number, each in enumerate(typed):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.press("Control+A")
        page.keyboard.type(each)
    page.keyboard.press("Enter")


def is_complaint(said: ConsoleMessage) -> bool:
    """Whether the browser complains, but for a form that was answered with its errors."""
    return said.type == "error" and "422" not in said.text


def come_in(page: Page, language: str, pictures: Path) -> None:
    """From the link to the first page; the first password is too short."""
    fill_by_keyboard(page, "#new", "pendek", "pendek sekali")
    page.get_by_role("alert").wait_for()
    assert WORDS[language][2] in page.get_by_role("alert").inner_text()
    looked_at(page, pictures, "join")
    fill_by_keyboard(page, "#new", PASSWORD, PASSWORD)
    page.wait_for_url("**/second-factor")
    looked_at(page, pictures, "second-factor")
    secret = page.locator("code.secret").inner_text()
    fill_by_keyboard(page, "#code", code(secret))
    page.locator(".codes").wait_for()
    looked_at(page, pictures, "recovery-codes")
    page.locator("main .btn-primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/committee/{language}/")
    assert page.locator("h1").inner_text() == WORDS[language][0]
    looked_at(page, pictures, "home")


def walk(page: Page, language: str, pictures: Path) -> None:
    """Through the pages of an administrator."""
    for name in ("people", "people/invite"):
        page.goto(f"/committee/{language}/{name}")
        looked_at(page, pictures, name.replace("/", "-"))
    page.goto(f"/committee/{language}/people")
    page.locator("tbody a").first.click()
    looked_at(page, pictures, "person")
    page.goto(f"/account/{language}/")
    looked_at(page, pictures, "account")


def leave_and_return(page: Page, language: str, pictures: Path) -> None:
    """Out by the menu, and back as far as the code, which counts once."""
    page.locator("details.person summary").focus()
    page.keyboard.press("Enter")
    looked_at(page, pictures, "menu")
    page.locator("details.person button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in")
    looked_at(page, pictures, "sign-in")
    fill_by_keyboard(page, "#mail", f"sekretaris.{language}@example.org", PASSWORD)
    page.wait_for_url("**/code")
    looked_at(page, pictures, "code")


@pytest.mark.parametrize("language", ["id", "en"])
def test_somebody_who_was_invited_comes_in_by_keyboard(
    browser: Browser, office: tuple[str, Path], tmp_path: Path, language: str
) -> None:
    address, root = office
    pictures = tmp_path / "pictures"
    page = browser.new_page(base_url=address)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if is_complaint(said) else None)
    page.goto(link(root, language, address))
    come_in(page, language, pictures)
    walk(page, language, pictures)
    leave_and_return(page, language, pictures)
    assert refused == []
    page.close()
