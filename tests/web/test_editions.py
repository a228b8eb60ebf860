"""Editions on the web: opened four ways, moved from stage to stage, locked, sent back."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from awards.domain.people import Role
from awards.domain.stages import Stage
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.editions import open_edition
from awards.services.rules import rules_as_toml
from awards.services.second_persons import change_locked_rules
from awards.services.stores import Act
from tests.web.members import Office, act, now, open_office, send, token_in
from tests.web.pages import Page

NAMED = {
    "code": "ipm-2026",
    "label": "2026",
    "period_start": "1 Januari 2026",
    "period_end": "31/12/2026",
}


@pytest.fixture(scope="session")
def rulebook() -> RuleBook:
    return load_plugins(entry_points=False).rulebook


@pytest.fixture
def office(tmp_path: Path, rulebook: RuleBook) -> Iterator[Office]:
    with open_office(tmp_path, rulebook=rulebook) as office:
        yield office


@pytest.fixture
def preset(rulebook: RuleBook) -> str:
    """A program with an edition, as the form names it."""
    program = rulebook.programs["paritrana-jatim"].definition
    return f"{program.code}/{program.editions[0].code}"


def draft(office: Office, rulebook: RuleBook) -> str:
    """An edition of a preset, on record and not locked."""
    program = rulebook.programs["paritrana-jatim"].definition
    code = program.editions[0].code
    open_edition(office.stores, code, program=program.code, rulebook=rulebook, act=act())
    return code


def words(client: FlaskClient, address: str) -> str:
    page = Page(client.get(address).get_data(as_text=True))
    assert page.unmatched == []
    return page.words


def actions(office: Office) -> list[str]:
    return [action for _, action, _ in office.events()]


def test_an_edition_is_opened_from_a_preset_with_days_as_people_write_them(
    office: Office, preset: str
) -> None:
    chair = office.client(Role.CHAIR)
    response = send(chair, "/committee/id/editions/new/preset", source=preset, **NAMED)
    assert (response.status_code, response.location) == (303, "/committee/id/ipm-2026/")
    found = office.edition("ipm-2026")
    assert found.stage is Stage.DRAFT
    assert found.definition.label == "2026"
    assert found.definition.period_start.isoformat() == "2026-01-01"
    assert found.definition.period_end.isoformat() == "2026-12-31"
    assert "Rancangan" in words(chair, "/committee/id/ipm-2026/")


def test_a_date_that_is_none_is_told_beside_its_field_and_nothing_is_opened(
    office: Office, preset: str
) -> None:
    chair = office.client(Role.CHAIR)
    before = actions(office)
    typed = NAMED | {"period_end": "31 Januember 2026"}
    response = send(chair, "/committee/en/editions/new/preset", source=preset, **typed)
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "“31 Januember 2026” is no date" in page
    assert 'id="period_end-error"' in page
    assert 'value="ipm-2026"' in page
    assert actions(office) == before


def test_an_edition_is_opened_from_an_earlier_one(office: Office, rulebook: RuleBook) -> None:
    code = draft(office, rulebook)
    chair = office.client(Role.CHAIR)
    send(chair, "/committee/en/editions/new/next", source=code, **NAMED)
    before, found = office.edition(code), office.edition("ipm-2026")
    assert found.program == before.program
    assert found.definition.categories == before.definition.categories


def test_an_edition_is_opened_from_a_file(office: Office, rulebook: RuleBook) -> None:
    chair = office.client(Role.CHAIR)
    definition = rulebook.programs["paritrana-jatim"].definition.editions[0]
    response = upload(chair, rules_as_toml(definition).encode())
    assert response.status_code == 303
    assert office.edition(definition.code).definition == definition


@pytest.mark.parametrize("text", [b"\xff\xfe\x00", b"not = [toml", b"code = 'only'"])
def test_a_file_that_holds_no_rules_is_refused_in_words(office: Office, text: bytes) -> None:
    chair = office.client(Role.CHAIR)
    before = actions(office)
    response = upload(chair, text)
    assert response.status_code == 422
    assert "There is a problem" in response.get_data(as_text=True)
    assert actions(office) == before


def upload(client: FlaskClient, text: bytes):  # type: ignore[no-untyped-def]
    address = "/committee/en/editions/new/file"
    token = token_in(client.get(address).get_data(as_text=True))
    data = {
        "csrf_token": token,
        "program": "paritrana-jatim",
        "file": (io.BytesIO(text), "rules.toml"),
    }
    return client.post(address, data=data, content_type="multipart/form-data")


def test_an_edition_begins_with_one_category(office: Office) -> None:
    chair = office.client(Role.CHAIR)
    send(
        chair,
        "/committee/en/editions/new/empty",
        program="paritrana-jatim",
        title_id="Penghargaan desa",
        kind="village",
        **NAMED,
    )
    [category] = office.edition("ipm-2026").definition.categories
    assert category.kind == "village"


def test_who_has_a_role_in_another_edition_only_is_told_to_ask_for_one(
    office: Office, preset: str
) -> None:
    chair = office.client(Role.CHAIR, edition="another-2020")
    response = send(chair, "/committee/en/editions/new/preset", source=preset, **NAMED)
    assert response.location == "/committee/en/editions"
    assert "give you a role in it" in words(chair, "/committee/en/editions")


def test_the_rules_are_locked_by_a_decree_and_then_data_may_come(
    office: Office, rulebook: RuleBook
) -> None:
    code = draft(office, rulebook)
    chair = office.client(Role.CHAIR)
    assert "Lock the rules" in words(chair, f"/committee/en/{code}/")
    response = send(chair, f"/committee/en/{code}/lock", decree="SK 188/2026")
    assert response.status_code == 303
    assert (office.edition(code).decree, office.edition(code).stage) == (
        "SK 188/2026",
        Stage.RULES_LOCKED,
    )
    send(chair, f"/committee/en/{code}/stages/next")
    assert office.edition(code).stage is Stage.DATA


def test_what_is_missing_is_said_and_the_stage_is_not_entered(
    office: Office, rulebook: RuleBook
) -> None:
    code = at_data(office, rulebook)
    chair = office.client(Role.CHAIR)
    assert "Belum ada data untuk" in words(chair, f"/committee/id/{code}/")
    response = chair.get(f"/committee/id/{code}/stages/next")
    assert (response.status_code, response.location) == (303, f"/committee/id/{code}/")


def at_data(office: Office, rulebook: RuleBook) -> str:
    code = draft(office, rulebook)
    chair = office.client(Role.CHAIR)
    send(chair, f"/committee/en/{code}/lock", decree="SK 188/2026")
    send(chair, f"/committee/en/{code}/stages/next")
    return code


def test_before_the_first_run_one_goes_back_alone(office: Office, rulebook: RuleBook) -> None:
    code = at_data(office, rulebook)
    chair = office.client(Role.CHAIR)
    send(chair, f"/committee/en/{code}/stages/back", stage="draft")
    assert (office.edition(code).stage, office.edition(code).decree) == (Stage.DRAFT, None)


def test_a_change_of_locked_rules_waits_on_the_home_page_of_a_second_person(
    office: Office, rulebook: RuleBook
) -> None:
    code = at_data(office, rulebook)
    chair, _ = office.invite("Ketua Panitia", Role.CHAIR)
    request = ask(office, code, chair.id)
    member = office.client(Role.MEMBER)
    assert "Agree, or not, to a change of locked rules" in words(member, "/committee/en/")
    own = office.signed_in(chair)
    assert "Agree, or not" not in words(own, "/committee/en/")
    address = f"/committee/en/{code}/countersigns/{request}"
    assert "Another person has to agree" in words(own, address)
    refused = own.post(address, data={"csrf_token": token_in(own.get(address).get_data(True))})
    assert refused.status_code == 422
    assert office.edition(code).version == 1
    assert send(member, address).status_code == 303
    assert (office.edition(code).version, office.edition(code).definition.label) == (2, "baru")
    assert words(member, f"/committee/en/{code}/versions").count("Keputusan rapat") == 1
    assert actions(office)[-2:] == ["rules.changed", "countersign.approved"]


def test_a_declined_change_changes_nothing(office: Office, rulebook: RuleBook) -> None:
    code = at_data(office, rulebook)
    request = ask(office, code, office.invite("Ketua", Role.CHAIR)[0].id)
    member = office.client(Role.MEMBER)
    address = f"/committee/en/{code}/countersigns/{request}"
    assert send(member, f"{address}/decline", page=address).status_code == 303
    assert office.edition(code).version == 1
    assert actions(office)[-1] == "countersign.declined"
    assert member.get(address).status_code == 404


def ask(office: Office, code: str, by: str) -> str:
    definition = office.edition(code).definition.model_copy(update={"label": "baru"})
    return change_locked_rules(
        office.stores,
        definition,
        based_on=1,
        reason="Keputusan rapat",
        act=Act(by=by, at=now()),
    ).id


def test_versions_are_downloaded_as_the_file_that_opens_an_edition(
    office: Office, rulebook: RuleBook
) -> None:
    code = draft(office, rulebook)
    member = office.client(Role.MEMBER)
    response = member.get(f"/committee/en/{code}/versions/1.toml")
    assert response.get_data(as_text=True) == rules_as_toml(office.edition(code).definition)
    assert member.get(f"/committee/en/{code}/versions/7.toml").status_code == 404
