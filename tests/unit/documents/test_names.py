"""How long names are set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.documents.names import (
    NAME_WIDTH_MM,
    NO_BREAK_AFTER,
    NO_BREAK_BEFORE,
    ONE_LINE_PT,
    TWO_LINES_PT,
    FittedText,
    NameTooLong,
    fit_lines,
    fit_name,
)

WORDS = st.sampled_from(
    ["PT", "CV", "Tbk", "(Persero)", "dan", "di", "Kota", "Surabaya", "Koperasi", "Perkebunan",
     "Nusantara", "Jaya", "Abadi", "Kabupaten", "Karyawan", "Wilayah", "Timur"]
)  # fmt: skip
NAMES = st.lists(WORDS, min_size=1, max_size=16).map(" ".join)


def fit_or_none(name, face):
    try:
        return fit_name(name, face)
    except NameTooLong:
        return None


@given(name=NAMES)
def test_fitted_name_keeps_every_word_and_stays_inside(heavy, name):
    fitted = fit_or_none(name, heavy)
    if fitted is None:
        assert heavy.measure_mm(name, 26, tracking=0.005) > NAME_WIDTH_MM
        return

    assert " ".join(fitted.lines) == name
    sizes = ONE_LINE_PT if len(fitted.lines) == 1 else TWO_LINES_PT
    assert fitted.size in sizes
    widths = [heavy.measure_mm(line, fitted.size, tracking=0.005) for line in fitted.lines]
    assert max(widths) <= NAME_WIDTH_MM


@given(name=NAMES)
def test_the_next_larger_size_would_not_have_fitted(heavy, name):
    fitted = fit_or_none(name, heavy)
    if fitted is None:
        return

    sizes = ONE_LINE_PT if len(fitted.lines) == 1 else TWO_LINES_PT
    larger = [size for size in sizes if size > fitted.size]
    for size in larger:
        widths = [heavy.measure_mm(line, size, tracking=0.005) for line in fitted.lines]
        assert max(widths) > NAME_WIDTH_MM


@given(name=NAMES)
def test_two_lines_never_part_what_belongs_together(heavy, name):
    fitted = fit_or_none(name, heavy)
    if fitted is None or len(fitted.lines) == 1:
        return

    first, second = fitted.lines
    assert first.split()[-1] not in NO_BREAK_AFTER
    assert second.split()[0] not in NO_BREAK_BEFORE


def test_short_name_is_set_in_the_largest_size(heavy):
    assert fit_name("  Kota   Batu ", heavy) == FittedText(("Kota Batu",), 34.0)


def test_long_name_is_balanced_and_not_parted_after_dan(heavy):
    name = (
        "Koperasi Konsumen Karyawan Perkebunan dan Industri Gula Nusantara Wilayah Timur Banyuwangi"
    )

    assert fit_name(name, heavy) == FittedText(
        (
            "Koperasi Konsumen Karyawan Perkebunan dan Industri",
            "Gula Nusantara Wilayah Timur Banyuwangi",
        ),
        24.0,
    )


def test_name_without_a_place_to_break_is_refused(heavy):
    with pytest.raises(NameTooLong, match="Agree a shorter form with the recipient"):
        fit_name("Surabaya" * 20, heavy)


def test_position_takes_two_lines_of_its_column(heavy):
    text = "Kepala Dinas Tenaga Kerja dan Transmigrasi,"

    fitted = fit_lines(text, heavy, size=10.5, width=51, label="position")

    assert fitted == FittedText(("Kepala Dinas Tenaga Kerja", "dan Transmigrasi,"), 10.5)


def test_position_that_fits_no_two_lines_is_refused(heavy):
    with pytest.raises(NameTooLong, match="position “KepalaKepala"):
        fit_lines("Kepala" * 20, heavy, size=10.5, width=51, label="position")
