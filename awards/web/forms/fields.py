"""Fields that take what people write: dates and numbers in words of either language."""

import re
from datetime import date

from babel.dates import get_month_names
from wtforms import Field
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import TextInput

from awards.domain.text import LANGUAGES
from awards.web.formats import format_day, format_number
from awards.web.language import choose_language
from awards.web.words import gettext

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DIGITS = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})")
_WORDS = re.compile(r"(\d{1,2})\.?[ -]+([^\W\d]+)\.?[ ,-]+(\d{4})")


class DayField(Field):  # type: ignore[misc]
    """A day: 3 Februari 2025, 3 Feb 2025, 3/2/2025 (day first) or 2025-02-03."""

    widget = TextInput()
    data: date | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_day(self.data, choose_language()) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = " ".join(valuelist[0].split()) if valuelist else ""
        self.data = read_day(typed) if typed else None
        if typed and self.data is None:
            raise ValueError(
                gettext("“%(typed)s” is no date. Write for instance 3 February 2025.", typed=typed)
            )


class NumberField(Field):  # type: ignore[misc]
    """A number as the language of the page writes it: 1.234,5 in Indonesian, 1234.5 in
    English. What could be read in two ways is refused."""

    widget = TextInput()
    data: float | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return format_number(self.data, choose_language(), decimals=9, trim=True)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = read_number(typed, language=choose_language()) if typed else None
        if typed and self.data is None:
            raise ValueError(
                gettext(
                    "“%(typed)s” is no number, or could be two. Write for instance %(right)s.",
                    typed=typed,
                    right=format_number(12.5, choose_language(), decimals=1),
                )
            )


def required(message: str) -> DataRequired:
    """The field must not be left empty; *message* says what to write."""
    return DataRequired(message)


def chosen(message: str) -> InputRequired:
    """Something must be chosen, zero and false included."""
    return InputRequired(message)


def read_day(typed: str) -> date | None:
    """The day that *typed* names, None for none; with digits only, the day comes first."""
    if found := _ISO.fullmatch(typed):
        return _day(found[1], found[2], found[3])
    if found := _DIGITS.fullmatch(typed):
        return _day(found[3], found[2], found[1])
    if found := _WORDS.fullmatch(typed):
        month = _months().get(found[2].casefold())
        return _day(found[3], str(month), found[1]) if month else None
    return None


def read_number(typed: str, *, language: str) -> float | None:
    """The number that *typed* is in *language*, None for none or for two readings."""
    plain = typed.replace("−", "-").replace("\u00a0", " ").replace(" ", "")
    thousands, decimal = (".", ",") if language == "id" else (",", ".")
    grouped = rf"-?\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{decimal}\d+)?"
    simple = rf"-?\d+(?:\{decimal}\d+)?"
    if not re.fullmatch(f"{grouped}|{simple}", plain, re.ASCII):
        return None
    return float(plain.replace(thousands, "").replace(decimal, "."))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _months() -> dict[str, int]:
    """Names of months, long and short, of all languages of the pages."""
    return {
        name.casefold().rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
