"""Small drawings that several pages share, with their words."""

from dataclasses import dataclass

from awards.documents.charts import Dot, Stack, axis, dot, stack
from awards.domain.published import PublishedCategory, RankingQuery, RankingRow
from awards.web.formats import Formats
from awards.web.parts import parts
from awards.web.words import gettext


@dataclass(frozen=True)
class Composition:
    """A bar of what a total is made of; ``words`` say the same for who cannot see it."""

    bar: Stack
    words: str


@dataclass(frozen=True)
class Position:
    """Where a total lies between the lowest and the highest of its category."""

    dot: Dot
    words: str


@dataclass(frozen=True)
class Axis:
    """The ends of the axis that the totals of a category share."""

    low: float
    high: float

    def label(self, words: Formats) -> str:
        return f"{words.trimmed(self.low)}–{words.trimmed(self.high)}"


def compose(
    category: PublishedCategory, row: RankingRow, words: Formats, *, width: float
) -> Composition:
    """Draw the contributions of *row*; one neutral bar where they are not public."""
    if len(row.contributions) != len(category.segments):
        return Composition(stack((row.total,), (0,), width=width), words.number(row.total))
    told = "; ".join(
        f"{words.text(segment.title)} {words.number(amount, 1)}"
        for segment, amount in zip(category.segments, row.contributions, strict=True)
    )
    colors = [segment.color for segment in category.segments]
    return Composition(stack(row.contributions, colors, width=width), told)


def locate(row: RankingRow, ends: Axis, words: Formats) -> Position:
    told = gettext(
        "%(total)s on an axis from %(axis)s", total=words.number(row.total), axis=ends.label(words)
    )
    return Position(dot(row.total, ends.low, ends.high, width=230), told)


def total_axis(category: PublishedCategory) -> Axis | None:
    """The axis for all totals that the ranking lists, or None when it lists nobody."""
    site = parts().site
    first = site.ranking(category, RankingQuery(size=1)).rows
    last = site.ranking(category, RankingQuery(size=1, page=max(category.listed, 1))).rows
    if not first or not last:
        return None
    return Axis(*axis(last[0].total, first[0].total))
