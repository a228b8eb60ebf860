"""Made-up candidates: in a real frame, hanging together, the same from the same seed."""

import hashlib
import math
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from awards.sdk import COMPANY, Sample
from awards_criteria.population import edition, micro
from awards_criteria.population.chance import Spread
from awards_criteria.population.companies import (
    company_names,
    company_table,
    crosswalk_table,
    draw_companies,
    npp,
)
from awards_criteria.population.edition import generated, write_edition
from awards_criteria.population.firms import LARGE, MEDIUM, MICRO, SECTORS, SMALL, Firms
from awards_criteria.population.governments import draw_governments, government_table
from awards_criteria.population.records import partner_table, regulation_table
from awards_criteria.population.regions import EMPLOYED, regions
from awards_criteria.population.villages import draw_villages, village_table

SEED, SIZE = 2024, 20_000
TEXT = ("id", "name", "region", "sector")


@pytest.fixture(scope="module")
def firms() -> Firms:
    return draw_companies(SEED, SIZE)


@pytest.fixture(scope="module")
def companies(firms: Firms) -> pl.DataFrame:
    return company_table(SEED, firms).with_columns(
        scale=pl.Series(firms.scale), care=pl.Series(firms.care)
    )


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def written(folder: Path, *, seed: int = SEED, size: int = 300) -> tuple[Sample, ...]:
    folder.mkdir()
    return write_edition(folder, edition="e", seed=seed, size=size)


def test_one_seed_gives_one_edition_byte_for_byte(tmp_path: Path) -> None:
    written(tmp_path / "one")
    written(tmp_path / "again")
    assert digests(tmp_path / "one") == digests(tmp_path / "again")


def test_another_seed_gives_another_edition(tmp_path: Path) -> None:
    written(tmp_path / "one")
    written(tmp_path / "other", seed=SEED + 1)
    one, other = digests(tmp_path / "one"), digests(tmp_path / "other")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] == other[name]] == []


def test_an_edition_names_its_files_kinds_and_records_and_says_it_is_made_up(
    tmp_path: Path,
) -> None:
    samples = generated("e").make(tmp_path, 7, 300)
    found = {each.file.stem: (each.kind, each.records) for each in samples}
    assert found == {
        "perusahaan": ("company", None),
        "binaan": ("company", "partners"),
        "nilai-panel-company": ("company", "panel-scores"),
        "pemerintah-daerah": ("regency-city", None),
        "peraturan": ("regency-city", "regulations"),
        "inovasi-daerah": ("regency-city", "innovations"),
        "nilai-panel-regency-city": ("regency-city", "panel-scores"),
        "desa-kelurahan": ("village", None),
        "inovasi-desa": ("village", "innovations"),
        "nilai-panel-village": ("village", "panel-scores"),
    }
    assert {each.sender for each in samples} == {"data contoh (dibangkitkan, benih 7)"}


@pytest.mark.parametrize("size", [1, 2, 5, 40])
def test_a_handful_of_companies_will_do(tmp_path: Path, size: int) -> None:
    samples = written(tmp_path / "few", size=size)
    assert pl.read_csv(samples[0].file).height == size


def test_villages_are_as_many_as_companies_in_proportion() -> None:
    sizes = {size: len(edition.draw_population(1, size).villages.id) for size in (300, 33_075)}
    assert sizes == {300: 60, 33_075: 4_247}


def test_companies_are_told_apart_and_nobody_bears_their_names(companies: pl.DataFrame) -> None:
    assert companies["id"].n_unique() == companies["name"].n_unique() == SIZE
    assert companies["id"].str.contains(rf"^(?:{COMPANY.id_pattern})$").all()
    assert companies["name"].str.contains(r"^(PT|CV|UD) [A-Z][a-z]+ [A-Z][a-z]+ [A-Z]").all()


def test_other_numbers_have_the_digits_they_have_in_life(firms: Firms) -> None:
    crosswalk = crosswalk_table(firms)
    forms = {each.code: each.pattern for each in COMPANY.other_schemes}
    for scheme, numbers in crosswalk.group_by("scheme"):
        assert numbers["id"].n_unique() == SIZE
        assert all(re.fullmatch(forms[str(scheme[0])], each) for each in numbers["id"].head(500))
    assert set(crosswalk["candidate"]) == set(npp(firms.serial, firms.region))


def test_scales_are_a_pyramid_that_sales_and_capital_agree_with(companies: pl.DataFrame) -> None:
    shares = companies["scale"].value_counts(normalize=True).sort("scale")["proportion"]
    assert shares.to_list() == sorted(shares, reverse=True)
    for column, bounds in {
        "annual_sales": (0, 2_000, 15_000, 50_000, math.inf),
        "capital": (0, 1_000, 5_000, 10_000, math.inf),
    }.items():
        for scale in (MICRO, SMALL, MEDIUM, LARGE):
            found = companies.filter(pl.col("scale") == scale)[column].drop_nulls()
            assert (found > bounds[scale]).all() and (found <= bounds[scale + 1]).all()


def test_nobody_has_an_impossible_value(companies: pl.DataFrame) -> None:
    low = companies.select(pl.exclude(*TEXT, "care").min()).row(0)
    assert min(low) >= 0
    for less, more in (
        ("active_participants", "protected_workers"),
        ("protected_workers", "registered_participants"),
        ("registered_participants", "workers"),
        ("jkk_participants", "active_participants"),
        ("jp_participants", "active_participants"),
        ("reported_wages", "paid_wages"),
        ("suppliers_registered", "suppliers"),
        ("app_users", "active_participants"),
        ("arrears", "contributions"),
    ):
        assert companies.filter(pl.col(less) > pl.col(more)).is_empty(), (less, more)
    assert companies["months_paid_on_time"].max() == companies["sipp_months"].max() == 12


def share(table: pl.DataFrame, of: pl.Expr) -> float:
    return float(table.select(of.mean()).item())


def test_some_cells_are_empty_and_some_questions_do_not_arise(companies: pl.DataFrame) -> None:
    shares = companies.null_count().row(0, named=True)
    assert 0 < shares["workers"] < 0.01 * SIZE
    assert shares["id"] == shares["name"] == shares["contributions"] == 0
    assert 0.01 < share(companies, pl.col("participants_before") == 0) < 0.06
    assert 0.1 < share(companies, pl.col("suppliers") == 0) < 0.6


def correlation(table: pl.DataFrame, one: pl.Expr, other: pl.Expr) -> float:
    return float(table.select(pl.corr(one, other, method="spearman")).item())


def test_compliance_hangs_together(companies: pl.DataFrame) -> None:
    coverage = pl.col("active_participants") / pl.col("workers")
    large = companies.filter(pl.col("scale") >= MEDIUM).drop_nulls()
    assert correlation(large, coverage, pl.col("months_paid_on_time")) > 0.2
    assert correlation(large, coverage, pl.col("reported_wages") / pl.col("paid_wages")) > 0.2
    assert correlation(large, pl.col("months_paid_on_time"), pl.col("arrears")) < -0.3
    assert correlation(large, pl.col("workers"), pl.col("annual_sales")) > 0.3


def test_small_companies_owe_fewer_schemes_and_run_fewer(companies: pl.DataFrame) -> None:
    run = companies.group_by("scale").agg(
        (pl.col("jp_participants") > 0).mean().alias("jp"),
        (pl.col("jht_participants") > 0).mean().alias("jht"),
    )
    run = run.sort("scale")
    assert run["jp"].to_list() == sorted(run["jp"])
    assert (run["jht"] >= run["jp"]).all()


def test_sectors_and_regions_are_the_agreed_ones(companies: pl.DataFrame) -> None:
    assert set(companies["sector"]) == set(SECTORS)
    assert set(companies["region"]) == set(regions()["code"])


def test_the_frame_adds_up_to_the_published_totals() -> None:
    frame = regions()
    totals = frame.select(pl.len(), pl.sum("districts", "kelurahan", "desa"))
    assert totals.row(0) == (38, 666, 773, 7_721)


def test_all_villages_have_codes_that_tell_region_and_level() -> None:
    governments = draw_governments(SEED)
    villages = draw_villages(SEED, governments)
    table = village_table(SEED, villages)
    assert table["id"].n_unique() == table.height == 8_494
    assert table["id"].str.contains(r"^35\.\d{2}\.\d{2}\.[12]\d{3}$").all()
    urban = table.filter(pl.col("id").str.slice(9, 1) == "1")
    assert urban.height == 773
    assert urban["name"].str.starts_with("Kelurahan ").all()
    assert table["name"].n_unique() == 8_494


def test_villages_together_employ_whom_their_governments_do() -> None:
    governments = draw_governments(SEED)
    villages = draw_villages(SEED, governments)
    found = np.bincount(villages.region, weights=villages.employed)
    assert found.tolist() == governments.employed.tolist()
    assert governments.employed.sum() == EMPLOYED


def test_a_city_of_wards_has_no_village_officials_and_two_declare_no_target() -> None:
    table = government_table(SEED, draw_governments(SEED))
    without = table.filter(pl.col("village_officials") == 0)["id"].to_list()
    assert without == [f"35.{city}" for city in range(71, 79)]
    assert table["coverage_target"].null_count() == 2
    assert 0.2 < share(table, pl.col("active_participants") / pl.col("employed_population")) < 0.5


def test_partners_are_in_the_register_or_not_and_some_are_claimed_twice(firms: Firms) -> None:
    partners = partner_table(SEED, firms)
    register = set(npp(firms.serial, firms.region))
    assert 0.3 < share(partners, pl.col("partner_id").is_in(register)) < 0.6
    assert 0 < partners["partner_id"].null_count() < 0.2 * partners.height
    named = partners.drop_nulls("partner_id")
    assert named.select("id", "partner_id").is_unique().all()
    assert 0 < named["partner_id"].is_duplicated().sum() < 0.3 * named.height
    assert named.filter(pl.col("id") == pl.col("partner_id")).is_empty()


def test_cities_are_ruled_by_mayors_and_regencies_by_regents() -> None:
    rules = regulation_table(SEED, draw_governments(SEED))
    city = pl.col("id").str.slice(3, 1) == "7"
    assert set(rules.filter(city)["form"]) <= {"perda", "perwali", "edaran"}
    assert set(rules.filter(~city)["form"]) <= {"perda", "perbup", "edaran"}
    assert rules.select("id", "form", "number", "year").is_unique().all()


def test_micro_enterprises_come_in_chunks_that_do_not_depend_on_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(micro, "CHUNK", 1_000)
    micro.write_micro(tmp_path / "few.csv", seed=SEED, size=1_500)
    micro.write_micro(tmp_path / "more.csv", seed=SEED, size=2_500)
    few = (tmp_path / "few.csv").read_text("utf-8")
    assert (tmp_path / "more.csv").read_text("utf-8").startswith(few)
    table = pl.read_csv(tmp_path / "more.csv")
    assert table.columns == list(micro.COLUMNS)
    assert table["id"].n_unique() == table.height == 2_500
    assert table["annual_sales"].max() <= 2_000  # type: ignore[operator]


def test_a_spread_never_gives_two_serials_one_number() -> None:
    spread = Spread(size=1_000, factor=377, shift=5)
    assert len(set(spread(np.arange(1_000)).tolist())) == 1_000


def test_names_do_not_repeat_among_a_million() -> None:
    serials = np.arange(1_000_000)
    none = np.zeros(1_000_000, dtype=np.int64)
    assert company_names(serials, scale=none, sector=none).n_unique() == 1_000_000
