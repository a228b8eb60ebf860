"""Firms with several numbers, in files of several senders, as one candidate."""

from datetime import date

import polars as pl
import pytest

from awards.domain.errors import NotFound
from awards.domain.published import IndicatorValue, SourceCell
from awards.evaluation.errors import PartsDisagree
from awards.services.candidates import IdsNotJoined
from awards.services.imports import layout_of
from awards.services.verification import verify_run
from tests.unit.services.senders import CODE, Senders

HEAD = ("id", "name", "workers", "active")
NIB, NPWP = "9120001234567", "0012345678901000"


def table(senders: Senders) -> list[dict[str, object]]:
    path = senders.stores.archive.snapshot_table(senders.lock().id)
    return (
        pl.read_parquet(path)
        .drop(pl.selectors.by_name("partners_all", "covered_partners", "understanding"))
        .to_dicts()
    )


def value(senders: Senders, code: str, candidate: str) -> IndicatorValue:
    values = [one for each in senders.explain(candidate).criteria for one in each.score.values]
    return next(each for each in values if each.code == code)


def two_branches(senders: Senders) -> Senders:
    """One firm under two numbers, with 40 workers in one file and 60 in the other."""
    senders.send([HEAD, ("AA001", "PT Maju", 40, 30), ("BB001", "PT Lain", 7, 7)], part="satu")
    senders.send([HEAD, ("AA002", "PT Maju Cabang Dua", 60, 45)], part="dua")
    senders.join(("NPP", "AA002", "AA001"))
    return senders


def test_a_firm_with_two_numbers_in_two_files_is_one_candidate_with_the_sum(
    senders: Senders,
) -> None:
    assert table(two_branches(senders)) == [
        {"id": "AA001", "name": "PT Maju", "workers": 100, "active": 75},
        {"id": "BB001", "name": "PT Lain", "workers": 7, "active": 7},
    ]


def test_both_source_cells_of_a_sum_are_explained_with_what_stands_in_them(
    senders: Senders,
) -> None:
    found = value(two_branches(senders), "workers", "AA001")
    one = SourceCell(
        file="dua.xlsx", sheet="Data", address="C2", part="dua", sender="Cabang dua", value=60
    )
    two = SourceCell(
        file="satu.xlsx", sheet="Data", address="C2", part="satu", sender="Cabang satu", value=40
    )
    assert found == IndicatorValue(code="workers", value=100, source=one, more_sources=(two,))


def test_both_source_cells_of_a_sum_stand_on_the_public_scorecard(senders: Senders) -> None:
    run = two_branches(senders).run()
    senders.decide(run)
    senders.publish(CODE)
    edition = senders.site.edition(CODE)
    category = edition.category("firms") if edition else None
    card = senders.site.scorecard(category, "AA001") if category else None
    assert card is not None
    [workers] = [one for each in card.scores for one in each.values if one.code == "workers"]
    cells = [
        (each.file, each.address, each.value)
        for each in (workers.source, *workers.more_sources)
        if each
    ]
    assert cells == [("dua.xlsx", "C2", 60), ("satu.xlsx", "C2", 40)]


def test_a_value_with_one_cell_carries_neither_others_nor_a_value_of_its_own(
    senders: Senders,
) -> None:
    found = value(two_branches(senders), "workers", "BB001")
    assert (found.value, found.more_sources, found.source and found.source.value) == (7, (), None)


def test_numbers_of_another_scheme_go_through_the_crosswalk(senders: Senders) -> None:
    senders.send([HEAD, ("AA001", "PT Maju", 40, 30)])
    senders.send([("NIB", "branches"), (NIB, 3)], part="dpmptsp", scheme="NIB")
    senders.join(("NIB", NIB, "AA001"))
    [row] = table(senders)
    assert (row["id"], row["workers"], row["branches"]) == ("AA001", 40, 3)


def test_numbers_that_no_entry_joins_stop_the_snapshot_with_what_to_do(senders: Senders) -> None:
    senders.send([HEAD, ("AA001", "PT Maju", 40, 30)])
    senders.send([("NIB", "branches"), (NIB, 3)], part="dpmptsp", scheme="NIB")
    before = senders.actions()
    with pytest.raises(IdsNotJoined) as refused:
        senders.lock()
    assert str(refused.value) == (
        "No crosswalk entry joins these numbers to candidates: 1 of part 'dpmptsp' by NIB, such "
        f"as {NIB}. Let likely ones be suggested: awards crosswalk suggest --edition {CODE} "
        "--kind company -o FILE.csv. Or bring in a crosswalk: awards crosswalk import FILE "
        "--kind company"
    )
    assert senders.actions() == before


def test_a_taxpayer_number_kept_as_a_number_is_refused_by_its_address(senders: Senders) -> None:
    rows = [("NPWP", "branches"), (NPWP, 1), (1234567890123456, 2)]
    imported = senders.send(rows, part="pajak", scheme="NPWP")
    assert imported.part is None
    [cell] = imported.inspection.refused
    assert (cell.address, cell.code) == ("A3", "id-digits-lost")


def test_ids_of_a_scheme_are_held_to_its_form(senders: Senders) -> None:
    imported = senders.send([("NIB", "branches"), ("91200", 1)], part="x", scheme="NIB")
    [cell] = imported.inspection.refused
    assert (cell.address, cell.code) == ("A2", "id-form")
    assert "9120001234567" in cell.reason["en"]


def test_a_scheme_that_does_not_exist_is_named_with_those_that_do(senders: Senders) -> None:
    with pytest.raises(NotFound, match=r"by 'KTP'. Schemes: NPP, NIB, NPWP"):
        layout_of(senders.firms, "company", rulebook=senders.rulebook, scheme="KTP")


def test_a_changed_crosswalk_changes_the_snapshot_and_the_same_one_does_not(
    senders: Senders,
) -> None:
    first = two_branches(senders).lock()
    assert senders.lock() == first
    senders.join(("NIB", NIB, "BB001"))
    assert senders.lock().id != first.id


def test_values_that_must_not_differ_are_refused_with_both_sources(senders: Senders) -> None:
    senders.send([("id", "branches"), ("AA001", 2)], part="a")
    senders.send([("id", "branches"), ("AA001", 3)], part="b", as_of=date(2025, 6, 30))
    with pytest.raises(PartsDisagree) as refused:
        senders.lock()
    assert "AA001: 2 (part 'a', a.xlsx row 2) and 3 (part 'b', b.xlsx row 2, as of 2025-06-30)" in (
        str(refused.value)
    )


def test_the_latest_date_holds_and_the_earlier_cell_is_still_told(senders: Senders) -> None:
    senders.send([("id", "target"), ("AA001", 80)], part="z", as_of=date(2025, 3, 31))
    senders.send([("id", "target"), ("AA001", 90)], part="a", as_of=date(2025, 1, 31))
    found = value(senders, "target", "AA001")
    assert found.value == 80
    told = [
        (each.part, each.value, each.as_of) for each in (found.source, *found.more_sources) if each
    ]
    assert told == [("z", 80, date(2025, 3, 31)), ("a", 90, date(2025, 1, 31))]


@pytest.mark.parametrize("day", [None, date(2025, 3, 31)])
def test_latest_values_without_a_later_date_are_refused(senders: Senders, day: date | None) -> None:
    senders.send([("id", "target"), ("AA001", 80)], part="a", as_of=date(2025, 3, 31))
    senders.send([("id", "target"), ("AA001", 90)], part="b", as_of=day)
    with pytest.raises(PartsDisagree, match="--as-of"):
        senders.lock()


def test_attributes_under_the_main_number_go_before_those_under_others(senders: Senders) -> None:
    senders.send([("id", "region", "workers"), ("AA002", "35.07", 60)], part="a")
    senders.send(
        [("id", "region", "sector", "workers"), ("AA001", "35.78", "health", 40)], part="b"
    )
    senders.join(("NPP", "AA002", "AA001"))
    [row] = table(senders)
    assert (row["region"], row["sector"], row["workers"]) == ("35.78", "health", 100)


def test_a_file_whose_figures_all_add_up_may_have_several_rows_for_one_id(
    senders: Senders,
) -> None:
    senders.send([HEAD, ("AA001", "PT Maju", 40, 30), ("AA001", "PT Maju", 60, 45)])
    assert [row["workers"] for row in table(senders)] == [100]
    found = value(senders, "workers", "AA001")
    assert [each.address for each in (found.source, *found.more_sources) if each] == ["C2", "C3"]


def test_the_same_row_twice_is_refused_although_figures_add_up(senders: Senders) -> None:
    row = ("AA001", "PT Maju", 40, 30)
    imported = senders.send([HEAD, row, row])
    found = [(each.address, each.code) for each in imported.inspection.refused]
    assert found == [("A2", "row-twice"), ("A3", "row-twice")]


def test_an_id_twice_is_refused_where_a_figure_does_not_add_up(senders: Senders) -> None:
    imported = senders.send([("id", "workers", "branches"), ("AA001", 40, 1), ("AA001", 60, 2)])
    found = [(each.address, each.code) for each in imported.inspection.refused]
    assert found == [("A2", "id-twice"), ("A3", "id-twice")]


def test_a_run_over_joined_parts_is_computed_again_to_the_same(senders: Senders) -> None:
    sealed = two_branches(senders).seal()
    assert verify_run(sealed, rulebook=senders.rulebook).answer == "same"
