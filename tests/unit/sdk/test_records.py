from typing import Any

import pytest

from awards.domain.errors import NotFound
from awards.sdk import COMPANY, BadDeclaration, Indicator, RecordColumn, RecordType, Scheme, Tally

TITLE = {"en": "Something"}
NAME = RecordColumn(code="label", title=TITLE)
HOURS = RecordColumn(code="hours", title=TITLE, type=int)
SHARE = RecordColumn(code="share", title=TITLE, type=float)
HOST = RecordColumn(code="host", title=TITLE, register="company")
TRIPS = RecordType(code="trips", title=TITLE, columns=(NAME, HOURS, SHARE, HOST), key=("label",))


@pytest.mark.parametrize(
    ("declared", "why"),
    [
        ({"code": "row"}, "every table of records has one"),
        ({"code": "hours", "type": int, "values": {"a": TITLE}}, "only text has values"),
        ({"code": "hours", "type": int, "register": "company"}, "only text has values"),
    ],
)
def test_a_column_that_contradicts_itself_is_refused(declared: dict[str, Any], why: str) -> None:
    with pytest.raises(BadDeclaration, match=why):
        RecordColumn(title=TITLE, **declared)


@pytest.mark.parametrize(
    ("declared", "why"),
    [
        ({"how": "sum", "column": "label"}, "sum needs a column of numbers"),
        ({"how": "mean"}, "count takes no column, the others need one"),
        ({"column": "hours"}, "count takes no column"),
        ({"where": {"color": ("red",)}}, "names columns it does not have: color"),
        ({"registered": {"label": True}}, "matched with a register but names none"),
    ],
)
def test_a_tally_that_cannot_be_counted_is_refused(declared: dict[str, Any], why: str) -> None:
    with pytest.raises(BadDeclaration, match=why):
        Tally(record=TRIPS, **declared)


@pytest.mark.parametrize(
    ("declared", "yields"),
    [
        ({}, int),
        ({"how": "distinct", "column": "label"}, int),
        ({"how": "sum", "column": "hours"}, int),
        ({"how": "maximum", "column": "share"}, float),
        ({"how": "mean", "column": "hours"}, float),
    ],
)
def test_an_indicator_has_the_type_that_its_tally_yields(
    declared: dict[str, Any], yields: type[int] | type[float]
) -> None:
    tally = Tally(record=TRIPS, **declared)
    other = float if yields is int else int
    assert Indicator(code="x", title=TITLE, unit="u", type=yields, tally=tally).tally == tally
    with pytest.raises(BadDeclaration, match="its tally yields"):
        Indicator(code="x", title=TITLE, unit="u", type=other, tally=tally)


def test_what_is_counted_is_not_combined() -> None:
    with pytest.raises(BadDeclaration, match="is not combined"):
        Indicator(
            code="x", title=TITLE, unit="u", type=int, tally=Tally(record=TRIPS), combine="sum"
        )


def test_a_kind_is_seen_as_its_sender_numbers_it() -> None:
    by_nib = COMPANY.numbered_by("NIB")
    assert (by_nib.code, by_nib.scheme, by_nib.id_pattern) == ("company", "NIB", "[0-9]{13}")
    assert COMPANY.numbered_by(None) is COMPANY.numbered_by("NPP") is COMPANY
    with pytest.raises(NotFound, match="Schemes: NPP, NIB, NPWP"):
        COMPANY.numbered_by("KTP")


def test_a_scheme_whose_example_does_not_fit_is_refused() -> None:
    with pytest.raises(BadDeclaration, match="does not fit its pattern"):
        Scheme(code="NIB", title=TITLE, pattern="[0-9]{13}", example="12")
