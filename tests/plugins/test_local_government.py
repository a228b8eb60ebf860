"""Criteria for governments of regencies, cities and villages."""

from typing import Any

import pytest

from awards.sdk.compiled import Reason, compile_criterion
from awards.sdk.testing import check_criterion, measure_rows
from tests.plugins.rules import bundled, frame

CRITERIA = (
    "universal-coverage",
    "coverage-against-target",
    "non-civil-staff-coverage",
    "village-officials-coverage",
    "vulnerable-workers-coverage",
    "regulation-ladder",
    "innovation",
)


def measured(code: str, *rows: dict[str, Any], **parameters: Any) -> list[float | None]:
    return measure_rows(bundled().criterion(code), rows, parameters=parameters)


def reasons(code: str, *rows: dict[str, Any]) -> list[Reason]:
    criterion = bundled().criterion(code)
    names = [each.code for each in criterion.inputs] + list(criterion.attributes)
    table = frame({name: [row.get(name) for row in rows] for name in names})
    found = table.with_columns(reason=compile_criterion(criterion, {}).reason)
    return [Reason(each) for each in found["reason"].to_list()]


@pytest.mark.parametrize("code", CRITERIA)
def test_criterion_is_safe_to_judge_with(code: str) -> None:
    check_criterion(bundled().criterion(code))


def test_coverage_is_computed_from_its_two_figures_never_typed() -> None:
    east_java = {"active_participants": 4_336_959, "employed_population": 14_531_668}
    [found] = measured("universal-coverage", east_java)
    assert round(100 * found, 2) == 29.84


def test_coverage_is_set_against_the_target_of_the_area() -> None:
    row = {"active_participants": 30, "employed_population": 100, "coverage_target": 40.0}
    untold = {name: value for name, value in row.items() if name != "coverage_target"}
    assert measured("coverage-against-target", row, untold) == [0.75, None]
    assert bundled().indicators["coverage_target"].source is not None


CITY_WITHOUT = {"type": "city", "village_officials": 0, "village_officials_covered": 0}


def test_a_city_without_villages_is_not_asked_about_village_officials() -> None:
    untold = {"type": "city"}
    asked = {"type": "city", "village_officials": 40, "village_officials_covered": 30}
    rows = (CITY_WITHOUT, untold, asked)
    assert measured("village-officials-coverage", *rows) == [None, None, 0.75]
    assert reasons("village-officials-coverage", *rows) == [
        Reason.NOT_APPLICABLE,
        Reason.NOT_APPLICABLE,
        Reason.MEASURED,
    ]


def test_a_regency_that_does_not_say_is_missing() -> None:
    rows = ({"type": "regency"}, {"type": "desa"}, {"type": "kelurahan"})
    assert reasons("village-officials-coverage", *rows) == [
        Reason.MISSING,
        Reason.MISSING,
        Reason.NOT_APPLICABLE,
    ]


@pytest.mark.parametrize(
    ("perda", "head", "circulars", "rank"),
    [(1, 0, 0, 3.0), (1, 4, 9, 3.0), (0, 1, 5, 2.0), (0, 0, 7, 1.0), (0, 0, 0, 0.0)],
)
def test_the_highest_form_of_regulation_counts(
    perda: int, head: int, circulars: int, rank: float
) -> None:
    row = {"local_regulations": perda, "head_regulations": head, "circulars": circulars}
    assert measured("regulation-ladder", row) == [rank]


def test_regulations_are_counted_by_form() -> None:
    tallies = [each.tally for each in bundled().criterion("regulation-ladder").inputs]
    forms = [dict(tally.where)["form"] for tally in tallies if tally]
    assert forms == [("perda",), ("perbup", "perwali"), ("edaran",)]


@pytest.mark.parametrize(("count", "share"), [(0, 0.0), (1, 0.25), (4, 1.0), (9, 1.0)])
def test_innovations_are_a_share_of_those_expected(count: int, share: float) -> None:
    assert measured("innovation", {"innovations_count": count}, expected=4) == [share]


def test_budgets_are_not_asked_about_vulnerable_workers_where_there_are_none() -> None:
    rows = (
        {"vulnerable_workers": 200, "vulnerable_workers_paid_for": 50},
        {"vulnerable_workers": 0, "vulnerable_workers_paid_for": 0},
    )
    assert measured("vulnerable-workers-coverage", *rows) == [0.25, None]
