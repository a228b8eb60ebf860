"""Places come from integers: float noise decides nothing."""

from fractions import Fraction
from itertools import accumulate

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from awards.sdk import Group, Leaf, Use
from tests.unit.evaluation.small import STEADY, category, column, group, leaf, rows, run

TWELFTHS = Use(code="identity", parameters={"maximum": 12})
RUBRIC = Use(code="identity", parameters={"maximum": 5})


def places_of(totals: list[tuple[Fraction, ...]]) -> list[int]:
    """The place of each: one more than the number of those before it."""
    return [1 + sum(other > mine for other in totals) for mine in totals]


@STEADY
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 4), min_size=1, max_size=60))
def test_totals_of_twelfths_that_are_equal_on_paper_share_a_place(
    months: list[tuple[int, ...]],
) -> None:
    codes = ["a", "b", "c", "d"]
    definition = category(*(leaf(code, scale=TWELFTHS) for code in codes))
    data = {code: [row[at] for row in months] for at, code in enumerate(codes)}
    ids = [f"N{number:03d}" for number in range(len(months))]
    expected = places_of([(Fraction(sum(row)),) for row in months])
    assert column(run(definition, {"id": ids} | data), "place") == expected


@STEADY
@given(
    weights=st.lists(st.integers(1, 40), min_size=3, max_size=5),
    steps=st.lists(st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=1, max_size=50),
)
def test_rubrics_of_six_steps_are_placed_as_exact_fractions_are(
    weights: list[int], steps: list[list[int]]
) -> None:
    codes = [f"r{at}" for at in range(len(weights))]
    leaves = [leaf(code, weight, scale=RUBRIC) for code, weight in zip(codes, weights, strict=True)]
    definition = category(*leaves, tie_breakers=(codes[-1],))
    data = {code: [row[at] for row in steps] for at, code in enumerate(codes)}
    ids = [f"N{number:03d}" for number in range(len(steps))]
    exact = [
        (Fraction(sum(w * s for w, s in zip(weights, row, strict=False)), sum(weights)),
         Fraction(row[len(weights) - 1]))
        for row in steps
    ]  # fmt: skip
    assert column(run(definition, {"id": ids} | data), "place") == places_of(exact)


def nested(weights: list[int]) -> tuple[Group | Leaf, ...]:
    a, b, c, d = weights
    inner = group("inner", leaf("a", a, scale=TWELFTHS), leaf("b", b, scale=RUBRIC), weight=3)
    return inner, group("other", leaf("c", c, scale=TWELFTHS), leaf("d", d, scale=RUBRIC), weight=4)


@STEADY
@given(
    weights=st.lists(st.integers(1, 12), min_size=4, max_size=4),
    values=st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 5), st.integers(0, 12), st.integers(0, 5)),
        min_size=2,
        max_size=40,
    ),
)
def test_groups_of_groups_are_placed_as_exact_fractions_are(
    weights: list[int], values: list[tuple[int, int, int, int]]
) -> None:
    a, b, c, d = weights
    exact = [
        (
            Fraction(3, 7) * (a * Fraction(w, 12) + b * Fraction(x, 5)) / (a + b)
            + Fraction(4, 7) * (c * Fraction(y, 12) + d * Fraction(z, 5)) / (c + d),
        )
        for w, x, y, z in values
    ]
    data = {code: [row[at] for row in values] for at, code in enumerate("abcd")}
    ids = [f"N{number:03d}" for number in range(len(values))]
    found = run(category(*nested(weights)), {"id": ids} | data)
    assert column(found, "place") == places_of(exact)


def test_all_combinations_of_four_times_twelve_months_take_49_places() -> None:
    months = pl.DataFrame({"a": range(13)})
    grid = months.join(months.rename({"a": "b"}), how="cross")
    grid = grid.join(grid.rename({"a": "c", "b": "d"}), how="cross")
    data = {"id": [f"N{row:05d}" for row in range(grid.height)], **grid.to_dict(as_series=False)}
    definition = category(*(leaf(code, scale=TWELFTHS) for code in "abcd"))
    counted = grid.select(total=pl.sum_horizontal("a", "b", "c", "d")).to_series().value_counts()
    sizes = counted.sort("total", descending=True)["count"].to_list()
    starts = [1 + before for before in accumulate([0, *sizes[:-1]])]
    placed = run(definition, data).results["place"].value_counts().sort("place")
    assert list(placed.iter_rows()) == list(zip(starts, sizes, strict=True))


def test_equal_totals_share_a_place_and_the_next_places_stay_empty() -> None:
    assert column(run(category(leaf("a")), {"a": [70, 80, 70, 60]}), "place") == [2, 1, 2, 4]


def test_tie_is_broken_by_the_points_of_a_criterion() -> None:
    data = {"a": [40, 60, 50], "b": [60, 40, 50]}
    found = run(category(leaf("a"), leaf("b"), tie_breakers=("b",)), data)
    assert rows(found, "total", "place") == [(50.0, 1), (50.0, 3), (50.0, 2)]


def test_tie_is_broken_by_the_value_of_a_group() -> None:
    inner = group("inner", leaf("a"), leaf("b"), weight=2)
    data = {"a": [40, 60, 50], "b": [40, 60, 50], "c": [70, 30, 50]}
    found = run(category(inner, leaf("c", 2), tie_breakers=("inner",)), data)
    assert rows(found, "total", "place") == [(55.0, 1), (45.0, 3), (50.0, 2)]
    tied = run(
        category(inner, leaf("c", 2), tie_breakers=("inner",)),
        {"a": [40, 60, 50], "b": [40, 60, 50], "c": [60, 40, 50]},
    )
    assert rows(tied, "total", "place") == [(50.0, 3), (50.0, 1), (50.0, 2)]


def test_second_tie_breaker_counts_where_the_first_is_equal() -> None:
    data = {"a": [40, 40, 60], "b": [50, 60, 40], "c": [60, 50, 50], "d": [50, 50, 50]}
    found = run(category(*(leaf(x) for x in "abcd"), tie_breakers=("a", "c")), data)
    assert rows(found, "total", "place") == [(50.0, 2), (50.0, 3), (50.0, 1)]


def test_candidate_without_points_in_the_tie_breaker_comes_last_among_the_tied() -> None:
    definition = category(
        leaf("a"), leaf("b", missing="reweight"), tie_breakers=("b",), least_share=0
    )
    found = run(definition, {"a": [50, 50, 100], "b": [None, 50, 0]})
    assert rows(found, "total", "place") == [(50.0, 3), (50.0, 1), (50.0, 2)]


def test_tied_in_all_tie_breakers_still_share_a_place() -> None:
    data = {"a": [50, 50, 40], "b": [50, 50, 60]}
    assert column(run(category(leaf("a"), leaf("b"), tie_breakers=("a",)), data), "place") == [
        1,
        1,
        3,
    ]


def test_difference_of_one_unit_of_precision_makes_a_place() -> None:
    found = run(category(leaf("a")), {"a": [50.0, 50.000000001, 50.0000000001]})
    assert column(found, "place") == [2, 1, 2]
