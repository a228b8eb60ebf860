"""Rates of contributions by the day, and the slices of construction contracts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards_criteria.social_security.care import VULNERABLE_WORKERS_HELPED
from awards_criteria.social_security.contributions import (
    construction_contribution,
    least_for_self_employed,
    pension_wage_cap,
    rates,
)
from tests.plugins.rules import STEADY

LAST_OLD, FIRST_NEW = date(2025, 2, 6), date(2025, 2, 7)


def percents(on: date, scheme: str, segment: str = "employee") -> dict[str, str]:
    found = [each for each in rates(on) if (each.scheme, each.segment) == (scheme, segment)]
    return {each.group or each.payer: str(each.percent) for each in found}


def test_work_accident_rates_by_risk_change_on_the_day_of_the_law() -> None:
    assert percents(LAST_OLD, "jkk") == {
        "very-low": "0.24",
        "low": "0.54",
        "medium": "0.89",
        "high": "1.27",
        "very-high": "1.74",
    }
    assert percents(FIRST_NEW, "jkk") == {
        "very-low": "0.10",
        "low": "0.40",
        "medium": "0.75",
        "high": "1.13",
        "very-high": "1.60",
    }


def test_only_what_stands_in_no_source_is_marked_as_computed() -> None:
    assert not [each for each in rates(LAST_OLD) if each.computed]
    marked = {(each.scheme, each.segment) for each in rates(FIRST_NEW) if each.computed}
    assert marked == {("jkk", "employee")}


def test_net_work_accident_rates_and_what_moves_to_loss_of_work_make_up_the_old_ones() -> None:
    moved = Decimal(percents(FIRST_NEW, "jkp")["jkk"])
    old, new = percents(LAST_OLD, "jkk"), percents(FIRST_NEW, "jkk")
    assert {risk: Decimal(new[risk]) + moved for risk in new} == {
        risk: Decimal(rate) for risk, rate in old.items()
    }


@pytest.mark.parametrize(("day", "sum_"), [(LAST_OLD, "0.46"), (FIRST_NEW, "0.36")])
def test_loss_of_work_is_paid_out_of_three_then_two_sources(day: date, sum_: str) -> None:
    assert sum(map(Decimal, percents(day, "jkp").values())) == Decimal(sum_)


def test_employees_rates_of_other_schemes() -> None:
    assert percents(LAST_OLD, "jkm") == {"employer": "0.30"}
    assert percents(LAST_OLD, "jht") == {"employer": "3.7", "worker": "2"}
    assert percents(LAST_OLD, "jp") == {"employer": "2", "worker": "1"}


def test_the_least_contribution_of_a_worker_without_wage_is_16800_rupiah() -> None:
    assert least_for_self_employed(date(2024, 12, 31)) == 16_800
    description = VULNERABLE_WORKERS_HELPED.description
    assert description is not None
    assert description["id"].endswith("Rp16.800 sebulan")
    assert description["en"].endswith("Rp16,800 a month")


def test_the_cap_of_pension_wages_is_unknown_where_no_source_was_seen() -> None:
    days = [date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2025, 3, 1)]
    assert [pension_wage_cap(day) for day in days] == [9_559_600, 10_042_300, 10_042_300, None]


@pytest.mark.parametrize(
    ("contract", "jkk", "jkm"),
    [
        (0, "0", "0"),
        (100_000_000, "210000", "30000"),
        (100_000_100, "210000.17", "30000.02"),
        (500_000_000, "890000", "110000"),
        (1_000_000_000, "1540000", "210000"),
        (5_000_000_000, "5940000", "610000"),
        (6_000_000_000, "6840000", "710000"),
    ],
)
def test_each_slice_of_a_construction_contract_has_its_own_rate(
    contract: int, jkk: str, jkm: str
) -> None:
    found = construction_contribution(contract)
    assert (found.jkk, found.jkm) == (Decimal(jkk), Decimal(jkm))


@STEADY
@given(st.integers(0, 10**11), st.integers(1, 10**9))
def test_a_larger_contract_never_contributes_less(contract: int, more: int) -> None:
    assert construction_contribution(contract).jkk < construction_contribution(contract + more).jkk


def test_a_contract_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be worth -1 rupiah"):
        construction_contribution(-1)
