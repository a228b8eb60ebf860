"""Peer groups, their medians, and what stands out beside them."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.evaluation.peers import Standing, leads, peer_attributes, peer_medians
from awards.sdk import COMPANY, REGENCY_CITY
from tests.unit.evaluation.small import category, leaf

AWARD = category(leaf("a"))


def results(*rows: tuple[str | None, float, float | None]) -> pl.LazyFrame:
    schema = {"sector": pl.String, "total": pl.Float64, "raw:a": pl.Float64}
    table = pl.LazyFrame(rows, schema=schema, orient="row")
    return table.with_columns(pl.col("raw:a").alias("points:a"))


def test_peers_are_alike_in_scale_and_sector_unless_the_category_says_otherwise() -> None:
    assert peer_attributes(AWARD, COMPANY) == ("scale", "sector")
    assert peer_attributes(category(leaf("a"), peers=("region",)), COMPANY) == ("region",)
    assert peer_attributes(category(leaf("a"), peers=()), COMPANY) == ()
    assert peer_attributes(AWARD, REGENCY_CITY) == ()


def test_a_category_that_says_nothing_of_peers_keeps_its_digest() -> None:
    assert "peers" not in AWARD.model_dump(mode="json")
    assert category(leaf("a"), peers=()).model_dump(mode="json")["peers"] == []


def test_medians_are_taken_over_each_group_and_who_lacks_the_attribute_has_none() -> None:
    table = results(("x", 10, 1), ("x", 20, 2), ("x", 90, None), ("y", 50, 5), (None, 1, 1))
    found = peer_medians(table, AWARD, alike=table.select("sector").collect())
    assert found.rows() == [("x", 3, 20.0, 1.5, 1.5), ("y", 1, 50.0, 5.0, 5.0)]


def test_small_groups_and_medians_over_few_values_are_withheld() -> None:
    table = results(("x", 10, 1), ("x", 20, 2), ("x", 90, None), ("y", 50, 5))
    found = peer_medians(table, AWARD, alike=table.select("sector").collect(), least=3)
    assert found.rows() == [("x", 3, 20.0, None, None)]


def test_without_attributes_everybody_is_a_peer() -> None:
    table = results(("x", 10, 1), (None, 20, 3))
    found = peer_medians(table, AWARD, alike=table.drop(pl.all()).collect())
    assert found.rows() == [(2, 15.0, 2.0, 2.0)]


def test_a_lead_is_against_the_median_or_else_against_the_own_total() -> None:
    given_ = [
        Standing("a", points=80.0, weight=50.0, contribution=40.0, peers=70.0),
        Standing("b", points=40.0, weight=50.0, contribution=20.0, peers=None),
        Standing("c", points=None, weight=0.0, contribution=0.0, peers=70.0),
    ]
    assert leads(given_, 60.0) == {"a": (5.0, True), "b": (-10.0, False)}


@given(points=st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_leads_against_the_own_total_sum_to_nothing(points: list[float]) -> None:
    weight = 100 / len(points)
    total = sum(points) / len(points)
    standings = [
        Standing(str(at), each, weight, each * weight / 100, None) for at, each in enumerate(points)
    ]
    assert sum(lead for lead, _ in leads(standings, total).values()) == pytest.approx(0, abs=1e-9)
