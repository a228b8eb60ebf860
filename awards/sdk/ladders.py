"""Rules that turn places and totals into titles, and what they see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from awards.domain.text import Text
from awards.sdk.named import Named, Parameters


def _unknown(*asked: object) -> nw.Expr:
    raise LookupError(f"nothing is known here of {', '.join(map(str, asked)) or 'this'}")


@dataclass(frozen=True, kw_only=True)
class LadderInput:
    """What a ladder sees of a ranked candidate.

    ``value(code)`` is the points of a criterion or the value of a group, rounded to
    10⁻⁹ like the total. ``passes(code)`` is whether it passes a gate of the category,
    missing where that cannot be told. ``place_by(of, within)`` is its place by the
    points of a criterion or group (None: by its place in the category) among all
    ranked candidates or among those with the same value of the attribute *within*.
    ``held(back)`` is the title that it held in the earlier edition *back* steps ago,
    1 for the last one.
    """

    place: nw.Expr
    total: nw.Expr
    attribute: Callable[[str], nw.Expr]
    value: Callable[[str], nw.Expr] = _unknown
    passes: Callable[[str], nw.Expr] = _unknown
    place_by: Callable[[str | None, str | None], nw.Expr] = _unknown
    held: Callable[[int], nw.Expr] = _unknown


@dataclass(frozen=True, kw_only=True)
class Ladder(Named):
    """Turns places and totals into titles.

    ``titles(input, parameters)`` returns a text expression with the code of the
    title, or missing for none; ``words(parameters)`` gives every title's words
    by code, highest first.
    """

    code: str
    title: Text
    parameters: type[Parameters]
    titles: Callable[[LadderInput, Any], nw.Expr]
    words: Callable[[Any], Mapping[str, Text]]
