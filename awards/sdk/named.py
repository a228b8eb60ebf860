"""What everything that a plugin registers has in common."""

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from awards.domain.text import Text
from awards.sdk.errors import BadDeclaration

_CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

RESERVED = frozenset(
    {"id", "name", "source_file", "source_row", "attribute"}
    | {"standing", "place", "total", "position", "shared", "title", "class", "withheld"}
)
"""Columns that every table of candidates or results has, and what rules read
attributes by; no indicator and no attribute may bear them."""


class Parameters(BaseModel):
    """Base of every parameter model: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True)
class Label:
    """What a parameter is called in forms, and a hint: written as
    ``low: Annotated[float, Label({"en": "No points at", "id": "Nol poin pada"})]``.
    Without one the form shows the parameter's name."""

    title: Text
    hint: Text | None = None


@dataclass(frozen=True)
class Named:
    """A code that is unique among its like, and a title in each language."""

    code: str
    title: Text

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise BadDeclaration(
                f"{type(self).__name__} {self.code!r}: a code is made of lower-case letters, "
                "digits and single - or _ between them"
            )
        if not self.title or not all(self.title.values()):
            raise BadDeclaration(f"{type(self).__name__} {self.code!r} has no title")
