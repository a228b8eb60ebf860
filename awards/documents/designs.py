"""Certificate designs: a folder with a template, a stylesheet and the words as data."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, ValidationError, model_validator

from awards.documents.fetching import Asset, guess_media_type
from awards.documents.fonts import SERIF
from awards.domain.errors import Refused

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

TEMPLATE, STYLESHEET, DATA = "certificate.html", "style.css", "design.toml"
PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg"})
DRAWN_FOR_EACH = frozenset({"qr.svg", "microtext.svg"})
NEEDED_WORDS = frozenset({"title", "number", "serial"})

FieldName = Literal[
    "issuer", "unit", "title", "number", "recipient", "place", "rank", "category", "award",
    "city", "date", "serial", "verify_url", "seal",
]  # fmt: skip


class DesignRefused(Refused):
    """A design folder is not complete or its data is wrong."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Line(_Data):
    """How a field is set in one line: the first of `sizes` (pt) that fits `width` mm wins."""

    sizes: Annotated[tuple[PositiveFloat, ...], Field(min_length=1)]
    width: PositiveFloat
    family: str = SERIF
    weight: int = 400
    tracking: float = 0.0
    uppercase: bool = False


class FieldRule(_Data):
    """What a design demands of one field of the text."""

    name: FieldName
    required: bool = True
    max_length: Annotated[int, Field(gt=0)]
    line: Line | None = None


class DesignData(_Data):
    """What ``design.toml`` says."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: dict[Language, str]
    words: dict[Language, dict[str, str]]
    second_lines: dict[Language, Language] = {}
    fields: tuple[FieldRule, ...]

    @model_validator(mode="after")
    def check_words(self) -> "DesignData":
        """Every language has the same words, among them those that the program uses."""
        if set(self.title) != set(LANGUAGES):
            raise ValueError("title needs both id and en")
        if not self.words:
            raise ValueError("words needs at least one language")
        keys = {key for words in self.words.values() for key in words} | NEEDED_WORDS
        for language, words in self.words.items():
            if missing := sorted(keys - set(words)):
                raise ValueError(f"words.{language} has no {', '.join(missing)}")
        if absent := set(self.second_lines.values()) - set(self.words):
            raise ValueError(f"second_lines names {', '.join(absent)}, which has no words")
        return self


@dataclass(frozen=True)
class Design:
    """A design that was read: where it lies, its data, its stylesheet and pictures."""

    folder: Path
    data: DesignData
    assets: dict[str, Asset]

    def words(self, language: Language) -> dict[str, str]:
        """Return the words in *language*, or raise `DesignRefused`."""
        if language not in self.data.words:
            raise DesignRefused(
                f"The design {self.data.code} has no words in “{language}”. "
                f"Add [words.{language}] to {DATA}, or choose another design."
            )
        return self.data.words[language]

    def second_words(self, language: Language) -> dict[str, str]:
        """Return the words of the small second lines; empty when there are none."""
        second = self.data.second_lines.get(language)
        return self.data.words[second] if second else {}


def load_design(folder: Path) -> Design:
    """Read the design in *folder*.

    Its pictures are the SVG, PNG and JPEG files beside the template. Raises
    `DesignRefused`, which names the file and everything that is wrong with it.
    """
    missing = [name for name in (TEMPLATE, STYLESHEET, DATA) if not (folder / name).is_file()]
    if missing:
        raise DesignRefused(
            f"The certificate design {folder.name} has no {', '.join(missing)}. "
            f"A design is a folder with {TEMPLATE}, {STYLESHEET} and {DATA}."
        )
    return Design(folder, _read_data(folder / DATA), _read_assets(folder))


def _read_data(path: Path) -> DesignData:
    place = f"{path.parent.name}/{path.name}"
    try:
        return DesignData.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DesignRefused(f"{place} is not TOML: {error}. Correct the file.") from None
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'the file'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise DesignRefused(f"{place} is wrong: {faults}. Correct the file.") from None


def _read_assets(folder: Path) -> dict[str, Asset]:
    if taken := sorted(name for name in DRAWN_FOR_EACH if (folder / name).exists()):
        raise DesignRefused(
            f"The certificate design {folder.name} brings {', '.join(taken)}, which the program "
            "draws for each certificate. Rename the file."
        )
    files = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in PICTURES)
    names = [folder / STYLESHEET, *files]
    return {path.name: Asset(path.read_bytes(), guess_media_type(path.name)) for path in names}
