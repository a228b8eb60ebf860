"""Words in several languages, and sentences whose numbers are filled in late."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Text = Mapping[str, str]
"""One text in each language, keyed by language code: ``{"en": ..., "id": ...}``."""

LANGUAGES = ("id", "en")


def localized(text: Text, language: str) -> str:
    """The text in *language*; else in English; else in whatever language there is."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


@dataclass(frozen=True)
class Sentence:
    """A text with named gaps, ``{low}``, and the numbers or words that fill them.

    The numbers stay numbers until somebody shows them, so that ``84.5`` reads
    ``84,5`` on an Indonesian page.
    """

    text: Text
    values: Mapping[str, float | str] = field(default_factory=dict)
