from hypothesis import given
from hypothesis import strategies as st

from awards.web.public.breaks import Breaks, equal_counts, round_breaks

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=80)


def test_round_limits_hold_all_values_in_at_most_five_classes() -> None:
    assert round_breaks([31.95, 46.0, 82.97]) == Breaks((20.0, 40.0, 60.0, 80.0, 100.0))
    assert round_breaks([64.65, 70.0, 84.14]) == Breaks((60.0, 65.0, 70.0, 75.0, 80.0, 85.0))


def test_five_parts_hold_about_as_many_each() -> None:
    breaks = equal_counts([float(each) for each in range(1, 11)])
    assert breaks.counts([float(each) for each in range(1, 11)]) == (2, 2, 2, 2, 2)


def test_equal_values_stay_together() -> None:
    assert equal_counts([5.0] * 10).counts([5.0] * 10) == (10,)
    assert round_breaks([5.0, 5.0]).counts([5.0, 5.0]) == (2,)


@given(VALUES)
def test_every_value_has_one_class_between_its_edges(values: list[float]) -> None:
    for breaks in (round_breaks(values), equal_counts(values)):
        assert len(breaks.edges) <= 6
        assert sum(breaks.counts(values)) == len(values)
        for value in values:
            number = breaks.class_of(value)
            assert breaks.edges[number] - 1e-6 <= value <= breaks.edges[number + 1] + 1e-6
