"""Scales of companies by law, at exactly the bounds. Sales and capital in million rupiah."""

import pytest

from awards.sdk.testing import classify_rows
from tests.plugins.rules import bundled


def classed(scheme: str, measure: str, *values: float) -> list[str | None]:
    return classify_rows(bundled().classification(scheme), [{measure: each} for each in values])


@pytest.mark.parametrize(
    ("scheme", "measure", "bounds"),
    [
        ("pp-7-2021", "annual_sales", (2_000, 15_000, 50_000)),
        ("pp-7-2021", "capital", (1_000, 5_000, 10_000)),
        ("uu-20-2008", "annual_sales", (300, 2_500, 50_000)),
        ("agency-label", "annual_sales", (2_000, 15_000, 50_000)),
    ],
)
def test_exactly_at_the_bound_is_still_the_class_below(
    scheme: str, measure: str, bounds: tuple[float, ...]
) -> None:
    assert classed(scheme, measure, 0, *bounds) == ["micro", "micro", "small", "medium"]
    above = [bound + 0.001 for bound in bounds]
    assert classed(scheme, measure, *above) == ["small", "medium", "large"]


def test_head_count_bounds_are_49_and_100() -> None:
    found = classed("head-count", "workers", 1, 49, 50, 100, 101)
    assert found == ["small", "small", "medium", "medium", "large"]


def test_sales_decide_where_they_are_known_and_capital_where_not() -> None:
    scheme = bundled().classification("pp-7-2021")
    rows = [{"annual_sales": 2_000, "capital": 99_000}, {"capital": 99_000}, {}]
    assert classify_rows(scheme, rows) == ["micro", "large", None]


def test_the_agency_calls_large_companies_platinum() -> None:
    words = bundled().classification("agency-label").values["large"]
    assert words == {"en": "Platinum (large)", "id": "Platinum (besar)"}
