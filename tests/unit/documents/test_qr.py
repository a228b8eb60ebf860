"""QR codes that a cheap camera can read."""

import re

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from awards.documents.qr import AddressTooLong, draw_qr, list_modules

ADDRESSES = st.text("abcdefghijklmnopqrstuvwxyz234567/", min_size=1, max_size=60).map(
    "https://contoh.id/".__add__
)


@given(address=ADDRESSES)
def test_drawing_fills_exactly_the_modules_of_the_code(address):
    expected = [list(map(bool, row)) for row in segno.make(address, error="m").matrix]

    drawn = [[False] * len(expected) for _ in expected]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", draw_qr(address)):
        for column in range(int(x), int(x) + int(width)):
            drawn[int(y)][column] = True

    assert drawn == expected


@given(address=ADDRESSES)
def test_module_is_never_finer_than_seven_tenths_of_a_millimeter(address):
    width = float(re.search(r'width="([\d.]+)mm"', draw_qr(address))[1])

    assert width / len(list_modules(address)) >= 0.7 - 1e-9
    assert 21 <= width <= 26


def test_address_that_needs_finer_modules_is_refused():
    with pytest.raises(AddressTooLong, match=r"\(85 characters\).*0\.7 mm.*shorter"):
        draw_qr("https://contoh.id/" + "a" * 67)
