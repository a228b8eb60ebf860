from pathlib import Path

from flask.testing import FlaskClient

from tests.web.fake_site import FakeSite, with_certificate
from tests.web.pages import Page, read, visit
from tests.web.worlds import CODE, certificate, open_site


def test_unknown_and_unpublished_codes_get_the_same_answer(tmp_path: Path) -> None:
    """A certificate of an edition that is not public is not in the site at all: what
    is compared here is that no answer tells one code from another."""
    before, after = open_site(), open_site()
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.7")
    hidden = certificate(before.rows["ipm-2024", "local"][1], code="HIDDEN")
    after = with_certificate(after, hidden, paper)
    assert visit(after).get("/id/verify/HIDDEN").status_code == 200
    client = visit(before)
    answers = [
        client.get(f"/id/verify/{code}{rest}")
        for code in ("HIDDEN", "NEVER", "x" * 500, "%3Cb%3E")
        for rest in ("", "/certificate.pdf")
    ]
    assert {(each.status_code, each.get_data()) for each in answers} == {
        (404, answers[0].get_data())
    }
    assert {frozenset(each.headers.items()) for each in answers} == {
        frozenset(answers[0].headers.items())
    }


def test_a_genuine_certificate_is_shown_with_all_that_the_paper_says(client: FlaskClient) -> None:
    page = Page(read(client, f"/id/verify/{CODE}"))
    for words in (
        "Asli",
        "Kota Surabaya",
        "Juara I",
        "560/001/2025",
        "IPM24-0001",
        CODE,
        "1 Agustus 2025",
    ):
        assert words in page.words
    assert "5e" * 32 in page.words
    assert "/id/ipm-2024/local/c/35.01" in page.links


def test_the_form_leads_to_the_page_of_the_code(client: FlaskClient) -> None:
    for typed in (CODE, f"  {CODE.lower()} ", f"awards.example/id/verify/{CODE}/"):
        response = client.get("/id/verify", query_string={"code": typed})
        assert response.headers["Location"] == f"/id/verify/{CODE}"
    assert read(client, "/id/verify?code=").count("<form") == 1


def test_the_certificate_is_sent_as_a_file(client: FlaskClient) -> None:
    with client.get(f"/en/verify/{CODE}/certificate.pdf") as response:
        assert response.get_data() == b"%PDF-1.7 paper"
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"] == "attachment; filename=560-001-2025.pdf"


def test_a_certificate_outlives_the_pages_of_its_edition() -> None:
    site = open_site()
    alone = FakeSite(issued=site.issued)
    page = Page(read(visit(alone), f"/en/verify/{CODE}"))
    assert "Genuine" in page.words
    assert not any("ipm-2024" in link for link in page.links)
