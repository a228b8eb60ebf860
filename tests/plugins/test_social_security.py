"""Criteria and gates for companies as employers."""

from typing import Any

import pytest

from awards.sdk.testing import check_criterion, check_gate, judge_rows, measure_rows
from tests.plugins.rules import bundled

CRITERIA = (
    "worker-coverage",
    "worker-registration",
    "worker-protection",
    "wage-reporting",
    "scheme-completeness",
    "punctual-contributions",
    "participant-growth",
    "contribution-growth",
    "partner-coverage",
    "supply-chain-coverage",
    "vulnerable-workers-helped",
    "digital-reporting",
    "app-use",
    "interview",
)
SCHEMES = ("jkk_participants", "jkm_participants", "jht_participants", "jp_participants")


def measured(code: str, *rows: dict[str, Any], **parameters: Any) -> list[float | None]:
    return measure_rows(bundled().criterion(code), rows, parameters=parameters)


def passed(code: str, *rows: dict[str, Any]) -> list[bool | None]:
    return judge_rows(bundled().gate(code), rows)


def company(scale: str | None, *insured: int | None, active: int = 10) -> dict[str, Any]:
    """A company of *scale* with as many insured in JKK, JKM, JHT and JP."""
    counts = dict(zip(SCHEMES, insured, strict=False))
    return {"scale": scale, "active_participants": active, **counts}


def without_active(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "active_participants"}


@pytest.mark.parametrize("code", CRITERIA)
def test_criterion_is_safe_to_judge_with(code: str) -> None:
    check_criterion(bundled().criterion(code))


@pytest.mark.parametrize("code", ["mandatory-schemes", "contributions-settled"])
def test_gate_is_safe_and_gives_its_reason_in_both_languages(code: str) -> None:
    gate = bundled().gate(code)
    check_gate(gate)
    assert set(gate.reason) == {"en", "id"}


def test_coverage_counts_active_participants_not_registered_nor_protected_ones() -> None:
    inputs = {
        code: [each.code for each in bundled().criterion(code).inputs]
        for code in ("worker-coverage", "worker-registration", "worker-protection")
    }
    assert inputs == {
        "worker-coverage": ["workers", "active_participants"],
        "worker-registration": ["workers", "registered_participants"],
        "worker-protection": ["workers", "protected_workers"],
    }
    rows = ({"workers": 100, "active_participants": 60}, {"workers": 0, "active_participants": 0})
    assert measured("worker-coverage", *rows) == [0.6, None]


def test_a_micro_firm_is_not_asked_for_the_pension_scheme() -> None:
    two = company("micro", 10, 10)
    assert measured("scheme-completeness", two) == [1.0]
    assert passed("mandatory-schemes", without_active(two)) == [True]


def test_schemes_are_asked_for_by_scale() -> None:
    three = [company(each, 10, 10, 10, 0) for each in ("micro", "small", "medium", "large")]
    assert measured("scheme-completeness", *three) == [1.0, 1.0, 0.75, 0.75]
    passing = passed("mandatory-schemes", *map(without_active, three))
    assert passing == [True, True, False, False]


def test_old_age_is_asked_of_a_small_firm() -> None:
    two = company("small", 10, 10, 0)
    assert measured("scheme-completeness", two) == [pytest.approx(2 / 3)]
    assert passed("mandatory-schemes", without_active(two)) == [False]


def test_a_scheme_for_half_of_the_workers_counts_half_and_for_more_counts_once() -> None:
    rows = (company("micro", 5, 10), company("micro", 15, 10))
    assert measured("scheme-completeness", *rows) == [0.75, 1.0]


def test_schemes_cannot_be_judged_without_a_scale_or_a_mandatory_figure() -> None:
    rows = (company(None, 10, 10, 10, 10), company("large", 10, 10, 10, None))
    assert measured("scheme-completeness", *rows) == [None, None]
    assert passed("mandatory-schemes", *map(without_active, rows)) == [None, None]


def test_no_rupiah_of_arrears_passes() -> None:
    rows = ({"arrears": 0.0}, {"arrears": 0.001}, {})
    assert passed("contributions-settled", *rows) == [True, False, None]


def test_growth_is_measured_against_its_target() -> None:
    rows = (
        {"active_participants": 105, "participants_before": 100},
        {"active_participants": 90, "participants_before": 100},
        {"active_participants": 10, "participants_before": 0},
        {"active_participants": 10},
    )
    found = measured("participant-growth", *rows, target=0.1)
    assert found == [pytest.approx(0.5), pytest.approx(-1.0), None, None]


def test_shares_of_a_year_are_exact() -> None:
    assert measured("punctual-contributions", {"months_paid_on_time": 12}) == [1.0]
    assert measured("digital-reporting", {"sipp_months": 6}) == [0.5]


def test_partners_and_suppliers_are_not_asked_for_where_there_are_none() -> None:
    assert measured(
        "partner-coverage",
        {"partner_enterprises": 4, "partner_enterprises_covered": 1},
        {"partner_enterprises": 0, "partner_enterprises_covered": 0},
    ) == [0.25, None]
    assert measured(
        "supply-chain-coverage",
        {"suppliers": 10, "suppliers_registered": 9},
        {"suppliers": 0, "suppliers_registered": 0},
    ) == [0.9, None]


def test_an_interview_that_was_not_held_is_missing_not_zero() -> None:
    assert measured("interview", {"interview_score": 80.5}, {}) == [80.5, None]


def test_counts_of_branches_add_up_and_sizes_of_the_enterprise_do_not() -> None:
    combined = {code: each.combine for code, each in bundled().indicators.items()}
    assert {combined[code] for code in ("workers", "active_participants", "arrears")} == {"sum"}
    assert {combined[code] for code in ("annual_sales", "capital")} == {"refuse"}
