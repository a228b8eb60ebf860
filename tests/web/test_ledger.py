"""The ledger's pages: the checkpoint for everybody, the events for auditors."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from awards.domain.people import Role
from awards.domain.records import Event
from awards.storage.database import sign_checkpoint
from awards.storage.ledger_key import KeyFile
from awards.storage.published import PublishedFiles
from awards.web.app import create_app
from awards.web.settings import WebSettings
from tests.web.members import Office, open_office

NOON = datetime(2026, 3, 1, 5, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None
    with open_office(tmp_path, url=url) as office:
        with office.stores.database.transaction() as records:
            for number in range(60):
                said = Event(
                    actor="p-1",
                    action="part.imported",
                    subject=f"s<{number}>",
                    detail={"n": number},
                )
                records.ledger.append(said, at=NOON)
        yield office


@pytest.fixture
def visitor(office: Office) -> FlaskClient:
    """Somebody who sees the public pages of an instance of the office's."""
    stores = office.stores
    site = PublishedFiles(stores.database, stores.archive)
    return create_app(site, settings=WebSettings()).test_client()


def test_before_a_checkpoint_the_footer_is_silent_and_the_page_says_why(
    visitor: FlaskClient,
) -> None:
    assert "Checkpoint of" not in visitor.get("/en/").text
    assert "Nothing was signed yet." in visitor.get("/en/ledger").text
    assert visitor.get("/en/ledger/checkpoint.txt").status_code == 404


def test_the_last_checkpoint_stands_at_the_foot_and_in_full_on_its_page(
    office: Office, visitor: FlaskClient, tmp_path: Path
) -> None:
    with office.stores.database.transaction() as records:
        signed = sign_checkpoint(records, KeyFile(tmp_path / "ledger.key"), at=NOON, by="awards")
    assert signed is not None
    home = visitor.get("/en/")
    assert f"{signed.checkpoint.size} events" in home.text
    assert "/en/ledger" in home.text
    for line in signed.note.splitlines():
        assert line.replace("+", "&#43;") in visitor.get("/en/ledger").text.replace("+", "&#43;")
    file = visitor.get("/en/ledger/checkpoint.txt")
    assert (file.text, file.mimetype) == (signed.note, "text/plain")
    for address in ("/en/", "/en/ledger", "/en/ledger/checkpoint.txt"):
        answer = visitor.get(address)
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        again = visitor.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_an_auditor_reads_all_events_and_finds_some(office: Office) -> None:
    auditor = office.client(Role.AUDITOR)
    first = auditor.get("/committee/en/ledger").text
    assert "s&lt;59&gt;" in first
    assert "s&lt;1&gt;" not in first
    second = auditor.get("/committee/en/ledger?action=part.imported&page=2").text
    assert "s&lt;1&gt;" in second
    one = auditor.get("/committee/en/ledger?subject=s%3C7%3E&actor=p-1").text
    assert (one.count('data-l="When"'), "s&lt;7&gt;" in one) == (1, True)
    assert "No event fits." in auditor.get("/committee/en/ledger?until=28/2/2026").text
    found = auditor.get("/committee/en/ledger?since=1-3-2026&until=2026-03-01&action=part.imported")
    assert "60 events" in found.text


def test_a_day_that_cannot_be_read_is_told_beside_the_field_and_kept(office: Office) -> None:
    page = office.client(Role.AUDITOR).get("/committee/en/ledger?since=kemarin").text
    assert "Write a day, such as 1/3/2026." in page
    assert 'value="kemarin"' in page


def test_nobody_else_reads_the_ledger(office: Office) -> None:
    assert office.client(Role.JUROR).get("/committee/en/ledger").status_code == 403
