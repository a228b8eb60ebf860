"""The table of a scorecard: one row a criterion, grouped as the bars of the ranking are."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.domain.published import CriterionHead, CriterionScore, GroupHead, Scorecard
from awards.web.formats import Formats
from awards.web.public.find import Found
from awards.web.public.policies import absence_words
from awards.web.public.sources import SourceValue, source_values
from awards.web.words import gettext

Pair = tuple[CriterionScore, CriterionHead]


@dataclass(frozen=True)
class Comparison:
    """How the raw value stands to the median: ``better``, ``worse`` or ``equal``."""

    kind: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """A criterion as the table shows it. ``raw`` is None where the only source value
    is the raw value itself."""

    title: str
    description: str | None
    sources: tuple[SourceValue, ...]
    raw: str | None
    points: str
    weight: str
    contribution: str
    median: str
    comparison: Comparison | None
    absence: str | None


@dataclass(frozen=True)
class ScoreGroup:
    """Criteria under one color; ``heading`` is None where it would repeat the row."""

    color: str
    heading: str | None
    scores: tuple[ScoreRow, ...]


def with_heads(found: Found, card: Scorecard) -> list[Pair]:
    heads = {each.code: each for each in found.category.criteria}
    return [(score, heads[score.code]) for score in card.scores if score.code in heads]


def is_linear(score: CriterionScore) -> bool:
    """Whether the contribution is points times weight, as under arithmetic means."""
    return abs(score.contribution - (score.points or 0) * score.weight / 100) < 1e-6


def segment_of(found: Found, head: CriterionHead) -> GroupHead | None:
    """The segment of the ranking's bars that the criterion belongs to."""
    segments = {each.code: each for each in found.category.segments}
    groups = {each.code: each for each in found.category.groups}
    if head.code in segments:
        return segments[head.code]
    code: str | None = head.group
    while code is not None and code not in segments:
        code = groups[code].parent if code in groups else None
    return segments[code] if code else None


def score_groups(found: Found, card: Scorecard, words: Formats) -> tuple[ScoreGroup, ...]:
    by_segment: dict[str, list[Pair]] = {}
    for score, head in with_heads(found, card):
        segment = segment_of(found, head)
        by_segment.setdefault(segment.code if segment else "", []).append((score, head))
    segments = {each.code: each for each in found.category.segments}
    return tuple(_group(segments.get(code), pairs, words) for code, pairs in by_segment.items())


def _group(segment: GroupHead | None, pairs: list[Pair], words: Formats) -> ScoreGroup:
    rows = tuple(_row(score, head, words) for score, head in pairs)
    if segment is None:
        return ScoreGroup("mut", None, rows)
    single = len(pairs) == 1 and pairs[0][1].code == segment.code
    heading = None if single else _heading(segment, pairs, words)
    return ScoreGroup(f"g{segment.color}", heading, rows)


def _heading(segment: GroupHead, pairs: Iterable[Pair], words: Formats) -> str:
    got = sum(score.contribution for score, _ in pairs)
    return gettext(
        "%(group)s: %(got)s of %(weight)s",
        group=words.text(segment.title),
        got=words.number(got),
        weight=words.trimmed(segment.weight),
    )


def _row(score: CriterionScore, head: CriterionHead, words: Formats) -> ScoreRow:
    sources = source_values(head, score.values, words)
    raw = words.value(score.raw, head.unit)
    return ScoreRow(
        title=words.text(head.title),
        description=_description(head, words),
        sources=sources,
        raw=None if [each.value for each in sources] == [raw] else raw,
        points=gettext("none") if score.points is None else words.number(score.points, 1),
        weight=words.trimmed(score.weight),
        contribution=words.number(score.contribution),
        median=_median(score, head, words),
        comparison=_compare(score, head),
        absence=absence_words(score, head, words),
    )


def _description(head: CriterionHead, words: Formats) -> str | None:
    said = words.text(head.description) if head.description else ""
    less = gettext("less is better") if head.less_is_better else ""
    return "; ".join(each for each in (said, less) if each) or None


def _median(score: CriterionScore, head: CriterionHead, words: Formats) -> str:
    """The median, told apart from the value that it is compared with."""
    median, raw = head.median_raw, score.raw
    if median is None or raw is None or _equal(median, raw):
        return words.value(median, head.unit)
    return words.told_apart(median, raw, head.unit)


def _equal(one: float, other: float) -> bool:
    """Equal but for what adding and halving does to the last bits."""
    return abs(one - other) < 1e-9


def _compare(score: CriterionScore, head: CriterionHead) -> Comparison | None:
    if score.raw is None or head.median_raw is None:
        return None
    if _equal(score.raw, head.median_raw):
        return Comparison("equal", gettext("the median"))
    if (score.raw < head.median_raw) == head.less_is_better:
        return Comparison("better", gettext("better"))
    return Comparison("worse", gettext("behind"))
