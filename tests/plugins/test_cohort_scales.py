"""Scales that look at the cohort, step tables with stated edges, and rubrics, by hand."""

import narwhals as nw
import pytest

from awards.sdk import ScaleInput
from tests.plugins.rules import bundled, described, frame, points

FIVE = [1.0, 2.0, 2.0, 5.0, 10.0, None]
"""Mean 4; squared distances 9, 4, 4, 1, 36: the sample variance is 54 / 4 = 13.5."""

STEPS = ((0.0, 20.0), (50.0, 60.0), (90.0, 100.0))


def test_z_score_gives_the_mean_50_and_each_standard_deviation_10() -> None:
    deviation = 13.5**0.5
    expected = [50 + 10 * (value - 4) / deviation for value in (1, 2, 2, 5, 10)]
    assert points("z-score", FIVE) == [*(pytest.approx(each) for each in expected), None]
    less = points("z-score", FIVE, less_is_better=True)
    assert less == [*(pytest.approx(100 - each) for each in expected), None]


def test_z_score_by_the_normal_distribution_is_the_share_below() -> None:
    found = points("z-score", [-1.0, 0.0, 1.0], normal_cdf=True)
    assert found == [pytest.approx(15.865525393146), 50.0, pytest.approx(84.134474606854)]


def test_z_score_of_values_that_are_all_equal_or_alone_is_the_mean() -> None:
    assert points("z-score", [7.0, 7.0, None]) == [50.0, 50.0, None]
    assert points("z-score", [7.0]) == [50.0]
    assert points("z-score", [7.0, 7.0], normal_cdf=True) == pytest.approx([50.0, 50.0])


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        ("half", [10.0, 40.0, 40.0, 70.0, 90.0, None]),
        ("reached", [20.0, 60.0, 60.0, 80.0, 100.0, None]),
        ("below", [0.0, 25.0, 25.0, 75.0, 100.0, None]),
    ],
)
def test_percentile_counts_worse_and_equal_as_declared(
    counting: str, expected: list[float | None]
) -> None:
    assert points("percentile", FIVE, counting=counting) == expected


def test_percentile_counts_higher_values_where_less_is_better() -> None:
    found = points("percentile", FIVE, less_is_better=True)
    assert found == [90.0, 60.0, 60.0, 30.0, 10.0, None]


def test_percentile_of_one_candidate_alone() -> None:
    assert points("percentile", [3.0], counting="below") == [100.0]
    assert points("percentile", [3.0]) == [50.0]


def test_rank_falls_evenly_and_equal_values_share_the_better_one() -> None:
    assert points("rank", FIVE) == [0.0, 50.0, 50.0, 75.0, 100.0, None]
    assert points("rank", FIVE, less_is_better=True) == [100.0, 75.0, 75.0, 25.0, 0.0, None]
    assert points("rank", [3.0]) == [100.0]


def test_rank_gives_the_points_of_a_table_and_the_last_to_all_others() -> None:
    assert points("rank", FIVE, table=[100, 80, 70, 5]) == [5.0, 70.0, 70.0, 80.0, 100.0, None]


def test_rubric_gives_points_for_steps_and_none_between_them() -> None:
    found = points("rubric", [0.0, 5.0, 7.0, 100.0, None], step=5, maximum=100, off_steps="missing")
    assert found == [0.0, 5.0, None, 100.0, None]
    found = points("rubric", [1.0, 3.0], steps=[(1, 10), (3, 100)])
    assert found == [10.0, 100.0]


def test_rubric_turns_even_steps_around_where_less_is_better() -> None:
    assert points("rubric", [0.0, 1.0, 4.0], step=1, maximum=4, less_is_better=True) == [
        100.0,
        75.0,
        0.0,
    ]


@pytest.mark.parametrize(("less", "steps"), [(True, [(0, 0), (1, 9)]), (False, [(0, 9), (1, 0)])])
def test_rubric_refuses_steps_against_the_direction(
    less: bool, steps: list[tuple[float, float]]
) -> None:
    with pytest.raises(ValueError, match="is better here, but the last step"):
        points("rubric", [0.0], less_is_better=less, steps=steps)


def test_distance_loses_points_on_the_worse_side_only() -> None:
    values = [40.0, 45.0, 50.0, 60.0, None]
    assert points("distance", values, target=50) == [0.0, 50.0, 100.0, 100.0, None]
    assert points("distance", values, target=50, reach=40) == [75.0, 87.5, 100.0, 100.0, None]
    less = points("distance", values, target=50, less_is_better=True)
    assert less == [100.0, 100.0, 100.0, 0.0, None]


def test_distance_loses_points_on_both_sides_where_declared() -> None:
    found = points("distance", [40.0, 50.0, 55.0, 70.0], target=50, both_sides=True)
    assert found == [50.0, 100.0, 75.0, 0.0]


def test_distance_of_nobody_is_no_loss() -> None:
    assert points("distance", [60.0, 70.0], target=50) == [100.0, 100.0]


def test_edge_belongs_to_the_band_below_where_edges_are_excluded() -> None:
    values = [0.0, 0.001, 50.0, 50.001, 90.0, 91.0, None]
    found = points("bands", values, table=STEPS, edges="excluded")
    assert found == [0.0, 20.0, 20.0, 60.0, 60.0, 100.0, None]


@pytest.mark.parametrize(
    ("edges", "expected"),
    [("included", [20.0, 60.0, 60.0, 60.0]), ("excluded", [20.0, 20.0, 20.0, 60.0])],
)
def test_value_is_rounded_half_up_before_it_is_looked_up(edges: str, expected: list[float]) -> None:
    values = [49.94, 49.95, 50.04, 50.05]
    assert points("bands", values, table=STEPS, edges=edges, decimals=1) == expected


def test_band_with_an_edge_finer_than_the_rounding_begins_at_the_next_unit() -> None:
    found = points("bands", [2.49, 2.5, 3.0], table=[(2.25, 70)], decimals=0)
    assert found == [0.0, 70.0, 70.0]


def test_candidates_without_a_table_of_their_own_use_the_one_for_all_others() -> None:
    found = points(
        "bands",
        [10.0, 10.0, 10.0, None],
        attributes={"region": ["35.78", "35.79", None, "35.79"]},
        table={"35.78": [(0, 10)], "*": [(0, 80)]},
        keyed_by="region",
    )
    assert found == [10.0, 80.0, None, None]


@pytest.mark.parametrize(
    ("code", "less", "parameters", "english"),
    [
        (
            "z-score",
            False,
            {},
            "The mean of all candidates earns 50.0 points, and each standard deviation above it "
            "10.0 more.",
        ),
        (
            "z-score",
            True,
            {"normal_cdf": True},
            "Standard deviations below the mean of all candidates, turned into points by the "
            "normal distribution: the mean earns 50.",
        ),
        (
            "percentile",
            False,
            {},
            "Points are the percentage of candidates that do worse, and half of those that do "
            "the same; a higher value is better.",
        ),
        (
            "rank",
            True,
            {"table": [100, 80, 0]},
            "Points by rank, the lowest value of all candidates first: 1 = 100.0, 2 = 80.0, all "
            "others 0.0; equal values share a rank.",
        ),
        (
            "rubric",
            False,
            {"step": 5, "maximum": 100},
            "From 0 to 100.0 in steps of 5.0; 100.0 earns 100 points, the others in proportion; "
            "other values are refused.",
        ),
        (
            "distance",
            False,
            {"target": 50},
            "The farther below 50.0, the fewer points: at 50.0 100, and 0 for the farthest of "
            "all candidates.",
        ),
        (
            "bands",
            False,
            {"table": {"*": [(1, 2)]}, "keyed_by": "scale", "edges": "excluded", "decimals": 2},
            "Points by band. others: up to 1.0 = 0.0, above 1.0 = 2.0. Values are first rounded "
            "to 2 decimals, halves up.",
        ),
    ],
)
def test_scale_says_itself_in_words(
    code: str, less: bool, parameters: dict[str, object], english: str
) -> None:
    said = described(code, less_is_better=less, **parameters)
    assert said["en"] == english
    assert set(said) == {"en", "id"}
    assert "{" not in said["id"]


@pytest.mark.parametrize(
    ("less", "expected"),
    [(False, [0, 0, 0, 50, 50, 100, 100, None]), (True, [100, 100, 50, 50, 0, 0, 0, None])],
)
def test_rubric_takes_what_lies_between_steps_for_the_worse_one(
    less: bool, expected: list[float | None]
) -> None:
    scale = bundled().scale("rubric").passable()
    given = ScaleInput(value=nw.col("v"), cohort={}, attribute=nw.col, less_is_better=less)
    table = frame({"v": [-1.0, 0.0, 1.5, 2.0, 2.5, 4.0, 5.0, None]})
    found = table.with_columns(p=scale.points(given, scale.parameters(step=2, maximum=4)))
    assert found["p"].to_list() == expected
