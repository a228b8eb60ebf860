"""Targets, effects and near misses, on an award for insuring workers."""

import zipfile
from pathlib import Path

import polars as pl
import pytest

from awards.domain.records import Edition
from awards.evaluation.effects import compare_changes
from awards.intake.types import ColumnMap
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.audits import hand_over_bundle
from awards.services.desk import Desk
from awards.services.editions import open_edition
from awards.services.imports import Delivery, import_part, layout_of
from awards.services.runs import evaluate_category
from awards.services.snapshots import take_snapshot
from awards.services.targets import ImportedTargets, import_targets
from tests.unit.services.insurers import ARREARS, CODE, HEAD, company
from tests.unit.services.world import ACT, World

ROWS = tuple(company(number, active=60 + 2 * number) for number in range(8))
FAILED = company(99, active=95, arrears=ARREARS)


@pytest.fixture(scope="module")
def bundled() -> RuleBook:
    return load_plugins(entry_points=False).rulebook


@pytest.fixture
def judged(tmp_path: Path, bundled: RuleBook) -> World:
    """Nine large companies, one of them in arrears, evaluated."""
    world = World(tmp_path, bundled)
    edition = open_edition(
        world.stores, CODE, program="paritrana-jatim", rulebook=bundled, act=ACT, decree="SK-1"
    )
    with world.stores.archive.workspace() as work:
        path = work / "data.csv"
        path.write_text("\n".join([HEAD, *ROWS, FAILED, ""]), "utf-8")
        imported = import_part(
            world.stores,
            path,
            edition=CODE,
            layout=layout_of(edition, "company", rulebook=bundled),
            column_map=ColumnMap(numbers="en"),
            delivery=Delivery(part="main"),
            act=ACT,
            work=work,
        )
        assert imported.inspection.refused == ()
    snapshot = take_snapshot(world.stores, edition, kind="company", rulebook=bundled, act=ACT)
    evaluate_category(
        world.stores,
        edition,
        category="usaha-besar",
        snapshot=snapshot,
        rulebook=bundled,
        act=ACT,
    )
    return world


def edition_of(world: World) -> Edition:
    return world.edition(CODE)


def import_rows(world: World, folder: Path, *rows: str) -> ImportedTargets:
    path = folder / "targets.csv"
    head = "kind,indicator,of,earlier,region,month,value,source"
    path.write_text("\n".join([head, *rows, ""]), "utf-8")
    return import_targets(
        world.stores,
        path,
        edition=edition_of(world),
        numbers="en",
        rulebook=world.rulebook,
        act=ACT,
    )


def test_a_target_is_compared_with_sums_and_growth_is_computed_from_both(
    judged: World, tmp_path: Path
) -> None:
    import_rows(
        judged,
        tmp_path,
        "company,active_participants,workers,participants_before,,,80,SK 1",
        "company,active_participants,workers,participants_before,35.78,,70,SK 2",
    )
    board = Desk(judged.stores, judged.rulebook).target_board(edition_of(judged), None)
    assert board is not None
    whole, surabaya = board.declared
    assert whole.realized is not None
    assert (whole.realized.numerator, whole.realized.denominator) == (631.0, 900.0)
    assert whole.realized.figure == pytest.approx(100 * 631 / 900)
    assert whole.realized.growth == pytest.approx((631 - 450) / 450)
    assert whole.share == pytest.approx(631 / 900 / 0.8)
    assert surabaya.realized is not None
    assert surabaya.realized.numerator == 62 + 66 + 70 + 74 + 95
    regions = next(part for part in board.parts if part.code == "region")
    assert [(line.code, line.target) for line in regions.lines] == [("35.15", None), ("35.78", 70)]
    assert judged.actions()[-1] == "targets.imported"


def test_targets_that_cannot_be_are_refused_by_their_address_and_nothing_is_saved(
    judged: World, tmp_path: Path
) -> None:
    before = judged.actions()
    found = import_rows(
        judged,
        tmp_path,
        "company,active_participants,,,,,10,SK",
        "firm,active_participants,,,,,10,SK",
        "company,unknown_thing,,,,,10,SK",
        "company,workers,,,3578,,10,SK",
        "company,workers,,,,2023-12,10,SK",
        "company,workers,,,,,ten,SK",
        "company,workers,,,,,10,",
        "company,active_participants,,,,,20,SK",
    )
    assert [(each.address, each.code) for each in found.inspection.refused] == [
        ("A3", "kind"),
        ("B4", "indicator"),
        ("E5", "region"),
        ("F6", "month"),
        ("G7", "value"),
        ("H8", "empty"),
        ("B9", "twice"),
    ]
    assert found.found is None
    assert judged.actions() == before
    assert Desk(judged.stores, judged.rulebook).target_board(edition_of(judged), None) is None


def test_a_month_without_data_is_not_compared(judged: World, tmp_path: Path) -> None:
    import_rows(judged, tmp_path, "company,workers,,,,2024-03,10,SK")
    board = Desk(judged.stores, judged.rulebook).target_board(edition_of(judged), None)
    assert board is not None
    assert board.declared[0].realized is None


def test_who_fails_one_gate_only_is_listed_with_the_figure(judged: World) -> None:
    misses = Desk(judged.stores, judged.rulebook).near_misses(edition_of(judged), "usaha-besar")
    gates = [each for each in misses or () if each.gate]
    assert [each.id for each in gates] == ["JJ0099"]
    assert [value for _, value, _ in gates[0].facts] == [ARREARS]


def test_a_few_more_people_lead_to_the_goal(judged: World) -> None:
    misses = Desk(judged.stores, judged.rulebook).near_misses(edition_of(judged), "usaha-besar")
    levers = [each for each in misses or () if each.lever]
    assert levers
    for miss in levers:
        assert miss.lever is not None
        assert miss.goal is not None
        assert miss.total is not None
        assert miss.lever.more >= 1
        assert miss.total < miss.goal <= miss.lever.total + 1e-9


def test_an_effect_is_the_difference_of_weighted_means() -> None:
    table = pl.DataFrame(
        {
            "stratum": ["a", "a", "a", "a", "b", "b", "b", "c"],
            "honored": [True, True, False, False, True, False, False, True],
            "before": [0.5, 0.5, 0.4, 0.6, 0.2, 0.2, 0.2, 0.1],
            "after": [0.7, 0.9, 0.5, 0.7, 0.4, 0.2, 0.4, 0.9],
        }
    )
    found = compare_changes(table)
    assert found is not None
    assert (found.honored.n, found.others.n, found.left_out) == (3, 4, 1)
    assert found.honored.change == pytest.approx((0.2 + 0.4 + 0.2) / 3)
    assert found.others.change == pytest.approx(0.1)
    assert found.interval is not None
    variance = 0.04 / 3 / 3 + (1 / 3) ** 2 * 0.02 / 2
    half = 4.303 * variance**0.5
    assert found.interval == pytest.approx((found.difference - half, found.difference + half))


def test_nobody_comparable_gives_no_effect() -> None:
    table = pl.DataFrame(
        {"stratum": ["a", "b"], "honored": [True, False], "before": [0.1, 0.1], "after": [1.0, 1.0]}
    )
    assert compare_changes(table) is None


def test_an_auditors_bundle_is_complete_and_the_ledger_says_who_received_it(
    judged: World, tmp_path: Path
) -> None:
    with judged.stores.database.reading() as records:
        run = records.runs.latest(CODE, "usaha-besar")
    assert run is not None
    output = tmp_path / "audit.zip"
    digest = hand_over_bundle(
        judged.stores,
        judged.sealed(run),
        receiver="Inspektorat",
        output=output,
        rulebook=judged.rulebook,
        act=ACT,
    )
    with zipfile.ZipFile(output) as bundle:
        assert {"snapshot.parquet", "cells.parquet", "results.parquet"} <= set(bundle.namelist())
    event = judged.ledger()[-1].event
    assert (event.action, event.subject) == ("bundle.handed-over", run.seal)
    assert event.detail == {"to": "Inspektorat", "sha256": digest}
