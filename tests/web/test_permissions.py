"""The permission table, walked: every route × method × role × stage, and nobody."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from awards.domain.people import Grant, Person, Role
from awards.domain.permissions import Reach, Rule, acting, reading
from awards.domain.stages import AFTER_CLOSE, EVERY_STAGE, Stage
from awards.services.accounts import disable
from awards.services.roles import revoke_role
from awards.web import guard
from awards.web.permissions import OPEN, ROUTES, rule_for
from tests.unit.storage.samples import EDITION
from tests.web.members import Office, act, open_office

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
VALUES = {
    "lang": "en",
    "edition": EDITION.code,
    "person": "p-nobody",
    "token": "unknown",
    "role": "chair",
    "where": "*",
    "kind": "regency-city",
    "upload": "unknown",
    "job": "unknown",
    "row": 2,
    "request": "unknown",
    "number": "1",
    "category": "regency-city",
    "criterion": "life",
    "group": "index",
    "gate": "unknown",
    "what": "criterion",
}
REFUSED = "refused"
PASSED = "passed"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture
def probes(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The application with its guard as it is, and views that only say that one got there."""
    office.app.config["WTF_CSRF_ENABLED"] = False
    for endpoint in guarded(office.app):
        monkeypatch.setitem(office.app.view_functions, endpoint, lambda **_: PASSED)
    return office


@pytest.fixture(autouse=True)
def forms_are_protected_again(office: Office) -> Iterator[None]:
    yield
    office.app.config["WTF_CSRF_ENABLED"] = True


def guarded(app: Flask) -> list[str]:
    return [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] not in OPEN
    ]


def addresses(app: Flask) -> dict[str, str]:
    with app.test_request_context("/committee/en/"):
        return {
            rule.endpoint: app.url_for(
                rule.endpoint, **{name: VALUES[name] for name in rule.arguments}
            )
            for rule in app.url_map.iter_rules()
            if rule.endpoint in guarded(app)
        }


def outcome(client: FlaskClient, address: str, method: str) -> str:
    """What the guard made of a request: passed, refused, or led elsewhere."""
    response = client.open(address, method=method)
    if response.status_code in (303, 307):
        return response.location.split("?")[0].rpartition("/")[2]
    if response.status_code == 405:
        return "no such method"
    return PASSED if response.status_code == 200 else REFUSED


def expected(rule: Rule | None, role: Role | None, stage: Stage | None, *, fresh: bool) -> str:
    """By the table alone, written a second time."""
    if rule is None:
        return REFUSED
    if rule.reach is Reach.ANYONE:
        return PASSED
    if role is None:
        return "sign-in"
    stages = rule.grants.get(role, frozenset())
    fits = stages == EVERY_STAGE if stage is None else stage in stages
    if rule.reach is Reach.ROLES and not fits:
        return REFUSED
    return "confirm" if rule.fresh and not fresh else PASSED


def test_every_route_behind_a_sign_in_has_a_row_for_each_of_its_methods(office: Office) -> None:
    found = {
        (rule.endpoint, method)
        for rule in office.app.url_map.iter_rules()
        if rule.endpoint in guarded(office.app)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    listed = {(endpoint, method) for endpoint, methods in ROUTES.items() for method in methods}
    assert found == listed


def test_open_blueprints_change_nothing(office: Office) -> None:
    methods = {
        method
        for rule in office.app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in OPEN
        for method in rule.methods or ()
    }
    assert methods == {"GET", "HEAD", "OPTIONS"}


def test_a_route_without_a_row_is_refused_whoever_comes(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        office.app.add_url_rule("/committee/en/new", "committee.new", lambda: PASSED)
        everything = office.client(*Role)
        assert everything.get("/committee/en/new").status_code == 403
        assert office.app.test_client().get("/committee/en/new").status_code == 403


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("fresh", [True, False])
def test_each_role_gets_where_the_table_says_and_nowhere_else(
    probes: Office, role: Role | None, fresh: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(probes, role, fresh=fresh)
    rules = {rule.endpoint: rule.methods or set() for rule in probes.app.url_map.iter_rules()}
    stage = Stage.DRAFT
    monkeypatch.setattr(guard, "_stage", lambda _edition: stage)
    wrong = {}
    for (endpoint, address), method in product(addresses(probes.app).items(), METHODS):
        about_edition = "/ipm-2024/" in address
        every = about_edition and fresh and method in ("GET", "POST")
        for stage in Stage if every else (Stage.DRAFT,):
            found = outcome(client, address, method)
            right = expected(
                rule_for(endpoint, method), role, stage if about_edition else None, fresh=fresh
            )
            if method not in rules[endpoint]:
                right = "no such method"
            if found != right:
                wrong[endpoint, method, stage] = (found, right)
    assert wrong == {}


def signed_in(office: Office, role: Role | None, *, fresh: bool) -> FlaskClient:
    if role is None:
        return office.app.test_client()
    person, _ = office.invite(f"{role} {fresh}", role)
    return office.signed_in(person, ago=0 if fresh else 3600)


@pytest.mark.parametrize("role", list(Role))
def test_a_disabled_person_gets_nowhere(probes: Office, role: Role) -> None:
    person, _ = probes.invite(f"Gone {role}", role)
    client = probes.signed_in(person)
    probes.invite(f"Another beside {role}", Role.ADMINISTRATOR)
    disable(probes.stores, person.id, act=act())
    assert outcome(client, "/committee/en/", "GET") == "sign-in"


def test_a_role_in_one_edition_shows_nothing_of_another(probes: Office) -> None:
    chair = probes.client(Role.CHAIR, edition="another-2023")
    unknown = chair.get("/committee/en/nothing-2024/targets")
    foreign = chair.get(f"/committee/en/{EDITION.code}/targets")
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.data.replace(EDITION.code.encode(), b"") == unknown.data.replace(
        b"nothing-2024", b""
    )


def test_a_role_that_is_taken_back_counts_no_longer_at_once(probes: Office) -> None:
    person, _ = probes.invite("Anggota Sebentar", Role.MEMBER)
    client, address = probes.signed_in(person), f"/committee/en/{EDITION.code}/targets"
    assert outcome(client, address, "GET") == PASSED
    revoke_role(probes.stores, person.id, grant=Grant(role=Role.MEMBER), act=act())
    assert outcome(client, address, "GET") == REFUSED


def test_auditors_read_once_the_points_stand_and_change_nothing() -> None:
    """The ledger alone they follow from the first day: it holds no score."""
    others = {name: methods for name, methods in ROUTES.items() if name != "committee.ledger"}
    rules = [rule for methods in others.values() for rule in methods.values()]
    assert ROUTES["committee.ledger"]["GET"].grants[Role.AUDITOR] == EVERY_STAGE
    stages = {rule.grants[Role.AUDITOR] for rule in rules if Role.AUDITOR in rule.grants}
    assert stages == {AFTER_CLOSE}
    changing = [
        rule
        for methods in ROUTES.values()
        for method, rule in methods.items()
        if method != "GET" and Role.AUDITOR in rule.grants
    ]
    assert changing == []


def test_administrators_see_no_scores() -> None:
    boards = ("targets", "effect", "near", "near_csv_file")
    assert [
        page for page in boards if Role.ADMINISTRATOR in ROUTES[f"committee.{page}"]["GET"].grants
    ] == []


def test_a_rule_about_no_edition_counts_roles_held_anywhere_and_only_at_every_stage() -> None:
    chair = replace(NOBODY, grants=(Grant(role=Role.CHAIR, edition="ipm-2024"),))
    always = acting(Role.CHAIR)
    some = reading(Role.CHAIR, stages=AFTER_CLOSE)
    assert always.admits(chair, edition=None, stage=None)
    assert not some.admits(chair, edition=None, stage=None)
    assert not always.admits(chair, edition="ipm-2023", stage=Stage.DATA)
    assert some.admits(chair, edition="ipm-2024", stage=Stage.PUBLISHED)


NOBODY = Person(id="p-1", name="Anggota", mail="anggota@example.org", language="id")


def test_nobody_is_let_in_by_default() -> None:
    assert not Rule().admits(NOBODY, edition=None, stage=None)
