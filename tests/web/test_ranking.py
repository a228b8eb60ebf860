from flask.testing import FlaskClient

from tests.web.pages import RANKING, Page, read, visit
from tests.web.worlds import crowd_site


def test_a_ranking_is_searched_by_name_and_code(client: FlaskClient) -> None:
    text = read(client, f"{RANKING}?q=madiun")
    assert "Kota Madiun" in text.split("<tbody")[1]
    assert "Kota Malang" not in text.split("<tbody")[1]
    assert "Kota Madiun" in read(client, f"{RANKING}?q=35.03").split("<tbody")[1]


def test_a_ranking_is_filtered_by_attribute_and_title(client: FlaskClient) -> None:
    cities = read(client, f"{RANKING}?f-type=city").split("<tbody")[1]
    titled = read(client, f"{RANKING}?titled=1").split("<tbody")[1]
    assert cities.count('role="rowheader"') == 3
    assert "Kabupaten" not in cities
    assert titled.count('role="rowheader"') == 3


def test_a_ranking_is_sorted_by_name(client: FlaskClient) -> None:
    rows = read(client, f"{RANKING}?sort=name").split("<tbody")[1]
    assert rows.index("Kabupaten Kediri") < rows.index("Kota Surabaya")


def test_a_search_without_result_offers_the_nearest_name(client: FlaskClient) -> None:
    page = Page(read(client, f"{RANKING}?q=Kota+Madyun"))
    assert "No candidate is called “Kota Madyun”. Did you mean Kota Madiun ?" in page.words
    assert "/en/ipm-2024/local/?q=Kota+Madiun" in page.links


def test_a_shared_place_is_said(client: FlaskClient) -> None:
    rows = read(client, RANKING).split("<tbody")[1]
    assert rows.count("shared") == 2


def test_what_a_ranking_does_not_know_is_refused_in_words(client: FlaskClient) -> None:
    refusals = {
        "?sort=foo": "This ranking cannot be sorted by “foo”.",
        "?f-type=moon": "This ranking cannot be filtered by “type: moon”.",
        "?f-color=red": "This ranking cannot be filtered by “color: red”.",
        "?page=0": "“0” is not a whole number from 1.",
        "?page=x": "“x” is not a whole number from 1.",
        "?page=99999999999": "“99999999999” is not a whole number from 1.",
        "?size=7": "A page has 50, 100, 200 rows.",
        f"?q={'a' * 101}": "The search text has more than 100 characters.",
    }
    for query, words in refusals.items():
        response = client.get(RANKING + query)
        assert response.status_code == 400, query
        assert words in Page(response.get_data(as_text=True)).words


def test_a_crowd_is_paged_with_a_jump_to_a_place() -> None:
    client = visit(crowd_site())
    page = Page(read(client, f"{RANKING}?page=68"))
    assert "Showing 3,351–3,400 of 66,150" in page.words
    numbers = [link for link in page.links if "?page=" in link or link.endswith("/#table")]
    assert f"{RANKING}?page=1323#table" in numbers
    assert f"{RANKING}?page=67#table" in numbers
    assert f"{RANKING}#table" in numbers
    jumped = Page(read(client, f"{RANKING}?to=3,360"))
    assert "Showing 3,351–3,400 of 66,150" in jumped.words
    larger = Page(read(client, f"{RANKING}?to=66.150&size=200"))
    assert "Showing 66,001–66,150 of 66,150" in larger.words


def test_a_page_past_the_last_is_the_last() -> None:
    words = Page(read(visit(crowd_site(120)), f"{RANKING}?page=9")).words
    assert "Showing 101–120 of 120" in words


def test_a_long_name_stands_in_full(client: FlaskClient) -> None:
    long = "Kabupaten Perkebunan dan Pengolahan Hasil Bumi Nusantara Sejahtera Bersama Selatan"
    assert long in Page(read(client, RANKING)).words
