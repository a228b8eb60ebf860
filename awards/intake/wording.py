"""Numbers and bounds in words for senders."""

from awards.domain.text import localized
from awards.sdk.records import RecordColumn
from awards.sdk.types import Attribute, Indicator

_TYPES = {
    int: {"en": "whole number", "id": "bilangan bulat"},
    float: {"en": "number", "id": "angka"},
}


def number_words(number: float | None, language: str) -> str:
    """A bound as it is written in *language*; nothing for none."""
    text = "" if number is None else f"{number:.15g}"
    return text.replace(".", ",") if language == "id" else text


def bounds_words(indicator: Indicator, language: str) -> str:
    """What a cell may hold, in words: ``whole number, 0 – 12, months``."""
    low = number_words(indicator.minimum, language)
    high = number_words(indicator.maximum, language)
    span = f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else ""
    parts = (_TYPES[indicator.type][language], span, indicator.unit)
    return ", ".join(part for part in parts if part)


def value_words(attribute: Attribute | RecordColumn, language: str) -> str:
    """The values that an attribute may have, in words; nothing when any may stand."""
    return ", ".join(localized(words, language) for words in attribute.values.values())
