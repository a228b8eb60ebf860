"""The bundled presets on their real data: what BPS published comes out again."""

import csv
from functools import cache
from importlib import resources
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from awards.evaluation.pipeline import evaluate
from awards.sdk import CategoryDefinition, Sample
from tests.plugins.rules import bundled

YEARS = range(2020, 2025)
Row = dict[str, Any]


@cache
def published(year: int) -> dict[str, Row]:
    """The rows of the published file by region code, as they are written."""
    data = resources.files("awards_criteria.human_development") / "data/ipm_jatim_2020_2024.csv"
    with data.open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row for row in csv.DictReader(file) if row["tahun"] == str(year)}


def sample_table(sample: Sample) -> pl.DataFrame:
    """The sample's rows and columns, with the type that follows from the id."""
    kept = [pl.col(name) == value for name, value in sample.rows.items()]
    text = pl.read_csv(sample.file, infer_schema=False).filter(*kept)
    named = text.select(pl.col(theirs).alias(ours) for ours, theirs in sample.columns.items())
    numbers = named.with_columns(pl.exclude("id", "name").cast(pl.Float64))
    derived = {each.code: each.derived for each in bundled().kind(sample.kind).attributes}
    found = {code: rule(nw.col("id")) for code, rule in derived.items() if rule}
    return nw.from_native(numbers, eager_only=True).with_columns(**found).to_native()


@cache
def results(program: str, edition: str) -> pl.DataFrame:
    """Results of the edition's category, best first."""
    preset = bundled().program(program)
    [sample] = [each for each in preset.samples if each.edition == edition]
    table = sample_table(sample)
    evaluation = evaluate(table.lazy(), category_of(program, edition), rulebook=bundled())
    return evaluation.results.collect().join(table, on="id").sort("place", "id")


def category_of(program: str, edition: str) -> CategoryDefinition:
    definition = bundled().program(program).definition
    [found] = [each for each in definition.editions if each.code == edition]
    return found.categories[0]


def index(year: int) -> pl.DataFrame:
    return results("ipm", f"ipm-{year}")


@pytest.mark.parametrize("year", YEARS)
def test_index_is_what_was_published_to_the_printed_decimals(year: int) -> None:
    found = {one: f"{total:.2f}" for one, total in index(year).select("id", "total").rows()}
    assert found == {code: f"{float(row['ipm']):.2f}" for code, row in published(year).items()}
    assert len(found) == 38


@pytest.mark.parametrize("year", YEARS)
def test_order_is_the_published_one_wherever_printed_values_differ(year: int) -> None:
    printed = [float(published(year)[one]["ipm"]) for one in index(year)["id"]]
    assert printed == sorted(printed, reverse=True)


@pytest.mark.parametrize("year", YEARS)
def test_nobody_shares_a_place_in_unrounded_order(year: int) -> None:
    assert index(year)["place"].to_list() == list(range(1, 39))


def standings(year: int, *names: str) -> list[tuple[str, int]]:
    """Name and place of those whose name ends in one of *names*, best first."""
    rows = index(year).select("name", "place").rows()
    return [(name, place) for name, place in rows if name.endswith(names)]


@pytest.mark.parametrize(
    ("year", "names"),
    [
        (2020, ("Kabupaten Sumenep", "Kabupaten Bondowoso")),
        (2021, ("Kabupaten Magetan", "Kabupaten Mojokerto")),
        (2024, ("Kabupaten Blitar", "Kabupaten Ngawi")),
    ],
)
def test_what_prints_alike_is_not_tied_and_stands_in_unrounded_order(
    year: int, names: tuple[str, str]
) -> None:
    printed = {row["ipm"] for row in published(year).values() if row["nama"] in names}
    found = standings(year, *names)
    assert len(printed) == 1
    assert [name for name, _ in found] == list(names)
    assert found[1][1] == found[0][1] + 1


def test_first_three_of_2024_and_their_classes() -> None:
    found = index(2024).select("name", "place", "title:0", "title:1").head(4).rows()
    assert found == [
        ("Kota Surabaya", 1, "place-1", "very-high"),
        ("Kota Malang", 2, "place-2", "very-high"),
        ("Kota Madiun", 3, "place-3", "very-high"),
        ("Kabupaten Sidoarjo", 4, None, "very-high"),
    ]


def test_index_within_the_welfare_preset_is_the_index_of_that_year() -> None:
    welfare = results("kesejahteraan", "kesejahteraan-2021").sort("id")
    own = index(2021).sort("id")
    assert welfare["id"].to_list() == own["id"].to_list()
    difference = (welfare["value:ipm"] - own["total"]).abs().max()
    assert difference == 0.0


def test_welfare_is_the_weighted_mean_of_its_three_groups() -> None:
    for row in results("kesejahteraan", "kesejahteraan-2021").iter_rows(named=True):
        groups = row["value:ipm"], row["value:economy"], row["value:basic-services"]
        expected = 0.45 * groups[0] + 0.35 * groups[1] + 0.20 * groups[2]
        assert row["total"] == pytest.approx(expected, abs=1e-9)


def test_least_poverty_earns_all_points_and_most_poverty_none() -> None:
    found = results("kesejahteraan", "kesejahteraan-2021").sort("raw:poverty")
    assert found["points:poverty"][0] == 100.0
    assert found["points:poverty"][-1] == 0.0


def test_candidate_without_a_component_is_told_so_and_has_no_place() -> None:
    preset = bundled().program("ipm")
    table = sample_table(preset.samples[-1]).with_columns(
        life_expectancy=pl.when(pl.col("id") != "35.78").then("life_expectancy")
    )
    found = evaluate(table.lazy(), category_of("ipm", "ipm-2024"), rulebook=bundled())
    surabaya = found.results.filter(pl.col("id") == "35.78").collect()
    names = ("gate:components-published", "standing", "place", "total", "raw:life-expectancy")
    assert surabaya.select(names).rows() == [(1, 1, None, None, None)]
    assert found.results.select(pl.col("place").count()).collect().item() == 37
