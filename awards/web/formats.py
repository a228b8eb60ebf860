"""Numbers, units, dates and sentences as people of each language write them."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from awards.domain.text import Sentence, Text, localized
from awards.web.language import choose_language
from awards.web.words import ngettext

ABSENT = "–"
_ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}
_GAP = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=8192)
def format_number(value: float, language: str, *, decimals: int = 0, trim: bool = False) -> str:
    """``1.234,50``; with *trim* at most *decimals* digits and no zeros at the end."""
    digit = "#" if trim else "0"
    pattern = "#,##0." + digit * decimals if decimals else "#,##0"
    rounded = round(value, decimals) or 0.0
    return str(format_decimal(rounded, format=pattern, locale=language)).replace("-", "−")


def format_value(value: float | None, unit: str, language: str, *, decimals: int = 2) -> str:
    """The value with its unit: ``75,11 tahun``, ``29,84%``, ``Rp16.800``.

    A ratio is shown as percent, thousands and millions of rupiah as rupiah; a unit that is
    not known here follows the number as it stands. Whole rupiah have no decimals,
    counts only those they need. A missing value is a dash.
    """
    if value is None:
        return ABSENT
    if unit == "ratio":
        return format_value(value * 100, "percent", language, decimals=decimals)
    if unit in _RUPIAH:
        return format_value(value * _RUPIAH[unit], "rupiah", language)
    if unit == "rupiah":
        sign = "−" if round(value) < 0 else ""
        return f"{sign}Rp{format_number(abs(value), language)}"
    number = _plain(value, unit, language, decimals=decimals)
    return _with_unit(number, unit, singular=value == 1)


def _plain(value: float, unit: str, language: str, *, decimals: int) -> str:
    trim = unit not in _ALWAYS_DECIMALS and (unit in _COUNTS or value == int(value))
    return format_number(value, language, decimals=decimals, trim=trim)


_RUPIAH = {"thousand_rupiah": 1_000, "million_rupiah": 1_000_000}
_COUNTS = frozenset({"people", "months"})
_ALWAYS_DECIMALS = frozenset({"years", "percent", "index", "points"})


def _with_unit(number: str, unit: str, *, singular: bool) -> str:
    count = 1 if singular else 2
    known = {
        "": number,
        "index": number,
        "percent": f"{number}%",
        "years": ngettext("%(number)s year", "%(number)s years", count, number=number),
        "months": ngettext("%(number)s month", "%(number)s months", count, number=number),
        "people": ngettext("%(number)s person", "%(number)s people", count, number=number),
        "points": ngettext("%(number)s point", "%(number)s points", count, number=number),
    }
    return known.get(unit) or f"{number} {unit.replace('_', ' ')}"


def format_day(day: date, language: str) -> str:
    return format_date(day, format="d MMMM y", locale=language)


def format_period(start: date, end: date, language: str) -> str:
    """``2024`` for a whole year; else ``1 April–30 Juni 2024`` with what differs."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    pattern = "d MMMM" if start.year == end.year else "d MMMM y"
    first = format_date(start, format=pattern, locale=language)
    return f"{first}–{format_day(end, language)}"


def format_moment(moment: datetime, zone: str, language: str) -> str:
    """``29 Juli 2025 14.05 WIB``, in the time of the edition."""
    local = moment.astimezone(ZoneInfo(zone))
    clock = format_time(local, format="HH.mm" if language == "id" else "HH:mm", locale=language)
    return f"{format_day(local.date(), language)} {clock} {_ZONES.get(zone) or local.tzname()}"


def format_digest(digest: str, *, groups: int = 4) -> str:
    """The first hexadecimal digits of a digest in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, groups * 4, 4)).strip()


def format_sentence(sentence: Sentence, language: str) -> str:
    """The sentence with its gaps filled; a gap that nothing fills stays visible."""

    def fill(match: re.Match[str]) -> str:
        value = sentence.values.get(match[1], match[0])
        if isinstance(value, str):
            return value
        return format_number(value, language, decimals=4, trim=True)

    return _GAP.sub(fill, localized(sentence.text, language))


@dataclass(frozen=True)
class Formats:
    """All of the above in one language."""

    language: str

    def number(self, value: float, decimals: int = 2) -> str:
        return format_number(value, self.language, decimals=decimals)

    def trimmed(self, value: float, most: int = 2) -> str:
        return format_number(value, self.language, decimals=most, trim=True)

    def count(self, value: int) -> str:
        return format_number(value, self.language)

    def value(self, value: float | None, unit: str, decimals: int = 2) -> str:
        return format_value(value, unit, self.language, decimals=decimals)

    def told_apart(self, value: float, other: float, unit: str) -> str:
        """*value* with as many decimals, up to four, as tell it from *other*."""
        decimals = 2
        while decimals < 4 and self.value(value, unit, decimals) == self.value(
            other, unit, decimals
        ):
            decimals += 1
        return self.value(value, unit, decimals)

    def text(self, text: Text) -> str:
        return localized(text, self.language)

    def sentence(self, sentence: Sentence) -> str:
        return format_sentence(sentence, self.language)

    def day(self, day: date) -> str:
        return format_day(day, self.language)

    def period(self, start: date, end: date) -> str:
        return format_period(start, end, self.language)

    def local_day(self, moment: datetime, zone: str) -> str:
        return format_day(moment.astimezone(ZoneInfo(zone)).date(), self.language)

    def moment(self, moment: datetime, zone: str) -> str:
        return format_moment(moment, zone, self.language)


def formats() -> Formats:
    """The formats of the page that is being made."""
    return Formats(choose_language())
