"""The normal distribution as an expression."""

import math

import narwhals as nw
import polars as pl
import pytest

from awards.sdk import normal_cdf


def of(values: list[float | None]) -> list[float | None]:
    frame = nw.from_native(pl.DataFrame({"z": pl.Series(values, dtype=pl.Float64)}))
    return frame.select(found=normal_cdf(nw.col("z")))["found"].to_list()


def test_normal_cdf_is_right_to_the_thirteenth_decimal() -> None:
    values = [at / 250 for at in range(-10_000, 10_001)]
    expected = [0.5 * math.erfc(-value / math.sqrt(2)) for value in values]
    assert of(values) == pytest.approx(expected, abs=1e-13)


def test_normal_cdf_is_symmetric_and_a_half_in_the_middle() -> None:
    values = [at / 100 for at in range(1, 900)]
    below, above = of([-value for value in values]), of(values)
    assert [1.0 - each for each in below if each is not None] == above
    assert of([0.0]) == pytest.approx([0.5], abs=1e-15)


def test_normal_cdf_ends_at_nothing_and_everything_and_keeps_missing_missing() -> None:
    assert of([-40.0, 40.0, -1e300, 1e300, None]) == [0.0, 1.0, 0.0, 1.0, None]
