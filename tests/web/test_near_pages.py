"""The near-miss list narrows and sorts as asked, and its file says what the page says."""

import csv
import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from awards.domain.people import Role
from awards.services.desk import Desk
from tests.unit.services.insurers import CODE
from tests.web.insured import CATEGORY, FAILED, publish_at
from tests.web.members import office_over

PAGE = f"/committee/en/{CODE}/near"


@pytest.fixture(scope="module")
def chair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    world = publish_at(tmp_path_factory.mktemp("near"), "winners")
    desk = Desk(world.stores, world.rulebook)
    office = office_over(world.stores, desk, world.rulebook, world.root)
    yield office.client(Role.CHAIR)
    world.stores.database.close()


def rows(client: FlaskClient, **asked: str) -> list[dict[str, str]]:
    answer = client.get(f"{PAGE}.csv", query_string={"category": CATEGORY, **asked})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_everybody_who_is_near_stands_in_the_file(chair: FlaskClient) -> None:
    found = rows(chair)
    assert len(found) == len(rows(chair, goal="gate")) + len(
        [*rows(chair, goal="title"), *rows(chair, goal="place")]
    )
    assert len(found) > 3


def test_one_gate_away_is_the_company_in_arrears(chair: FlaskClient) -> None:
    [miss] = rows(chair, goal="gate")
    assert FAILED in " ".join(miss.values())


def test_a_region_keeps_its_own(chair: FlaskClient) -> None:
    east, west = rows(chair, region="35.78"), rows(chair, region="35.15")
    assert east
    assert west
    assert len(east) + len(west) == len(rows(chair))
    assert not {tuple(each.items()) for each in east} & {tuple(each.items()) for each in west}


def test_by_name_is_by_name(chair: FlaskClient) -> None:
    names = [each["name"] for each in rows(chair, sort="name")]
    assert names == sorted(names)


def test_a_page_narrows_as_its_file_does(chair: FlaskClient) -> None:
    page = chair.get(PAGE, query_string={"category": CATEGORY, "goal": "gate"})
    text = page.get_data(as_text=True)
    assert "1 near miss" in text
    assert FAILED in text
    assert "goal=gate" in text


@pytest.mark.parametrize("asked", [{"goal": "luck"}, {"sort": "colour"}, {"page": "0"}])
def test_what_the_list_does_not_know_is_answered_in_words(
    chair: FlaskClient, asked: dict[str, str]
) -> None:
    answer = chair.get(PAGE, query_string={"category": CATEGORY, **asked})
    assert answer.status_code == 400
    assert "Choose from the list" in answer.get_data(as_text=True) or "whole number" in (
        answer.get_data(as_text=True)
    )
