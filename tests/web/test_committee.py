"""The committee's pages: behind a sign-in, kept by nobody, in no index."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from awards.domain.people import Role
from tests.web.members import Office, open_office
from tests.web.pages import Page

PAGES = ("", "rules", "data", "runs", "targets", "effect", "near")
BOARDS = ("", "ipm-2024/targets", "ipm-2024/effect")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as office:
        yield office


@pytest.mark.parametrize("page", [*BOARDS, "people"])
def test_without_a_session_one_is_led_to_signing_in_and_back(office: Office, page: str) -> None:
    response = office.app.test_client().get(f"/committee/id/{page}?a=1")
    assert (response.status_code, response.location) == (
        303,
        f"/account/id/sign-in?next=/committee/id/{page}?a%3D1",
    )


@pytest.mark.parametrize("page", BOARDS)
def test_pages_behind_a_sign_in_are_kept_by_nobody(office: Office, page: str) -> None:
    response = office.client(Role.CHAIR).get(f"/committee/en/{page}")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "ETag" not in response.headers


def test_public_pages_are_the_same_for_who_is_signed_in(office: Office, app: Flask) -> None:
    found = office.client(Role.CHAIR).get("/en/")
    plain = app.test_client().get("/en/")
    assert (found.status_code, found.data) == (200, plain.data)
    differing = set(found.headers.items()) ^ set(plain.headers.items())
    assert {name for name, _ in differing} <= {"Date"}


def test_without_the_committee_there_is_no_way_in(app: Flask) -> None:
    for address in ("/committee/id/", "/account/id/sign-in"):
        assert app.test_client().get(address).status_code == 404


def test_the_first_page_names_only_what_one_may_open(office: Office) -> None:
    def pages(*roles: Role) -> set[str]:
        found = Page(office.client(*roles).get("/committee/en/").get_data(as_text=True))
        return {each for each in found.links if each.startswith("/committee/en/")}

    boards = {f"/committee/en/ipm-2024/{each}" for each in PAGES}
    home, people = "/committee/en/", "/committee/en/people"
    everybody = {home, "/committee/en/editions"}
    assert pages(Role.MEMBER) == {*everybody, *boards}
    assert pages(Role.ADMINISTRATOR) == {*everybody, people}
    assert pages(Role.JUROR) == everybody
    assert pages() == everybody


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_menu_and_the_switch_of_languages_stay_with_the_page(
    office: Office, language: str
) -> None:
    other = "id" if language == "en" else "en"
    page = Page(
        office.client(Role.CHAIR).get(f"/committee/{language}/ipm-2024/targets").get_data(True)
    )
    assert f"/committee/{other}/ipm-2024/targets" in page.links
    assert f"/account/{language}/sign-out" in page.links
    assert page.unmatched == []
