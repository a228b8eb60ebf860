import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from awards.web.app import create_app
from awards.web.settings import WebSettings
from tests.web.fake_site import FakeSite
from tests.web.pages import ADDRESSES, RANKING
from tests.web.worlds import open_site

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
EVERYWHERE = (*ADDRESSES, "/", "/healthz", "/en/nothing/", "/nothing", f"{RANKING}ranking.csv")


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_the_security_headers_and_no_cookie(
    client: FlaskClient, address: str
) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers


def test_hsts_is_sent_where_visitors_come_by_https() -> None:
    client = create_app(FakeSite(), settings=WebSettings(https=True)).test_client()
    headers = client.get("/healthz").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_may_be_kept_for_a_minute_and_are_not_sent_twice(
    client: FlaskClient, address: str
) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert (again.status_code, again.get_data()) == (304, b"")


def test_what_was_not_declared_public_is_never_kept() -> None:
    app = create_app(open_site(), settings=WebSettings())
    app.add_url_rule("/undeclared", view_func=lambda: "words")
    assert app.test_client().get("/undeclared").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/healthz", "/en/nothing/", "/en/verify/unknown", "/nothing"])
def test_errors_and_the_health_check_are_never_kept(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_no_route_changes_anything(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_would_change_something_is_refused_as_a_page(
    client: FlaskClient, method: str
) -> None:
    response = client.open(RANKING, method=method)
    assert response.status_code == 405
    assert "This page can only be read" in response.get_data(as_text=True)
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_there_is_no_session_to_touch(app: Flask) -> None:
    with app.test_request_context("/en/"), pytest.raises(RuntimeError):
        session["visitor"] = "known"


def test_a_foreign_host_name_is_refused(client: FlaskClient) -> None:
    response = client.get("/en/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert response.get_data() == b"This site does not answer to that name.\n"
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["Cache-Control"] == "no-store"


def test_the_front_door_follows_the_language_of_the_browser(client: FlaskClient) -> None:
    def door(asked: str) -> tuple[str, str]:
        response = client.get("/", headers={"Accept-Language": asked})
        return response.headers["Location"], response.headers["Vary"]

    assert door("en-GB,en;q=0.8") == ("/en/", "Accept-Language")
    assert door("id-ID,id;q=0.9,en;q=0.5") == ("/id/", "Accept-Language")
    assert door("fr") == ("/id/", "Accept-Language")


def test_static_files_are_kept_forever_under_an_address_that_changes(client: FlaskClient) -> None:
    page = client.get("/en/").get_data(as_text=True)
    address = next(part for part in page.split('"') if part.endswith("/site.css"))
    response = client.get(address)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert client.get("/static/0/site.css").status_code == 404
    assert client.get(address.replace("site.css", "bootstrap.min.js")).status_code == 404
