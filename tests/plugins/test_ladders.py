from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.plugins.rules import STEADY, bundled, titles

GOLD, SILVER = {"en": "Gold", "id": "Emas"}, {"en": "Silver", "id": "Perak"}
BANDS = [("gold", GOLD, 80.0), ("silver", SILVER, 60.0)]


def test_first_three_places_get_a_title() -> None:
    found = titles("top-n", [4.0, 3.0, 2.0, 1.0], places=[1, 2, 3, 4])
    assert found == ["place-1", "place-2", "place-3", None]


def test_joint_places_share_the_title_and_take_up_the_next() -> None:
    found = titles("top-n", [4.0, 3.0, 3.0, 1.0], places=[1, 2, 2, 4])
    assert found == ["place-1", "place-2", "place-2", None]


def test_steps_of_the_ladder_are_those_that_are_given() -> None:
    assert titles("top-n", [2.0, 1.0], places=[1, 2], titles=[GOLD]) == ["place-1", None]


def test_words_stand_in_order_of_the_steps() -> None:
    ladder = bundled().ladder("top-n")
    assert list(ladder.words(ladder.parameters()).items()) == [
        ("place-1", {"en": "First place", "id": "Juara I"}),
        ("place-2", {"en": "Second place", "id": "Juara II"}),
        ("place-3", {"en": "Third place", "id": "Juara III"}),
    ]


def test_band_is_the_highest_that_the_total_reaches_and_none_below_the_floor() -> None:
    totals = [100.0, 80.0, 79.999999999, 60.0, 59.999999999, None]
    found = titles("bands", totals, bands=BANDS)
    assert found == ["gold", "gold", "silver", "silver", None, None]


def test_words_of_bands_stand_highest_first() -> None:
    ladder = bundled().ladder("bands")
    words = ladder.words(ladder.parameters(bands=BANDS))
    assert list(words.items()) == [("gold", GOLD), ("silver", SILVER)]


def rounded(quanta: int, decimals: int) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    return Decimal(quanta).scaleb(-9).quantize(step, rounding=ROUND_HALF_UP)


@STEADY
@given(
    st.integers(0, 6),
    st.lists(st.sampled_from((60, 80)), min_size=1, max_size=5),
    st.integers(-600_000_000, 600_000_000),
)
def test_stated_decimals_round_half_up_before_comparing(
    decimals: int, near: list[int], off: int
) -> None:
    quanta = [edge * 10**9 + sign * off for edge in near for sign in (1, -1)]
    quanta += [edge * 10**9 - 5 * 10 ** (8 - decimals) for edge in near]
    found = titles("bands", [each / 10**9 for each in quanta], bands=BANDS, decimals=decimals)
    expected = [
        "gold" if total >= 80 else "silver" if total >= 60 else None
        for total in (rounded(each, decimals) for each in quanta)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("code", "parameters"),
    [
        ("top-n", {"titles": []}),
        ("bands", {"bands": []}),
        ("bands", {"bands": BANDS[::-1]}),
        ("bands", {"bands": [BANDS[0], BANDS[0]]}),
        ("bands", {"bands": [BANDS[0], ("gold", SILVER, 60.0)]}),
        ("bands", {"bands": [("gold", GOLD, 79.95)], "decimals": 1}),
    ],
)
def test_ladder_that_means_nothing_is_refused(code: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        bundled().ladder(code).parameters(**parameters)
