"""The category editor: a draft of one's own, saving, two at once, and locked rules."""

import re

import pytest
from flask.testing import FlaskClient

from awards.domain.people import Role
from awards.sdk.rulebook import RuleBook
from awards.services.rules import lock_rules, save_rules
from tests.web.drafting import (
    CODE,
    at,
    categories,
    first,
    form_of,
    save,
    submit,
    words,
)
from tests.web.members import Office, act, send, token_in
from tests.web.pages import Page


def test_every_page_of_the_editor_opens_in_both_languages(
    office: Office, chair: FlaskClient
) -> None:
    category = first(office)
    leaf = next(category.tree.leaves()).code
    pages = [
        "",
        "/who",
        "/ties",
        "/gather",
        "/data",
        "/try",
        "/remove",
        "/ladders/1",
        "/add/criterion",
        "/add/gate",
        "/add/ladder",
        f"/criteria/{leaf}",
        f"/criteria/{leaf}/scale",
        f"/groups/{category.tree.code}",
        *(f"/gates/{each.key}" for each in category.gates),
    ]
    for language in ("en", "id"):
        for page in pages:
            assert words(chair, at(office, page, language=language)), page
        for page in ("rules", "rules/review", "rules/new", "versions"):
            assert words(chair, f"/committee/{language}/{CODE}/{page}"), page


def test_what_is_edited_is_in_force_only_once_a_version_is_saved(
    office: Office, chair: FlaskClient
) -> None:
    leaf = first(office).tree.children[0]
    before = len(office.events())
    assert submit(chair, at(office), **{f"w-{leaf.code}": "12.5"}).status_code == 303
    assert (office.edition(CODE).version, len(office.events())) == (1, before)
    assert "12.5" in words(chair, f"/committee/en/{CODE}/rules/review")
    other = office.client(Role.MEMBER)
    assert "You have a draft" not in words(other, f"/committee/en/{CODE}/rules")
    save(chair)
    assert office.edition(CODE).version == 2
    assert first(office).tree.children[0].weight == 12.5
    assert office.events()[-1][1] == "rules.saved"


def test_a_weight_that_is_none_is_told_beside_it_and_what_was_typed_stays(
    office: Office, chair: FlaskClient
) -> None:
    codes = [each.code for each in first(office).tree.children]
    response = submit(
        chair, at(office, language="id"), **{f"w-{codes[0]}": "banyak", f"w-{codes[1]}": "7,5"}
    )
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "“banyak” bukan angka" in page or "banyak" in page
    assert 'value="7,5"' in page
    assert submit(chair, at(office), **{f"w-{codes[0]}": "0"}).status_code == 422


def test_order_changes_by_buttons_without_losing_typed_weights(
    office: Office, chair: FlaskClient
) -> None:
    codes = [each.code for each in first(office).tree.children]
    submit(chair, at(office), do=f"down:{codes[0]}", **{f"w-{codes[1]}": "9"})
    save(chair)
    children = first(office).tree.children
    assert [each.code for each in children[:2]] == [codes[1], codes[0]]
    assert children[0].weight == 9


def test_weights_can_be_made_to_sum_to_a_hundred(office: Office, chair: FlaskClient) -> None:
    code = first(office).tree.children[0].code
    submit(chair, at(office), **{f"w-{code}": "250"})
    submit(chair, at(office), do=f"spread:{first(office).tree.code}")
    assert "Sum of the weights: 100" in words(chair, at(office))
    save(chair)
    assert sum(each.weight for each in first(office).tree.children) == pytest.approx(100)


def test_criteria_are_gathered_in_a_group_and_taken_away(
    office: Office, chair: FlaskClient
) -> None:
    leaves = [each.code for each in first(office).tree.leaves()]
    sent = form_of(chair, at(office, "/gather"))
    chair.post(
        at(office, "/gather"),
        data={
            "csrf_token": sent["csrf_token"],
            "code": "two",
            "title_id": "Dua",
            "weight": "30",
            "members": leaves[:2],
        },
    )
    submit(chair, at(office), do=f"remove:{leaves[-1]}")
    save(chair)
    tree = first(office).tree
    assert [each.code for each in tree.groups()][-1] == "two"
    assert leaves[-1] not in [each.code for each in tree.leaves()]


def test_a_filter_is_counted_before_it_is_kept(office: Office, chair: FlaskClient) -> None:
    local = next(each for each in categories(office) if each.kind == "regency-city")
    address = f"/committee/en/{CODE}/categories/{local.code}/who"
    token = form_of(chair, address)["csrf_token"]
    data = {"csrf_token": token, "title_id": "Kota", "where_type": ["city"]}
    counted = chair.post(address, data=data | {"do": "count"})
    page = Page(counted.get_data(as_text=True)).words
    assert re.search(r"9 of 38 candidates compete|\d+ of \d+ candidates compete", page)
    assert "no changes" not in page
    assert "You have a draft" not in words(chair, f"/committee/en/{CODE}/rules")
    chair.post(address, data=data)
    save(chair)
    changed = office.edition(CODE).definition.category(local.code)
    assert changed is not None
    assert changed.where == {"type": ("city",)}


def test_tie_breakers_are_named_in_order(office: Office, chair: FlaskClient) -> None:
    leaves = [each.code for each in first(office).tree.leaves()]
    submit(chair, at(office, "/ties"), tie_1=leaves[1], tie_2=leaves[0])
    save(chair)
    assert first(office).tie_breakers[:2] == (leaves[1], leaves[0])


def test_a_draft_is_tried_on_made_up_data(office: Office, chair: FlaskClient) -> None:
    local = next(each for each in categories(office) if each.kind == "regency-city")
    page = words(chair, f"/committee/en/{CODE}/categories/{local.code}/try?on=made-up")
    assert "First places" in page
    assert office.edition(CODE).version == 1


def test_the_workbook_to_fill_in_is_downloaded(office: Office, chair: FlaskClient) -> None:
    response = chair.get(at(office, "/template.xlsx"))
    assert response.data.startswith(b"PK")


def test_of_two_at_once_the_second_sees_both_and_loses_nothing(
    office: Office, rulebook: RuleBook, chair: FlaskClient
) -> None:
    code = first(office).tree.children[0].code
    submit(chair, at(office), **{f"w-{code}": "3"})
    member = office.client(Role.MEMBER, name="Anggota Cepat")
    submit(member, f"/committee/en/{CODE}/rules/new", code="baru", title_id="Baru", kind="village")
    save(member)
    review = f"/committee/en/{CODE}/rules/review"
    clash = chair.get(review)
    page = Page(clash.get_data(as_text=True)).words
    assert clash.status_code == 409
    assert "Anggota Cepat saved version 2 meanwhile" in page
    assert office.edition(CODE).version == 2
    token = token_in(clash.get_data(as_text=True))
    chair.post(f"/committee/en/{CODE}/rules/merge", data={"csrf_token": token})
    save(chair)
    assert office.edition(CODE).version == 3
    assert first(office).tree.children[0].weight == 3
    assert office.edition(CODE).definition.category("baru") is not None


def test_locked_rules_are_changed_with_a_reason_and_a_second_person(
    office: Office, chair: FlaskClient
) -> None:
    lock_rules(office.stores, CODE, decree="SK 1", act=act())
    code = first(office).tree.children[0].code
    submit(chair, at(office), **{f"w-{code}": "3"})
    review = f"/committee/en/{CODE}/rules/review"
    assert submit(chair, review).status_code == 422
    submit(chair, review, reason="Rapat pleno")
    assert office.edition(CODE).version == 1
    with office.stores.database.reading() as records:
        [request] = records.countersigns.of(CODE)
    member = office.client(Role.MEMBER)
    assert send(member, f"/committee/en/{CODE}/countersigns/{request.id}").status_code == 303
    assert (office.edition(CODE).version, first(office).tree.children[0].weight) == (2, 3)
    assert "You have a draft" not in words(chair, f"/committee/en/{CODE}/rules")


def test_the_last_category_cannot_be_taken_away(
    office: Office, rulebook: RuleBook, chair: FlaskClient
) -> None:
    edition = office.edition(CODE)
    kept = edition.definition.model_copy(update={"categories": (first(office),)})
    save_rules(office.stores, kept, based_on=1, rulebook=rulebook, act=act())
    response = submit(chair, at(office, "/remove"))
    assert response.status_code == 422
    assert len(categories(office)) == 1


def test_a_draft_is_thrown_away(office: Office, chair: FlaskClient) -> None:
    code = first(office).tree.children[0].code
    submit(chair, at(office), **{f"w-{code}": "3"})
    review = f"/committee/en/{CODE}/rules/review"
    send(chair, f"/committee/en/{CODE}/rules/discard", page=review)
    assert "You have a draft" not in words(chair, f"/committee/en/{CODE}/rules")
