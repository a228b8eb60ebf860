"""The line work."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.documents.guilloche_curves import Layer, format_number, trace, trace_hypotrochoid
from awards.documents.guilloche_frame import Border, list_sides
from awards.documents.guilloche_marks import SealTextTooLong, draw_seal, trace_ring_text


@given(value=st.floats(-1000, 1000))
def test_number_is_written_to_a_thousandth(value):
    text = format_number(value)

    assert abs(float(text) - value) <= 0.0005 + 1e-9
    assert not re.search(r"^-?0\d|^-0$|\.$|\.\d*0$", text)


def test_traced_line_ends_where_its_curve_ends():
    path = trace(lambda t: (t, t * t), lambda t: (1.0, 2 * t), start=0, end=2, pieces=4)

    pieces = [list(map(float, part.split())) for part in re.findall(r"[^Mc]+", path)][1]
    steps = [pieces[i + 4 : i + 6] for i in range(0, len(pieces), 6)]
    assert [round(sum(axis), 3) for axis in zip(*steps, strict=True)] == [2.0, 4.0]


def test_rosette_line_closes_where_it_began():
    path = trace_hypotrochoid((0, 0), Layer(40, 17, 3.0, 5.0, "#000", 0.2))

    start, body = re.fullmatch(r"M([^c]+)c(.+)z", path).groups()
    values = list(map(float, body.split()))
    ends = [values[i + 4 : i + 6] for i in range(0, len(values), 6)]
    assert [float(v) for v in start.split()] == [5.0, 0.0]
    assert [abs(sum(axis)) < 0.01 for axis in zip(*ends, strict=True)] == [True, True]


def test_every_side_of_the_border_has_an_odd_number_of_knots():
    sides = list_sides(297, 210, Border())

    assert [side.knots for side in sides] == [23, 23, 15, 15]
    assert {side.knots % 2 for side in sides} == {1}


def test_ring_text_starts_left_of_twelve_and_is_spread_over_the_circle(heavy):
    path = trace_ring_text("IPM · 2024 · ", heavy, radius=10, size=2)

    points = [(float(x), float(y)) for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", path)]
    angles = [math.degrees(math.atan2(x, -y)) for x, y in points]
    assert points
    assert all(8 < math.hypot(x, y) < 12 for x, y in points)
    assert min(angles) < -90
    assert max(angles) > 90


def test_seal_without_room_for_its_text_is_refused(heavy):
    with pytest.raises(SealTextTooLong, match="“MMM"):
        draw_seal("M" * 60, heavy)
