"""The committee's door, and that nobody else finds anything behind it."""

import stat
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from awards.domain.boards import EffectBoard, NearMiss, TargetBoard
from awards.domain.errors import Refused
from awards.domain.records import Edition
from awards.domain.text import Text
from awards.web.app import create_app
from awards.web.committee.door import KEY, LINK_SECONDS, SESSION_SECONDS, Door
from awards.web.parts import Committee
from awards.web.settings import WebSettings
from tests.unit.storage.samples import EDITION
from tests.web.worlds import open_site

PAGES = tuple(f"/committee/id/{each}" for each in ("", "ipm-2024/targets", "ipm-2024/effect"))


class QuietDesk:
    """One edition, and nothing to say about it."""

    def editions(self) -> tuple[Edition, ...]:
        return (EDITION,)

    def edition(self, code: str) -> Edition | None:
        return EDITION if code == EDITION.code else None

    def has_run(self, _edition: Edition, _category: str) -> bool:
        return False

    def target_board(self, _edition: Edition, _chosen: str | None) -> TargetBoard | None:
        return None

    def effect_boards(self, _edition: Edition) -> tuple[EffectBoard, ...]:
        return ()

    def near_misses(self, _edition: Edition, _category: str) -> tuple[NearMiss, ...] | None:
        return None

    def words_of(self, _attribute: str, _code: str) -> Text | None:
        return None


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def door(tmp_path: Path, watch: Watch) -> Door:
    return Door(tmp_path, clock=watch)


@pytest.fixture
def committee_app(door: Door) -> Flask:
    committee = Committee(desk=QuietDesk(), door=door)
    return create_app(open_site(), settings=WebSettings(), committee=committee)


def enter(app: Flask, door: Door) -> FlaskClient:
    client = app.test_client()
    response = client.get(f"/committee/enter/{door.make_link()}")
    assert response.status_code == 303
    return client


def test_a_link_lets_in_once_with_a_cookie_that_no_script_reads(
    committee_app: Flask, door: Door
) -> None:
    link = f"/committee/enter/{door.make_link()}"
    first = committee_app.test_client().get(link)
    cookie = first.headers["Set-Cookie"]
    assert (first.status_code, first.headers["Cache-Control"]) == (303, "no-store")
    assert {"HttpOnly", "SameSite=Strict", "Path=/committee"} <= set(cookie.split("; "))
    assert committee_app.test_client().get(link).status_code == 404


def test_a_link_ends_after_a_quarter_of_an_hour(door: Door, watch: Watch) -> None:
    token = door.make_link()
    watch.now += LINK_SECONDS + 1
    assert door.enter(token) is None


def test_a_link_has_at_least_128_bits_and_a_new_one_ends_the_old(door: Door) -> None:
    token, newer = door.make_link(), door.make_link()
    assert len(token) >= 22
    assert door.enter(token) is None
    assert door.enter(newer) is not None


def test_a_session_ends_after_a_day_of_work(door: Door, watch: Watch) -> None:
    cookie = door.enter(door.make_link())
    assert door.admits(cookie)
    watch.now += SESSION_SECONDS + 2
    assert not door.admits(cookie)
    assert not door.admits("forged.cookie.value")


def test_the_key_is_its_owners_alone(door: Door, tmp_path: Path) -> None:
    key = tmp_path / KEY
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.chmod(0o640)
    with pytest.raises(Refused, match="can be read by others"):
        Door(tmp_path)


@pytest.mark.parametrize("page", [*PAGES, "/committee/id/ipm-2024/near", "/committee/id"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_without_a_session_the_pages_are_not_there(
    committee_app: Flask, app: Flask, page: str, method: str
) -> None:
    found = committee_app.test_client().open(page, method=method)
    unknown = app.test_client().open(page, method=method)
    assert (found.status_code, found.data, dict(found.headers)) == (
        404,
        unknown.data,
        dict(unknown.headers),
    )


def test_without_the_flag_there_is_no_door(app: Flask, door: Door) -> None:
    found = app.test_client().get(f"/committee/enter/{door.make_link()}")
    unknown = app.test_client().get("/committee/nothing")
    assert (found.status_code, found.data) == (404, unknown.data)


@pytest.mark.parametrize("page", [*PAGES, "/committee/en/ipm-2024/near"])
def test_with_a_session_pages_are_kept_by_nobody(
    committee_app: Flask, door: Door, page: str
) -> None:
    response = enter(committee_app, door).get(page)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "ETag" not in response.headers


def test_a_session_is_good_on_this_machine_alone(door: Door) -> None:
    settings = WebSettings(trusted_hosts=("localhost", "awards.example"))
    committee = Committee(desk=QuietDesk(), door=door)
    client = enter(create_app(open_site(), settings=settings, committee=committee), door)
    assert client.get(PAGES[0]).status_code == 200
    assert client.get(PAGES[0], headers={"Host": "awards.example"}).status_code == 404


def test_no_route_of_the_committee_changes_anything(committee_app: Flask) -> None:
    rules = [each for each in committee_app.url_map.iter_rules() if "committee" in each.rule]
    assert rules
    assert {method for each in rules for method in each.methods or ()} == {"GET", "HEAD", "OPTIONS"}
