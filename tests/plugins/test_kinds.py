"""Kinds of candidate, and what their ids tell."""

import re
from typing import Any

import narwhals as nw
import pytest

from tests.plugins.rules import bundled, frame


def derived(kind: str, attribute: str, *ids: str) -> list[Any]:
    found = next(each for each in bundled().kind(kind).attributes if each.code == attribute)
    assert found.derived is not None
    return frame({"id": ids}).with_columns(found=found.derived(nw.col("id")))["found"].to_list()


def test_all_kinds_are_registered() -> None:
    assert set(bundled().kinds) == {
        "company",
        "province",
        "regency-city",
        "village",
        "hospital",
        "university",
        "audited-workplace",
    }


def test_provinces_are_a_closed_list_of_38() -> None:
    names = bundled().kind("province").names
    assert len(names) == 38
    assert (names["35"], names["96"]) == ("Jawa Timur", "Papua Barat Daya")


def test_the_code_of_a_village_tells_its_type_and_region() -> None:
    codes = ("35.78.01.1001", "35.14.02.2001", "91.03.05.3001")
    assert derived("village", "type", *codes) == ["kelurahan", "desa", "desa-adat"]
    assert derived("village", "region", *codes) == ["35.78", "35.14", "91.03"]


@pytest.mark.parametrize("code", ["35.78.01", "3578011001", "35.78.01.4001", "35.78.01.001"])
def test_what_is_no_code_of_a_village_is_refused(code: str) -> None:
    assert not re.fullmatch(bundled().kind("village").id_pattern, code)


def test_companies_have_sectors_with_words_and_other_numbers() -> None:
    company = bundled().kind("company")
    sectors = next(each for each in company.attributes if each.code == "sector").values
    assert set(sectors) == {
        "agriculture",
        "mining",
        "manufacturing",
        "construction",
        "trade-services",
        "finance",
        "education",
        "health",
        "public-service",
    }
    patterns = {each.code: each.pattern for each in company.other_schemes}
    assert re.fullmatch(patterns["NIB"], "9120001234567")
    assert re.fullmatch(patterns["NPWP"], "0012345678901000")
    assert not re.fullmatch(patterns["NPWP"], "12345678901000")
