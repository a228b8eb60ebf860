"""Settings that are not left to defaults, and forms that only this site can send."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from awards.domain.people import Role
from awards.web.permissions import ROUTES
from awards.web.settings import WebSettings
from tests.web.members import KEYS, Office, open_office, send, token_in
from tests.web.pages import Page
from tests.web.test_permissions import addresses

SETTINGS = {
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_REQUIRED": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_PASSWORD_LENGTH_MIN": 15,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_LOGOUT_CSRF": True,
    "SECURITY_TRACKABLE": True,
    "SECURITY_FRESHNESS": timedelta(minutes=10),
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(0),
    "SECURITY_REFRESH_TOKEN": False,
    "SECURITY_OAUTH_ENABLE": False,
    "SECURITY_UNIFIED_SIGNIN": False,
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(minutes=30),
    "SECURITY_LOGIN_WITHIN": timedelta(minutes=10),
    "SESSION_COOKIE_NAME": "__Host-s",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "MAX_CONTENT_LENGTH": 1_000_000,
    "MAX_FORM_MEMORY_SIZE": 500_000,
    "MAX_FORM_PARTS": 200,
    "SECRET_KEY_FALLBACKS": ["the key before"],
    "WTF_CSRF_ENABLED": True,
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as office:
        yield office


def test_the_settings_are_those_that_were_decided_on(tmp_path: Path) -> None:
    keys = replace(KEYS, former=("the key before",))
    with open_office(tmp_path, settings=WebSettings(https=True), keys=keys) as office:
        config = office.app.config
        found = {name: config[name] for name in SETTINGS}
        assert config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS"]
        assert config["TRUSTED_HOSTS"] == ["localhost", "127.0.0.1"]
    assert found == SETTINGS


def test_a_cookie_of_the_key_before_still_counts_and_a_new_one_needs_the_new_key(
    tmp_path: Path,
) -> None:
    def sessions(folder: str, *, session: str, former: tuple[str, ...]) -> str:
        keys = replace(KEYS, session=session, former=former)
        (tmp_path / folder).mkdir()
        with open_office(tmp_path / folder, keys=keys) as office:
            serializer = office.app.session_interface.get_signing_serializer(office.app)
            assert serializer is not None
            if not former:
                return str(serializer.dumps({"who": "me"}))
            assert serializer.loads(old) == {"who": "me"}
            return str(serializer.dumps({"who": "me"}))

    old = sessions("a", session="old", former=())
    new = sessions("b", session="new", former=("old",))
    keys = replace(KEYS, session="new")
    (tmp_path / "c").mkdir()
    with open_office(tmp_path / "c", keys=keys) as office:
        serializer = office.app.session_interface.get_signing_serializer(office.app)
        assert serializer is not None
        assert serializer.loads(new) == {"who": "me"}


def test_nothing_is_changed_without_the_token_of_a_form(office: Office) -> None:
    client, before = office.client(*Role), None
    shown = addresses(office.app)
    posts = {endpoint for endpoint, methods in ROUTES.items() if "POST" in methods}
    before = office.events()
    for endpoint in posts:
        for said in ({}, {"csrf_token": "forged"}):
            response = client.post(shown[endpoint], data=said)
            assert (endpoint, response.status_code) == (endpoint, 400)
            assert "can no longer be sent" in response.get_data(as_text=True)
    assert office.events() == before


def test_a_token_of_somebody_else_counts_for_nothing(office: Office) -> None:
    mine, theirs = office.client(Role.ADMINISTRATOR), office.client(Role.ADMINISTRATOR)
    token = token_in(theirs.get("/committee/en/people/invite").get_data(as_text=True))
    mine.get("/committee/en/people/invite")
    assert mine.post("/account/en/end-sessions", data={"csrf_token": token}).status_code == 400


def test_two_who_edit_a_person_see_both_versions_and_lose_nothing(office: Office) -> None:
    person, _ = office.invite("Anggota Lama")
    address = f"/committee/en/people/{person.id}/edit"
    first, second = office.client(Role.ADMINISTRATOR), office.client(Role.ADMINISTRATOR)
    said = {"mail": person.mail, "language": "id", "version": "1"}
    late = token_in(second.get(address).get_data(as_text=True))
    assert send(first, address, name="Anggota Pertama", **said).status_code == 303
    lost = second.post(address, data={"csrf_token": late, "name": "Anggota Kedua", **said})
    page = lost.get_data(as_text=True)
    assert lost.status_code == 409
    assert "Anggota Pertama" in page
    assert 'name="name" value="Anggota Kedua"' in page
    assert 'name="version" value="2"' in page
    assert Page(page).unmatched == []
    assert office.person(person.id).name == "Anggota Pertama"
    again = {**said, "version": "2", "name": "Anggota Kedua", "csrf_token": late}
    assert second.post(address, data=again).status_code == 303
    assert (office.person(person.id).name, office.person(person.id).version) == ("Anggota Kedua", 3)


def test_more_than_a_form_asks_for_is_ignored(office: Office) -> None:
    person, _ = office.invite("Anggota Lama")
    address = f"/committee/en/people/{person.id}/edit"
    said = {"name": "Anggota Baru", "mail": person.mail, "language": "id", "version": "1"}
    extra = {"id": "p-0", "roles": "chair", "password_hash": "x", "disabled_at": "2020-01-01"}
    done = send(office.client(Role.ADMINISTRATOR), address, **said, **extra)
    found = office.person(person.id)
    assert (done.status_code, found.name, found.grants, found.active) == (
        303,
        "Anggota Baru",
        (),
        True,
    )


def test_a_body_that_is_too_long_is_refused(office: Office) -> None:
    response = office.app.test_client().post(
        "/account/en/sign-in", data={"mail": "x" * 1_000_001, "password": "y"}
    )
    assert response.status_code == 413


def test_errors_stand_on_top_and_beside_the_field_and_nothing_typed_is_lost(
    office: Office,
) -> None:
    client = office.client(Role.ADMINISTRATOR)
    response = send(client, "/committee/en/people/invite", name="Anggota Baru", mail="no address")
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert '<a href="#mail">Write an address such as name@example.org.</a>' in page
    assert 'aria-describedby="mail-error"' in page
    assert 'value="no address"' in page
    assert 'value="Anggota Baru"' in page


def test_letters_without_a_server_lie_in_the_outbox_and_the_page_says_so(office: Office) -> None:
    client = office.client(Role.ADMINISTRATOR)
    said = {"name": "Anggota Baru", "mail": "baru@example.org", "language": "id", "how": "mail"}
    page = send(client, "/committee/en/people/invite", where="*", **said).get_data(as_text=True)
    (letter,) = (office.folder / "outbox").iterdir()
    assert "folder outbox" in page
    assert letter.stat().st_mode & 0o777 == 0o600
    assert b"To: baru@example.org" in letter.read_bytes()
    assert b"Yth. Anggota Baru" in letter.read_bytes()
