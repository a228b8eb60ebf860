from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from awards.domain.canonical import QUANTA
from awards.evaluation.exact import exact_sum
from tests.unit.evaluation.small import STEADY

MONEY = st.floats(min_value=0, max_value=1e12, allow_nan=False)


def total(values: list[float]) -> float:
    frame = pl.DataFrame({"x": pl.Series(values, dtype=pl.Float64)})
    found: float = frame.select(exact_sum("x", pl.Float64())).item()
    return found


@STEADY
@given(st.lists(MONEY, min_size=1, max_size=20))
def test_a_sum_is_that_of_the_quantized_values_in_any_order(values: list[float]) -> None:
    quanta = sum(round(Fraction(value) * QUANTA) for value in values)
    assert total(values) == total(values[::-1]) == total(sorted(values))
    assert abs(Fraction(total(values)) - Fraction(quanta, QUANTA)) <= Fraction(
        total(values)
    ) / 2**50 + Fraction(len(values), QUANTA)


def test_tenths_add_up_to_one() -> None:
    assert total([0.1] * 10) == 1.0


def test_whole_numbers_are_added_as_they_are() -> None:
    frame = pl.DataFrame({"x": [2**53, 1]})
    assert frame.select(exact_sum("x", pl.Int64())).item() == 2**53 + 1
