from datetime import date

import pytest

from awards.web.forms.fields import read_day, read_number


@pytest.mark.parametrize(
    "typed",
    [
        "3 Februari 2025",
        "3 februari 2025",
        "3 Feb 2025",
        "3 February 2025",
        "03/02/2025",
        "3.2.2025",
        "3-2-2025",
        "2025-02-03",
    ],
)
def test_a_day_may_be_written_as_people_write_it(typed: str) -> None:
    assert read_day(typed) == date(2025, 2, 3)


@pytest.mark.parametrize(
    "typed", ["31 Februari 2025", "2/2025", "besok", "3 Foo 2025", "13/13/2025"]
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert read_day(typed) is None


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("1.234,5", "id", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("12,5", "id", 12.5),
        ("−3", "id", -3.0),
        ("12.5", "id", None),
        ("12,5", "en", None),
        ("1.2.3", "en", None),
        ("1e3", "en", None),
        ("", "en", None),
    ],
)
def test_a_number_is_read_in_the_language_of_the_page_only(
    typed: str, language: str, number: float | None
) -> None:
    assert read_number(typed, language=language) == number
