"""The demo builds made-up editions through the same acts as real ones."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from awards.documents.certificates import find_design
from awards.documents.templates import templates_folder
from awards.evaluation.columns import Standing
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.carrying import carry_over
from awards.services.certificates import Issue
from awards.services.computing import compute_here
from awards.services.demo import (
    Made,
    MadeUp,
    Step,
    Workshop,
    build_edition,
    plan_edition,
    sample_editions,
)
from awards.services.editions import open_edition
from awards.services.snapshots import take_snapshot
from awards.services.stores import Stores
from awards.storage.archive import Archive
from awards.storage.database import open_database
from tests.unit.services.world import ACT, DECREE

CODE = "paritrana-jatim-2024"
COMPANIES, GOVERNMENTS, VILLAGES = 300, 38, 60


@dataclass(frozen=True)
class Built:
    shop: Workshop
    made: Made
    told: tuple[Step, ...]

    def results(self, category: str) -> pl.DataFrame:
        """The results of *category*, as they were sealed."""
        codes = [each.category for each in self.made.runs]
        seal = self.made.runs[codes.index(category)].seal
        return pl.read_parquet(self.shop.stores.archive.run_results(seal))

    def data(self, category: str) -> pl.DataFrame:
        """The snapshot that *category* was judged by."""
        [run] = [each for each in self.made.runs if each.category == category]
        return pl.read_parquet(self.shop.stores.archive.snapshot_table(run.snapshot))


@pytest.fixture(scope="module")
def bundled() -> RuleBook:
    designs = templates_folder() / "certificates"
    return load_plugins(entry_points=False, designs=designs).rulebook


def workshop(root: Path, rulebook: RuleBook, *, made_up: MadeUp) -> Workshop:
    database = open_database(f"sqlite:///{root / 'awards.sqlite3'}")
    database.migrate()
    design = find_design(rulebook.certificate_design("kawung").folder)
    issue = Issue(
        design=design, language="id", verify_base="http://localhost", dated=date(2025, 7, 29)
    )
    return Workshop(
        stores=Stores(database, Archive(root)),
        rulebook=rulebook,
        compute=compute_here,
        issue_of=lambda _: issue,
        made_up=made_up,
        tell=lambda _: None,
        act=ACT,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, bundled: RuleBook) -> Iterator[Built]:
    root = tmp_path_factory.mktemp("made-up")
    told: list[Step] = []
    shop = workshop(root, bundled, made_up=MadeUp(size=COMPANIES, seed=2024))
    shop = replace(shop, tell=told.append)
    made = build_edition(shop, bundled.programs["paritrana-jatim"], CODE)
    yield Built(shop, made, tuple(told))
    shop.stores.database.close()


def test_everybody_made_up_is_imported_without_a_refused_row(built: Built) -> None:
    with built.shop.stores.database.reading() as records:
        parts = [
            part
            for kind in ("company", "regency-city", "village")
            for part in records.parts.current(CODE, kind)
        ]
    assert {part.refused for part in parts} == {0}
    rows = {part.kind: part.rows for part in parts if part.records is None}
    assert rows == {"company": COMPANIES, "regency-city": GOVERNMENTS, "village": VILLAGES}
    assert {part.sender for part in parts} == {"data contoh (dibangkitkan, benih 2024)"}
    assert built.made.candidates == COMPANIES + GOVERNMENTS + VILLAGES


def test_each_category_is_decided_published_and_certified(built: Built) -> None:
    with built.shop.stores.database.reading() as records:
        assert records.publications.of(CODE) == built.made.publication
    found = {each.category for each in built.made.certificates}
    assert found == {each.category for each in built.made.runs}
    assert len(found) == 5
    assert len(built.made.certificates) >= 15


def test_some_companies_fail_gates_and_some_cannot_be_assessed(built: Built) -> None:
    small = built.results("usaha-kecil-mikro")
    found = set(small["standing"])
    assert found == {Standing.RANKED, Standing.INELIGIBLE, Standing.NOT_ASSESSABLE}
    ranked = small.filter(pl.col("standing") == Standing.RANKED)
    assert ranked.height > small.height / 3


@pytest.mark.parametrize(
    "category",
    ["kabupaten-kota", "desa-kelurahan", "usaha-besar", "usaha-menengah", "usaha-kecil-mikro"],
)
def test_totals_are_points_and_tell_candidates_apart(built: Built, category: str) -> None:
    totals = built.results(category)["total"].drop_nulls()
    assert 0 <= totals.min() < totals.max() <= 100  # type: ignore[operator]
    assert totals.n_unique() > totals.len() / 2


def test_no_scale_is_judged_in_two_categories(built: Built) -> None:
    businesses = ("usaha-besar", "usaha-menengah", "usaha-kecil-mikro")
    ids = pl.concat([built.results(each).select("id") for each in businesses])
    assert ids["id"].is_unique().all()
    assert COMPANIES - 5 < ids.height <= COMPANIES


def test_each_step_is_told_as_it_was_planned(built: Built, bundled: RuleBook) -> None:
    program = bundled.programs["paritrana-jatim"]
    assert built.told == tuple(plan_edition(program, CODE, made_up=built.shop.made_up))
    assert len(built.told) == 8
    assert all(each.seconds > 0 for each in built.told)


def test_building_again_changes_nothing_even_from_another_seed(built: Built) -> None:
    other = replace(built.shop, made_up=MadeUp(size=COMPANIES, seed=1))
    program = built.shop.rulebook.programs["paritrana-jatim"]
    with built.shop.stores.database.reading() as records:
        before = records.ledger.head()
    assert build_edition(other, program, CODE) == built.made
    with built.shop.stores.database.reading() as records:
        assert records.ledger.head() == before


def test_editions_without_data_are_built_only_when_data_are_made_up(bundled: RuleBook) -> None:
    real = [code for _, code in sample_editions(bundled, made_up=False)]
    both = [code for _, code in sample_editions(bundled, made_up=True)]
    assert real == [code for code in both if code != CODE]
    assert (real[0], both[-1]) == ("ipm-2020", CODE)


def test_what_was_counted_goes_on_to_the_national_stage_and_the_interview_does_not(
    built: Built,
) -> None:
    stores, rules = built.shop.stores, built.shop.rulebook
    target = open_edition(
        stores,
        "paritrana-nasional-2024",
        program="paritrana-nasional",
        rulebook=rules,
        act=ACT,
        decree=DECREE,
    )
    with stores.database.reading() as records:
        source = records.editions.get(CODE)
    for category in ("kabupaten-kota", "usaha-besar"):
        carry_over(stores, source, category=category, target=target, rulebook=rules, act=ACT)
    for kind, category in (("regency-city", "kabupaten-kota"), ("company", "usaha-besar")):
        snapshot = take_snapshot(stores, target, kind=kind, rulebook=rules, act=ACT)
        carried = pl.read_parquet(stores.archive.snapshot_table(snapshot.id))
        sent = built.data(category)
        first = built.results(category).filter(pl.col("place") == 1)["id"]
        counted = (
            ["innovations_count", "local_regulations"]
            if kind == "regency-city"
            else ["partner_enterprises_covered"]
        )
        expected = sent.filter(pl.col("id").is_in(first.implode())).select("id", *counted)
        assert carried.select("id", *counted).equals(expected)
        assert carried["interview_score"].is_null().all()
