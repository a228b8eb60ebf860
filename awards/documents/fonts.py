"""The two type families of printed documents, cut to static faces.

Fonts come from the installed font packages and from nowhere else. They are cut to
the weights that designs use: static faces print about fifteen times faster than
variable ones, and their bytes do not carry the moment at which they were made.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from awards.documents.guilloche_curves import MM_PER_PT
from awards.domain.errors import Refused

SERIF, SANS = "Cert Serif", "Cert Sans"

# Letters of Indonesian and of every European language in Latin script, with the
# punctuation that prose uses. A text with others has its faces cut from the whole
# font, which takes ten seconds, once.
COMMON = frozenset(
    (
        *range(0x20, 0x180),
        *range(0x2010, 0x2028),
        *range(0x2030, 0x203B),
        0x20AC,
        0x2116,
        0x2122,
        0x2212,
    )
)
FEATURES = ["kern", "liga", "lnum", "mark", "mkmk", "ccmp", "locl"]


class FontMissing(Refused):
    """A font that a document needs is not installed or not embedded."""


class LettersMissing(Refused):
    """A text has characters that the font cannot print."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One face to cut: how designs call it, and where its outlines come from."""

    family: str
    weight: int
    style: str
    package: str
    prefix: str

    @property
    def asset(self) -> str:
        """Name of the font file among a document's assets."""
        return f"{self.family.replace(' ', '')}-{self.weight}-{self.style}.ttf"


_GARAMOND = ("fontpkg_eb_garamond", "EBGaramond[")
_GARAMOND_ITALIC = ("fontpkg_eb_garamond", "EBGaramond-Italic[")
_JAKARTA = ("fontpkg_plus_jakarta_sans", "PlusJakartaSans[")

CUTS = (
    Cut(SERIF, 400, "normal", *_GARAMOND),
    Cut(SERIF, 500, "normal", *_GARAMOND),
    Cut(SERIF, 600, "normal", *_GARAMOND),
    Cut(SERIF, 400, "italic", *_GARAMOND_ITALIC),
    Cut(SANS, 500, "normal", *_JAKARTA),
    Cut(SANS, 600, "normal", *_JAKARTA),
)


@dataclass(frozen=True)
class Face:
    """A static font, with what measuring and outlining need."""

    cut: Cut
    content: bytes

    @cached_property
    def _font(self) -> Any:
        return TTFont(io.BytesIO(self.content), recalcTimestamp=False)

    @cached_property
    def _advances(self) -> dict[int, int]:
        widths = self._font["hmtx"]
        return {code: widths[name][0] for code, name in self._font.getBestCmap().items()}

    @cached_property
    def units_per_em(self) -> int:
        """Units of the outlines in one em."""
        return int(self._font["head"].unitsPerEm)

    @cached_property
    def cap_height(self) -> float:
        """Height of a capital letter in em."""
        return float(self._font["OS/2"].sCapHeight / self.units_per_em)

    @cached_property
    def glyphs(self) -> Any:
        """The font's glyph set."""
        return self._font.getGlyphSet()

    def glyph_name(self, letter: str) -> str:
        """Return the name of the glyph for *letter*."""
        return str(self._font.getBestCmap()[ord(letter)])

    def measure(self, text: str) -> float:
        """Return the width of *text* in em, without kerning (which mostly narrows)."""
        return sum(self._advances[ord(letter)] for letter in text) / self.units_per_em

    def measure_mm(self, text: str, size_pt: float, *, tracking: float = 0.0) -> float:
        """Return the width of *text* in mm at *size_pt*; *tracking* is in em a letter."""
        return (self.measure(text) + tracking * len(text)) * size_pt * MM_PER_PT


@dataclass(frozen=True)
class Faces:
    """Every face that a document may use."""

    all: tuple[Face, ...]

    def find(self, family: str, weight: int, *, style: str = "normal") -> Face:
        """Return one face, or raise `FontMissing`."""
        for face in self.all:
            if (face.cut.family, face.cut.weight, face.cut.style) == (family, weight, style):
                return face
        raise FontMissing(
            f"There is no face “{family}” of weight {weight} ({style}). "
            f"Use one of: {', '.join(face.cut.asset for face in self.all)}."
        )

    @cached_property
    def stylesheet(self) -> str:
        """The ``@font-face`` rules that make the faces known to a stylesheet."""
        return "\n".join(
            f'@font-face {{ font-family: "{cut.family}"; font-weight: {cut.weight}; '
            f'font-style: {cut.style}; src: url("asset:{cut.asset}") }}'
            for cut in (face.cut for face in self.all)
        )


def cut_faces(texts: Iterable[str]) -> Faces:
    """Return the faces with which *texts* can be printed; kept for the process.

    Raises `FontMissing` when a font package is not installed.
    """
    letters = {ord(letter) for text in texts for letter in text + text.upper()}
    return _cut_all(letters <= COMMON)


def check_letters(text: str, *, label: str, families: Iterable[str] = (SERIF,)) -> None:
    """Raise `LettersMissing`, naming the characters of *text* that a font lacks.

    Capitals are looked for too, because designs print some lines in capitals;
    invisible characters, such as those that turn the direction of writing, are refused.
    """
    packages = {cut.family: cut for cut in reversed(CUTS)}
    for family in families:
        cut = packages[family]
        known = _read_repertoire(cut.package, cut.prefix)
        missing = sorted(
            letter
            for letter in set(text + text.upper())
            if ord(letter) not in known or not letter.isprintable()
        )
        if missing:
            raise LettersMissing(
                f"The {label} “{text}” cannot be printed: the font has no "
                f"{', '.join(map(_name_letter, missing))}. "
                "Write it in Latin letters, or correct the source."
            )


def _name_letter(letter: str) -> str:
    code = f"U+{ord(letter):04X}"
    return f"“{letter}” ({code})" if letter.isprintable() else code


@lru_cache(maxsize=2)
def _cut_all(common: bool) -> Faces:
    return Faces(tuple(Face(cut, _cut_weight(cut, common)) for cut in CUTS))


def _cut_weight(cut: Cut, common: bool) -> bytes:
    source = _cut_letters(cut.package, cut.prefix, common)
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": cut.weight}, inplace=True)
    return _save(font)


@lru_cache(maxsize=6)
def _cut_letters(package: str, prefix: str, common: bool) -> bytes:
    """Return the variable font with the letters and features that documents use."""
    font = TTFont(io.BytesIO(_read_font(package, prefix)), recalcTimestamp=False, lazy=True)
    subsetter = subset.Subsetter(
        subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    )
    subsetter.populate(unicodes=COMMON if common else _read_repertoire(package, prefix))
    subsetter.subset(font)
    return _save(font)


@lru_cache(maxsize=4)
def _read_repertoire(package: str, prefix: str) -> frozenset[int]:
    font = TTFont(io.BytesIO(_read_font(package, prefix)), lazy=True)
    return frozenset(font.getBestCmap())


@lru_cache(maxsize=4)
def _read_font(package: str, prefix: str) -> bytes:
    try:
        folder = resources.files(package) / "files"
        return next(f.read_bytes() for f in folder.iterdir() if f.name.startswith(prefix))
    except (ModuleNotFoundError, FileNotFoundError, StopIteration):
        name = package.replace("_", "-")
        raise FontMissing(
            f"The font {prefix.rstrip('[')} is not installed. Install the package {name}."
        ) from None


def _save(font: Any) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
