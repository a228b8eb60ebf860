"""Forms made from what plugins declare: nobody wrote a form for any of them."""

from flask.testing import FlaskClient

from tests.web.drafting import (
    CODE,
    at,
    first,
    save,
    submit,
    words,
)
from tests.web.members import Office
from tests.web.pages import Page

TYPED = {
    "c_goal": "1,000.5",
    "c_years": "4",
    "c_strict": "y",
    "c_season": "wet",
    "c_note": "semua",
    "c_words-0-0": "pohon",
    "c_words-0-1": "trees",
    "c_steps-0-0": "0",
    "c_steps-0-1": "10",
    "c_steps-2-0": "5",
    "c_steps-2-1": "90",
    "c_by_sector-0-0": "mining",
    "c_by_sector-0-1": "2",
    "c_place-0-0": "Malang",
    "c_place-0-1": "0.5",
    "c_places-0-0": "Blitar",
    "c_places-0-1": "0.25",
    "c_deep": '{"a": {"b": [1, 2]}}',
}


def test_a_plugin_with_a_model_never_seen_gives_a_working_form(
    office: Office, chair: FlaskClient
) -> None:
    assert "Trees planted" in words(chair, at(office, "/add/criterion"))
    address = at(office, "/criteria/trees-planted")
    assert "Trees aimed at" in words(chair, address)
    assert "Target pohon" in words(chair, at(office, "/criteria/trees-planted", language="id"))
    response = submit(chair, address, **TYPED)
    assert response.status_code == 303, Page(response.get_data(as_text=True)).words
    save(chair)
    leaf = {each.code: each for each in first(office).tree.leaves()}["trees-planted"]
    assert leaf.parameters == {
        "goal": 1000.5,
        "years": 4,
        "strict": True,
        "season": "wet",
        "note": "semua",
        "words": {"id": "pohon", "en": "trees"},
        "steps": [[0.0, 10.0], [5.0, 90.0]],
        "by_sector": {"mining": 2.0},
        "place": {"name": "Malang", "share": 0.5},
        "places": [{"name": "Blitar", "share": 0.25}],
        "deep": {"a": {"b": [1, 2]}},
    }
    assert 'value="1,000.5"' in chair.get(address).get_data(as_text=True)


def test_what_a_plugin_refuses_is_told_beside_its_field(office: Office, chair: FlaskClient) -> None:
    address = at(office, "/criteria/trees-planted")
    response = submit(chair, address, c_goal="-3", c_years="2.5", **{"c_steps-0-0": "x"})
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    for field in ("c_goal", "c_years", "c_steps"):
        assert f'id="{field}-error"' in page, field
    assert 'value="-3"' in page
    assert 'value="x"' in page
    lacking = submit(chair, f"{address}?scale=bands")
    assert "Fill this in." in lacking.get_data(as_text=True)
    assert office.edition(CODE).version == 1


def test_bands_are_a_table_and_their_own_refusal_is_told(
    office: Office, chair: FlaskClient
) -> None:
    leaf = next(first(office).tree.leaves()).code
    address = at(office, f"/criteria/{leaf}") + "?scale=bands"
    rows = {"s_table-0-1": "0", "s_table-0-2": "0", "s_table-1-1": "0.5", "s_table-1-2": "100"}
    falling = rows | {"s_table-1-1": "-1"}
    refused = submit(chair, address, **falling)
    assert "must rise" in refused.get_data(as_text=True)
    assert submit(chair, address, **rows).status_code == 303
    save(chair)
    [changed] = [each for each in first(office).tree.leaves() if each.code == leaf]
    assert changed.scale.code == "bands"
    assert changed.scale.parameters["table"] == [[0.0, 0.0], [0.5, 100.0]]
