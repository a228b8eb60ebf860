"""The scale of companies is computed when data is locked, and rules read it."""

import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from awards.domain.records import Edition, Run, Snapshot
from awards.evaluation.columns import Standing
from awards.intake.types import ColumnMap
from awards.registry import load_plugins
from awards.services.editions import open_edition
from awards.services.imports import Delivery, import_part, layout_of
from awards.services.runs import evaluate_category
from awards.services.snapshots import take_snapshot
from awards.services.stores import Stores
from awards.storage.archive import Archive
from awards.storage.database import open_database
from tests.unit.services.world import ACT

RULEBOOK = load_plugins(entry_points=False).rulebook
COUNTS = {
    "workers": 10,
    "registered_participants": 10,
    "active_participants": 10,
    "participants_before": 10,
    "jkk_participants": 10,
    "jkm_participants": 10,
    "paid_wages": 100,
    "reported_wages": 100,
    "months_paid_on_time": 12,
    "arrears": 0,
    "contributions": 10,
    "contributions_before": 10,
    "suppliers": 0,
    "suppliers_registered": 0,
    "vulnerable_workers_paid_for": 1,
    "sipp_months": 12,
    "app_users": 10,
}
MICRO = {"id": "MICRO", "annual_sales": 2_000}
SMALL = {"id": "SMALL", "annual_sales": 2_000.5, "jht_participants": 10}
SMALL_WITHOUT = {"id": "SMALLX", "annual_sales": 2_000.5, "jht_participants": 0}
NEW = {"id": "NEWLARGE", "capital": 10_000.5, "jht_participants": 10, "jp_participants": 10}
OWING = {"id": "OWING", "annual_sales": 1, "arrears": 0.5}
UNKNOWN = {"id": "UNKNOWN"}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    root = tmp_path_factory.mktemp("classified")
    database = open_database(f"sqlite:///{root / 'awards.sqlite3'}")
    database.migrate()
    yield Stores(database, Archive(root))
    database.close()


@pytest.fixture(scope="module")
def edition(stores: Stores) -> Edition:
    return open_edition(
        stores,
        "paritrana-jatim-2024",
        program="paritrana-jatim",
        rulebook=RULEBOOK,
        act=ACT,
        decree="SK-1",
    )


@pytest.fixture(scope="module")
def snapshot(
    stores: Stores, edition: Edition, tmp_path_factory: pytest.TempPathFactory
) -> Snapshot:
    work = tmp_path_factory.mktemp("work")
    rows = [COUNTS | each for each in (MICRO, SMALL, SMALL_WITHOUT, NEW, OWING, UNKNOWN)]
    deliver(stores, edition, rows, work)
    return take_snapshot(stores, edition, kind="company", rulebook=RULEBOOK, act=ACT)


def deliver(stores: Stores, edition: Edition, rows: list[dict[str, object]], work: Path) -> None:
    path = work / "companies.csv"
    pl.DataFrame(rows, infer_schema_length=None).write_csv(path)
    imported = import_part(
        stores,
        path,
        edition=edition.code,
        layout=layout_of(edition, "company", rulebook=RULEBOOK),
        column_map=ColumnMap(numbers="en"),
        delivery=Delivery(part="main"),
        act=ACT,
        work=work,
    )
    assert imported.part is not None


def evaluated(stores: Stores, edition: Edition, snapshot: Snapshot, category: str) -> pl.DataFrame:
    run: Run = evaluate_category(
        stores, edition, category=category, snapshot=snapshot, rulebook=RULEBOOK, act=ACT
    )
    return pl.read_parquet(stores.archive.run_results(run.seal))


def test_files_are_asked_for_measures_not_for_what_is_computed(edition: Edition) -> None:
    targets = layout_of(edition, "company", rulebook=RULEBOOK).targets
    assert {"annual_sales", "capital", "sector", "region"} <= set(targets)
    assert not {"scale", "partner_enterprises", "interview_score"} & set(targets)


def test_scales_are_exact_at_the_bound_and_missing_where_nothing_is_known(
    stores: Stores, snapshot: Snapshot
) -> None:
    table = pl.read_parquet(stores.archive.snapshot_table(snapshot.id))
    assert dict(table.select("id", "scale").iter_rows()) == {
        "MICRO": "micro",
        "SMALL": "small",
        "SMALLX": "small",
        "NEWLARGE": "large",
        "OWING": "micro",
        "UNKNOWN": None,
    }


def test_the_description_of_the_data_quotes_the_scheme(stores: Stores, snapshot: Snapshot) -> None:
    said = json.loads(stores.archive.snapshot_description(snapshot.id).read_bytes())
    assert said["classifications"] == [dict(RULEBOOK.classification("pp-7-2021").quote())]


def test_a_micro_firm_without_pension_and_old_age_is_judged_in_full(
    stores: Stores, edition: Edition, snapshot: Snapshot
) -> None:
    results = evaluated(stores, edition, snapshot, "usaha-kecil-mikro")
    columns = ("id", "standing", "gate:mandatory-schemes", "raw:scheme-completeness")
    assert results.select(columns).rows() == [
        ("MICRO", Standing.RANKED, 0, 1.0),
        ("OWING", Standing.INELIGIBLE, 0, 1.0),
        ("SMALL", Standing.RANKED, 0, 1.0),
        ("SMALLX", Standing.INELIGIBLE, 1, pytest.approx(2 / 3)),
    ]


def test_who_has_no_partners_and_no_interview_is_ranked_on_the_rest(
    stores: Stores, edition: Edition, snapshot: Snapshot
) -> None:
    results = evaluated(stores, edition, snapshot, "usaha-kecil-mikro")
    [total] = results.filter(pl.col("id") == "MICRO")["total"]
    weights = {"interview": 0.0, "vulnerable-workers-helped": 20 / 85 * 100}
    row = results.filter(pl.col("id") == "MICRO").row(0, named=True)
    assert {code: row[f"weight:{code}"] for code in weights} == pytest.approx(weights)
    growth = 50 / 85 * (3 + 3) / 50
    assert total == pytest.approx(100 * (1 - growth))


def test_a_company_whose_scale_is_unknown_is_in_no_category(
    stores: Stores, edition: Edition, snapshot: Snapshot
) -> None:
    assert evaluated(stores, edition, snapshot, "usaha-besar")["id"].to_list() == ["NEWLARGE"]
