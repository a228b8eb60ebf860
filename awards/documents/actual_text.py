"""What letterspaced lines say, for readers that take wide gaps for blanks.

Searching, copying and reading aloud find “PERINGKAT I” instead of
“P E R I N G K A T I” (ISO 32000-1, 14.9.4).
"""

import re
from collections.abc import Iterator
from typing import Any

import pydyf  # type: ignore[import-untyped]

# A line counts as letterspaced from 0.08 em a letter: adjustments are thousandths of an em.
LETTERSPACED = -80.0

_GLYPHS = re.compile(rb"<([0-9a-f]*)>")
_GAPS = re.compile(rb">(-?[\d.]+)")


def add_actual_text(document: Any, pdf: Any) -> None:
    """Write the text of every letterspaced line beside its glyphs.

    *document* and *pdf* are those that WeasyPrint gives to a finisher.
    """
    letters = {font.hash.encode(): font.to_unicode for font in document.fonts.values()}
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and b"BDC" in item.stream:
            _annotate(item.stream, letters)


def _annotate(operators: list[Any], letters: dict[bytes, dict[int, str]]) -> None:
    for start, shown in _find_shown(operators):
        codes = b"".join(_GLYPHS.findall(shown))
        glyphs = [int(codes[i : i + 4], 16) for i in range(0, len(codes), 4)]
        if sum(map(float, _GAPS.findall(shown))) > LETTERSPACED * len(glyphs):
            continue
        font = letters[_find_font(operators, start)]
        text = "".join(font[glyph] for glyph in glyphs)
        operators[start]["ActualText"] = pydyf.String(text)


def _find_shown(operators: list[Any]) -> Iterator[tuple[int, bytes]]:
    """Yield where the properties of marked text stand, with the operator that shows it."""
    start = None
    for index, operator in enumerate(operators):
        if operator == b"BDC":
            start = index - 1
        elif operator == b"EMC":
            start = None
        elif start is not None and isinstance(operator, bytes) and operator.endswith(b"TJ"):
            yield start, operator


def _find_font(operators: list[Any], start: int) -> bytes:
    """Return the hash of the font that is chosen after *start*."""
    chosen = next(o for o in operators[start:] if isinstance(o, bytes) and o.endswith(b" Tf"))
    return chosen.split()[0].removeprefix(b"/")
