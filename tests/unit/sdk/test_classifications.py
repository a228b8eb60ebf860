"""Schemes that class candidates: half-open brackets, and what a declaration may say."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.sdk import Attribute, BadDeclaration, Brackets, Classification, Indicator, Kind
from awards.sdk.probing import probe_classification
from awards.sdk.testing import classify_rows


def figure(code: str) -> Indicator:
    return Indicator(code=code, title={"en": code}, type=float, unit="x", minimum=0)


SIZE = Attribute(
    code="size", title={"en": "Size"}, values={"s": {"en": "S"}, "m": {"en": "M"}, "l": {"en": "L"}}
)
FROM_ID = Attribute(code="half", title={"en": "Half"}, derived=lambda code: code.str.slice(0, 1))
SHOP = Kind(
    code="shop",
    title={"en": "Shop"},
    scheme="x",
    id_title={"en": "Id"},
    id_pattern="[0-9]+",
    id_example="1",
    attributes=(SIZE, FROM_ID),
)
SALES = Brackets(indicator=figure("sales"), steps=((10, "s"), (20, "m")), above="l")
CAPITAL = Brackets(indicator=figure("capital"), steps=((1, "s"), (2, "m")), above="l")
DECLARED: dict[str, Any] = {
    "code": "by-sales",
    "title": {"en": "By sales"},
    "attribute": "size",
    "kinds": (SHOP,),
    "tables": (SALES, CAPITAL),
    "values": SIZE.values,
    "source": {"en": "A law"},
}


def test_an_upper_bound_belongs_to_the_class_below_it() -> None:
    scheme = Classification(**DECLARED)
    sales = [0.0, 10.0, 10.01, 20.0, 20.01]
    assert classify_rows(scheme, [{"sales": each} for each in sales]) == ["s", "s", "m", "m", "l"]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.floats(min_value=0, max_value=1e9))
def test_every_value_falls_into_the_one_class_whose_bounds_hold_it(value: float) -> None:
    [found] = classify_rows(Classification(**DECLARED), [{"sales": value}])
    assert found == ("s" if value <= 10 else "m" if value <= 20 else "l")


def test_the_first_measure_that_is_known_decides() -> None:
    rows = [{"sales": 5, "capital": 99}, {"capital": 1.5}, {}]
    assert classify_rows(Classification(**DECLARED), rows) == ["s", "m", None]


def test_a_scheme_yields_text_for_everybody() -> None:
    probe_classification(Classification(**DECLARED))


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2020, 12, 31), False),
        (date(2021, 1, 1), True),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), False),
    ],
)
def test_both_days_of_validity_belong_to_it(day: date, *, valid: bool) -> None:
    dated = DECLARED | {"valid_from": date(2021, 1, 1), "valid_to": date(2024, 12, 31)}
    assert Classification(**dated).is_valid_on(day) is valid
    assert Classification(**DECLARED).is_valid_on(day)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kinds": ()}, "needs a kind of candidate and a table"),
        ({"tables": ()}, "needs a kind of candidate and a table"),
        ({"tables": (SALES, SALES)}, "has two tables by one measure"),
        ({"attribute": "color"}, "'shop' has no attribute 'color' to fill"),
        ({"attribute": "half"}, "'shop' has no attribute 'half' to fill"),
        ({"values": {"s": {"en": "S"}, "m": {"en": "M"}}}, "do not agree on 'l'"),
        (
            {
                "tables": (Brackets(indicator=figure("sales"), steps=((1, "s"),), above="xl"),),
                "values": {"s": {"en": "S"}, "xl": {"en": "XL"}},
            },
            "'size' of 'shop' is never 'xl'",
        ),
        ({"valid_from": date(2021, 1, 1), "valid_to": date(2020, 1, 1)}, "ends before it begins"),
    ],
)
def test_a_scheme_that_contradicts_itself_is_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(BadDeclaration, match=said):
        Classification(**DECLARED | changed)


@pytest.mark.parametrize(
    "steps", [(), ((20, "s"), (10, "m")), ((10, "s"), (10, "m")), ((float("inf"), "s"),)]
)
def test_brackets_need_bounds_that_rise(steps: tuple[tuple[float, str], ...]) -> None:
    with pytest.raises(BadDeclaration, match="at least one upper bound, rising"):
        Brackets(indicator=figure("sales"), steps=steps, above="l")


def test_what_is_sealed_quotes_the_bounds_as_text() -> None:
    assert Classification(**DECLARED | {"tables": (SALES,)}).quote() == {
        "code": "by-sales",
        "attribute": "size",
        "tables": [
            {"indicator": "sales", "steps": [["10.0", "s"], ["20.0", "m"]], "above": "l"},
        ],
    }
