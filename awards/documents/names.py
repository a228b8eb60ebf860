"""How a name is set: one line if it fits, else two balanced ones, never three."""

from dataclasses import dataclass

from awards.documents.fonts import Face
from awards.domain.errors import Refused

NAME_WIDTH_MM = 218.0
NAME_TRACKING = 0.005
ONE_LINE_PT = (34.0, 32.0, 30.0, 28.0, 26.0)
TWO_LINES_PT = (24.0, 22.5, 21.0, 19.5, 18.0)

NO_BREAK_AFTER = frozenset(
    {"PT", "CV", "UD", "PD", "RS", "RSUD", "KSP", "BPR", "Jawa", "Tenaga"}
    | {"dan", "atau", "di", "ke", "dari", "untuk", "pada", "and", "of", "the"}
)
NO_BREAK_BEFORE = frozenset({"Tbk", "Tbk.", "(Persero)"})


class NameTooLong(Refused):
    """A name does not fit its place even in the smallest size."""


@dataclass(frozen=True, slots=True)
class FittedText:
    """A text as it is set: its lines and their size in points."""

    lines: tuple[str, ...]
    size: float


def fit_name(name: str, face: Face) -> FittedText:
    """Return *name* in one line of 34–26 pt within 218 mm, else in two of 24–18 pt.

    The case of the letters stays, nothing is hyphenated or condensed. Raises
    `NameTooLong` when two lines of 18 pt do not hold it.
    """
    name = " ".join(name.split())
    for size in ONE_LINE_PT:
        if _measure(name, face, size=size) <= NAME_WIDTH_MM:
            return FittedText((name,), size)
    lines = balance(name, face)
    for size in TWO_LINES_PT:
        if len(lines) == 2 and _widest(lines, face, size=size) <= NAME_WIDTH_MM:
            return FittedText(lines, size)
    raise NameTooLong(
        f"The name “{name}” does not fit two lines of 18 pt. "
        "Agree a shorter form with the recipient and enter it."
    )


def fit_lines(text: str, face: Face, *, size: float, width: float, label: str) -> FittedText:
    """Return *text* in one line of *size* pt within *width* mm, else in two balanced ones.

    Raises `NameTooLong`, which names *label*, when two lines do not hold it.
    """
    one = (" ".join(text.split()),)
    lines = one if face.measure_mm(one[0], size) <= width else balance(one[0], face)
    if any(face.measure_mm(line, size) > width for line in lines):
        raise NameTooLong(
            f"The {label} “{text}” does not fit two lines of {width:g} mm. Give a shorter form."
        )
    return FittedText(lines, size)


def balance(text: str, face: Face) -> tuple[str, ...]:
    """Return *text* in the two lines whose longer one is shortest.

    It is not broken after “PT”, “dan” and the like nor before “Tbk” or “(Persero)”;
    when no other place is left it stays in one line.
    """
    words = text.split()
    breaks = [
        (" ".join(words[:i]), " ".join(words[i:]))
        for i in range(1, len(words))
        if words[i - 1] not in NO_BREAK_AFTER and words[i] not in NO_BREAK_BEFORE
    ]
    return min(breaks, key=lambda lines: _widest(lines, face, size=10), default=(text,))


def _widest(lines: tuple[str, ...], face: Face, *, size: float) -> float:
    return max(_measure(line, face, size=size) for line in lines)


def _measure(text: str, face: Face, *, size: float) -> float:
    return face.measure_mm(text, size, tracking=NAME_TRACKING)
