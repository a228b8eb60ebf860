import re

import pytest
from flask import Flask

from awards.domain.errors import Altered, NotFound, Refused
from awards.web.app import create_app
from awards.web.settings import WebSettings
from tests.web.fake_site import FakeSite
from tests.web.pages import Page


class Broken(FakeSite):
    """A site that raises whatever it was given."""

    error: Exception = RuntimeError("secret detail at line 7")

    def editions(self):  # type: ignore[no-untyped-def]
        raise self.error


def answer(error: Exception, language: str = "en") -> tuple[int, str]:
    site = Broken()
    site.error = error
    response = create_app(site, settings=WebSettings()).test_client().get(f"/{language}/")
    return response.status_code, Page(response.get_data(as_text=True)).words


def test_a_fault_shows_a_reference_number_that_the_log_has_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    status, words = answer(RuntimeError("secret detail at line 7"))
    reference = re.search(r"Reference number: ([0-9a-f]{8})", words)
    assert status == 500
    assert "secret" not in words
    assert reference is not None
    assert f"fault {reference[1]}" in caplog.text
    assert "secret detail at line 7" in caplog.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("Nothing bears the name “x”."), 404),
        (Refused("The file is empty. Send another."), 400),
        (Altered("The results are not those that were sealed."), 503),
    ],
)
def test_an_error_that_was_written_to_be_read_is_shown(error: Exception, status: int) -> None:
    told, words = answer(error)
    assert told == status
    assert str(error) in words


def test_errors_speak_the_language_of_the_address() -> None:
    assert "Terjadi kesalahan di pihak kami" in answer(RuntimeError(), "id")[1]


def test_an_address_without_language_is_answered_in_that_of_the_browser(app: Flask) -> None:
    client = app.test_client()
    english = client.get("/nothing/at/all", headers={"Accept-Language": "en"})
    indonesian = client.get("/nothing/at/all", headers={"Accept-Language": "id"})
    assert "There is no such page" in english.get_data(as_text=True)
    assert "Halaman ini tidak ada" in indonesian.get_data(as_text=True)
