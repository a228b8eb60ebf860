from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.fake_site import FakeSite
from tests.web.pages import ADDRESSES, RANKING, Page, read, visit
from tests.web.worlds import crowd_site, open_site, places_site, winners_site

HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{ 7*7 }}&amp;"""


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_well_formed_without_inline_code_or_style(
    client: FlaskClient, address: str, language: str
) -> None:
    page = Page(read(client, address.replace("/en/", f"/{language}/")))
    assert page.unmatched == []
    assert len(page.ids) == len(set(page.ids))
    assert page.tags.count("h1") == 1
    assert "script" not in page.tags
    assert {name for name in page.attributes if name == "style" or name.startswith("on")} == set()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_of_every_page_leads_somewhere(
    client: FlaskClient, address: str, language: str
) -> None:
    page = Page(read(client, address.replace("/en/", f"/{language}/")))
    inside = [link for link in page.links if link.startswith("#")]
    assert {link[1:] for link in inside} <= set(page.ids)
    leads = {link.partition("#")[0] for link in page.links} - {""}
    statuses = {}
    for link in leads:
        with client.get(link) as response:
            statuses[link] = response.status_code
    assert {link for link, status in statuses.items() if status not in {200, 302}} == set()


def test_nothing_is_loaded_from_anybody_else(client: FlaskClient) -> None:
    for address in ADDRESSES:
        links = Page(read(client, address)).links
        assert [link for link in links if not link.startswith(("/", "#"))] == []


def test_the_switch_keeps_place_and_question(client: FlaskClient) -> None:
    page = Page(read(client, f"{RANKING}?q=kota&sort=life&f-type=city"))
    assert "/id/ipm-2024/local/?q=kota&sort=life&f-type=city" in page.links


def test_the_switch_hands_no_query_to_the_making_of_addresses(client: FlaskClient) -> None:
    page = Page(read(client, f"{RANKING}?_scheme=javascript&_external=1&_anchor=x"))
    assert [link for link in page.links if link.startswith("javascript")] == []


def test_hostile_names_stay_words() -> None:
    site = open_site((HOSTILE, "=cmd|' /C calc'!A1", *(f"Kota {n}" for n in range(6))))
    client = visit(site)
    for address in (
        RANKING,
        f"{RANKING}c/35.01",
        f"{RANKING}map",
        "/en/",
        f"{RANKING}?q={HOSTILE}",
    ):
        text = read(client, address)
        page = Page(text)
        assert HOSTILE in page.words or "35.01" in address, address
        assert "<script" not in text
        assert "onerror" not in page.attributes
        assert "img" not in page.tags


def test_a_hostile_search_is_quoted_in_the_answer(client: FlaskClient) -> None:
    page = Page(read(client, RANKING + "?q=%3Csvg/onload%3Dalert(1)%3E"))
    assert "No candidate is called “<svg/onload=alert(1)>”." in page.words
    assert "onload" not in page.attributes


def test_indonesian_and_english_pages_show_numbers_in_their_own_way(client: FlaskClient) -> None:
    indonesian = Page(read(client, "/id/ipm-2024/local/c/35.01")).words
    english = Page(read(client, "/en/ipm-2024/local/c/35.01")).words
    assert "95,00 tahun" in indonesian
    assert "95.00 years" in english
    assert "Buku jejak, catatan no. 1.284, 29 Juli 2025 14.05 WIB" in indonesian
    assert "Ledger, entry no. 1,284, 29 July 2025 14:05 WIB" in english


def test_nothing_published_is_said_kindly() -> None:
    words = Page(read(visit(FakeSite()), "/id/")).words
    assert "Belum ada yang diumumkan" in words


def test_an_unpublished_edition_looks_like_one_that_never_was(client: FlaskClient) -> None:
    never = client.get("/en/ipm-1999/local/")
    assert never.status_code == 404
    assert "There is no such page" in never.get_data(as_text=True)
    assert client.get("/en/ipm-2024/none/").get_data() == client.get("/en/x/y/").get_data().replace(
        b"/id/x/y/", b"/id/ipm-2024/none/"
    )


def test_an_edition_with_one_category_leads_to_its_ranking(client: FlaskClient) -> None:
    assert client.get("/en/ipm-2024/").headers["Location"] == RANKING


def test_an_edition_with_several_categories_lists_them() -> None:
    client = visit(crowd_site(60))
    page = Page(read(client, "/en/ipm-2024/"))
    assert {"/en/ipm-2024/local/", "/en/ipm-2024/few/"} <= set(page.links)
    assert "/en/ipm-2024/" in Page(read(client, RANKING)).links


def test_the_ladder_shows_holders_with_certificates_and_joint_titles_level() -> None:
    site = open_site()
    key = ("ipm-2024", "local")
    first, second, *rest = site.rows[key]
    site.rows[key] = (first, replace(second, title=first.title), *rest)
    text = read(visit(site), RANKING)
    assert text.count('<li class="step-1">') == 2
    assert text.count('<li class="step-2">') == 1
    assert "See the certificate" in text


def test_winners_only_says_that_other_values_are_not_announced() -> None:
    client = visit(winners_site())
    page = Page(read(client, RANKING))
    assert "The values of the other candidates are not announced." in page.words
    assert "5 more candidates were ranked." in page.words
    assert "Candidates with a title" in page.words
    assert "Kabupaten Kediri" not in page.words
    assert client.get(f"{RANKING}c/35.07").status_code == 404
    assert client.get(f"{RANKING}c/35.01").status_code == 200


def test_a_map_names_withheld_areas_and_says_nothing_of_them() -> None:
    page = Page(read(visit(winners_site()), f"{RANKING}map"))
    assert page.tags.count("title") == 1 + 8
    assert "Kota Surabaya: 95.00, place 1" in page.words
    assert "Kediri" in page.words
    assert f"{RANKING}?q=35.01#table" in page.links
    assert not any("35.07" in link for link in page.links)


def test_a_category_without_map_has_no_page_for_it() -> None:
    client = visit(places_site())
    assert client.get(f"{RANKING}map").status_code == 404
    assert f"{RANKING}map" not in Page(read(client, RANKING)).links


def test_places_only_links_no_scorecard_that_is_withheld() -> None:
    client = visit(places_site())
    page = Page(read(client, RANKING))
    assert "Kabupaten Kediri" in page.words
    assert f"{RANKING}c/35.07" not in page.links
    assert f"{RANKING}c/35.01" in page.links
    assert client.get(f"{RANKING}c/35.07").status_code == 404


def test_a_missing_value_is_said_with_what_it_did(client: FlaskClient) -> None:
    words = Page(read(client, f"{RANKING}c/35.04")).words
    told = "The value is missing: its weight went to the other criteria of the group."
    assert f"Expected schooling: {told}" in words
    assert "no value" in words


def test_a_scorecard_names_the_cell_that_a_value_came_from(client: FlaskClient) -> None:
    words = Page(read(client, f"{RANKING}c/35.01")).words
    assert "BPS Jawa Timur: ipm.xlsx · Data · D17" in words


def test_the_method_page_says_rules_digests_and_commands(client: FlaskClient) -> None:
    words = Page(read(client, f"{RANKING}method")).words
    assert "The weights are illustrative: no regulation sets them." in words
    assert "From 0 to 84.5." in words
    assert "Arrears must be settled." in words
    assert "9c41e07a" * 8 in words
    assert f"awards run verify bundle.zip --seal {'9c41e07a' * 8}" in words


def test_nobody_is_told_to_compute_again_what_is_withheld() -> None:
    words = Page(read(visit(winners_site()), f"{RANKING}method")).words
    assert "awards run verify" not in words
    assert "go to auditors" in words


def test_every_page_of_the_application_is_among_those_tested(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    reached = {adapter.match(each.partition("?")[0])[0] for each in ADDRESSES}
    elsewhere = {
        "root.front_door",
        "root.static",
        "root.healthz",
        "public.edition",
        "public.download",
        "public.certificate_file",
        "public.checkpoint_file",
    }
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == reached | elsewhere
