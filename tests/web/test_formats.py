from datetime import UTC, date, datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from awards.domain.text import Sentence
from awards.web.formats import (
    Formats,
    format_digest,
    format_moment,
    format_number,
    format_period,
    format_sentence,
    format_value,
)


@pytest.mark.parametrize(
    ("value", "unit", "indonesian", "english"),
    [
        (75.11, "years", "75,11 tahun", "75.11 years"),
        (1, "years", "1,00 tahun", "1.00 year"),
        (29.84, "percent", "29,84%", "29.84%"),
        (0.2984, "ratio", "29,84%", "29.84%"),
        (16_800, "rupiah", "Rp16.800", "Rp16,800"),
        (-16_800, "rupiah", "−Rp16.800", "−Rp16,800"),
        (11_966.0, "thousand_rupiah", "Rp11.966.000", "Rp11,966,000"),
        (2_000.5, "million_rupiah", "Rp2.000.500.000", "Rp2,000,500,000"),
        (1_234, "people", "1.234 orang", "1,234 people"),
        (1, "people", "1 orang", "1 person"),
        (11, "months", "11 bulan", "11 months"),
        (8.5, "points", "8,50 poin", "8.50 points"),
        (73.0913, "index", "73,09", "73.09"),
        (-3.345, "index", "−3,35", "−3.35"),
        (12, "beds_per_ward", "12 beds per ward", "12 beds per ward"),
        (12.5, "hectares", "12,50 hectares", "12.50 hectares"),
        (None, "years", "–", "–"),
    ],
)
def test_values_are_written_with_their_unit(
    app: Flask, value: float | None, unit: str, indonesian: str, english: str
) -> None:
    for language, expected in (("id", indonesian), ("en", english)):
        with app.test_request_context(f"/{language}/"):
            assert format_value(value, unit, language) == expected


def test_nothing_is_less_than_zero_by_rounding() -> None:
    assert format_number(-0.001, "id", decimals=2) == "0,00"


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_reads_back_as_what_was_rounded(value: float, decimals: int) -> None:
    text = format_number(value, "id", decimals=decimals)
    read = float(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert read == pytest.approx(value, abs=0.51 * 10**-decimals, rel=1e-12)


def test_dates_and_times_are_those_of_the_place() -> None:
    moment = datetime(2025, 7, 29, 7, 5, tzinfo=UTC)
    assert format_moment(moment, "Asia/Jakarta", "id") == "29 Juli 2025 14.05 WIB"
    assert format_moment(moment, "Asia/Makassar", "id") == "29 Juli 2025 15.05 WITA"
    assert format_moment(moment, "Asia/Jayapura", "en") == "29 July 2025 16:05 WIT"
    assert Formats("id").local_day(datetime(2025, 7, 28, 20, tzinfo=UTC), "Asia/Jakarta") == (
        "29 Juli 2025"
    )


def test_periods_say_only_what_differs() -> None:
    assert format_period(date(2024, 1, 1), date(2024, 12, 31), "id") == "2024"
    assert format_period(date(2022, 1, 1), date(2024, 12, 31), "id") == "2022–2024"
    assert format_period(date(2024, 4, 1), date(2024, 6, 30), "id") == "1 April–30 Juni 2024"
    assert format_period(date(2023, 10, 1), date(2024, 3, 31), "en") == (
        "1 October 2023–31 March 2024"
    )


def test_a_sentence_keeps_its_numbers_until_it_is_read() -> None:
    sentence = Sentence(
        {"en": "From {low} to {high} {unit}, {gone}.", "id": "{low} sampai {high} {unit}."},
        {"low": 84.5, "high": 26_572.352, "unit": "x{low}"},
    )
    assert format_sentence(sentence, "id") == "84,5 sampai 26.572,352 x{low}."
    assert format_sentence(sentence, "en") == "From 84.5 to 26,572.352 x{low}, {gone}."


def test_a_digest_is_shown_in_groups() -> None:
    assert format_digest("9c41e07a5d", groups=2) == "9c41 e07a"
    assert format_digest("", groups=2) == ""


def test_two_values_that_print_alike_are_told_apart(app: Flask) -> None:
    with app.test_request_context("/id/"):
        words = Formats("id")
        assert words.told_apart(13.325, 13.32, "years") == "13,325 tahun"
        assert words.told_apart(13.5, 13.32, "years") == "13,50 tahun"
        assert words.told_apart(1.0, 1.0, "years") == "1,0000 tahun"
