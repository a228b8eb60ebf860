"""Malformed files through the pages: the server stays, and each gets words."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from awards.domain.people import Role
from awards.sdk.rulebook import RuleBook
from tests.faults.hostile_files import hostile_bytes
from tests.unit.services.world import KIND, rules
from tests.web.desk import BASE, EDITION, Clerk, open_data_desk
from tests.web.members import token_in

FILES = 500


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    return rules(tmp_path_factory.mktemp("plugins"))


@pytest.fixture
def clerk(tmp_path: Path, rulebook: RuleBook) -> Iterator[Clerk]:
    with open_data_desk(tmp_path, rulebook) as (office, _):
        yield Clerk(office.client(Role.DATA_OFFICER, edition=EDITION))


@pytest.mark.slow
def test_five_hundred_malformed_files_are_answered_in_words(clerk: Clerk) -> None:
    token = token_in(clerk.read(f"{BASE}/data/new"))
    wrong = {}
    for number in range(FILES):
        said = {"csrf_token": token, "kind": KIND, "records": "", "scheme": "", "sender": "Dinas"}
        body = {"file": (BytesIO(hostile_bytes(number)), f"{number}.xlsx"), **said}
        answer = clerk.client.post(
            f"{BASE}/data/new",
            data=body,
            content_type="multipart/form-data",
            follow_redirects=True,
        )
        if answer.status_code not in (200, 422):
            wrong[number] = answer.status_code
    assert wrong == {}
    assert clerk.client.get(f"{BASE}/data").status_code == 200
