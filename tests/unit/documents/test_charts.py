import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.documents.charts import (
    Bar,
    Contribution,
    axis,
    contribution_ticks,
    dot,
    narrow_contributions,
    round_step,
    stack,
    trend,
    wide_contributions,
)


def contribution(label: str, got: float, full: float, color: int = 1) -> Contribution:
    return Contribution(
        label=label,
        color=color,
        got=got,
        full=full,
        median=None,
        got_text=str(got),
        full_text=str(full),
    )


def test_segments_stand_side_by_side_on_a_scale_to_100() -> None:
    drawn = stack((50, 25), (1, 2), width=200)
    assert drawn.ground == Bar(0, 4, 200, 12, "wash")
    assert drawn.parts == (Bar(0, 4, 98.5, 12, "g1"), Bar(100, 4, 48.5, 12, "g2"))


def test_a_color_past_the_fifth_is_neutral() -> None:
    assert stack((10,), (6,), width=100).parts[0].color == "mut"


def test_a_dot_lies_between_the_ends_of_its_axis() -> None:
    assert dot(60, 60, 80, width=230).x == 7
    assert dot(80, 60, 80, width=230).x == 223
    assert dot(5, 5, 5, width=230).x == 115


@given(st.floats(0.001, 1e9), st.floats(0, 1e9))
def test_an_axis_holds_its_values_between_round_ends(span: float, low: float) -> None:
    first, last = axis(low, low + span)
    assert first <= low
    assert last >= low + span
    assert last - first <= 3 * span + 1e-6 * low


@given(st.floats(1e-9, 1e12))
def test_a_round_step_is_near_and_not_below(rough: float) -> None:
    step = round_step(rough)
    assert rough * (1 - 1e-8) <= step <= rough * 2.5 + 1e-12


def test_bars_are_as_long_as_their_points() -> None:
    rows = [contribution("Life", 10, 20), contribution("School", 5, 10, color=2)]
    wide = wide_contributions(rows, [(0, "0"), (20, "20")])
    assert [(row.full.width, row.got.width) for row in wide.rows] == [(770, 385), (385, 192.5)]
    assert [(tick.x, tick.anchor) for tick in wide.ticks] == [(250, "start"), (1020, "middle")]
    assert wide.rows[0].got.color == "g1"
    assert wide.rows[1].full.color == "g2 faint"
    narrow = narrow_contributions(rows, [])
    assert narrow.width == 358
    assert narrow.rows[0].got.y < narrow.rows[1].got.y < narrow.height


def test_a_long_label_is_wrapped_and_never_cut() -> None:
    label = "Pengeluaran riil per orang setahun yang disesuaikan dengan harga di tiap wilayah"
    for draw in (wide_contributions, narrow_contributions):
        (row,) = draw([contribution(label, 1, 2)], []).rows
        assert " ".join(line for line, _ in row.lines) == label
        assert len(row.lines) > 1


@pytest.mark.parametrize(
    ("longest", "ticks"),
    [(20, (0, 5, 10, 15, 20)), (33.3, (0, 10, 20, 30)), (0.5, (0, 0.1, 0.2, 0.3, 0.4, 0.5))],
)
def test_ticks_are_round(longest: float, ticks: tuple[float, ...]) -> None:
    assert contribution_ticks([contribution("a", 0, longest)]) == ticks


def test_a_trend_rises_from_its_lowest_to_its_highest() -> None:
    drawn = trend([("2023", 10, "10,0", "ke-2"), ("2024", 20, "20,0", "ke-1")], width=520)
    first, last = drawn.points
    assert (first.x, last.x) == (30, 484)
    assert (first.y, last.y) == (148, 42)
    assert (first.last, last.last) == (False, True)
    assert drawn.line == "30.0,148.0 484.0,42.0"


def test_a_long_trend_labels_some_points_and_the_last() -> None:
    points = [(str(2000 + n), float(n), str(n), "") for n in range(20)]
    labels = [point.label for point in trend(points, width=520).points]
    assert [label for label in labels if label] == ["2003", "2007", "2011", "2015", "2019"]


def test_a_flat_trend_is_drawn() -> None:
    drawn = trend([("a", 5, "5", ""), ("b", 5, "5", "")], width=520)
    assert drawn.points[0].y == drawn.points[1].y
