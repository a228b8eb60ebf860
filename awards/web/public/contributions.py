"""The chart of a scorecard: what each criterion gave and what was left."""

from dataclasses import dataclass

from awards.documents.charts import (
    Contribution,
    ContributionChart,
    contribution_ticks,
    narrow_contributions,
    wide_contributions,
)
from awards.domain.published import Scorecard
from awards.web.formats import Formats
from awards.web.public.find import Found
from awards.web.public.scores import Pair, is_linear, segment_of, with_heads


@dataclass(frozen=True)
class ContributionDrawing:
    wide: ContributionChart
    narrow: ContributionChart


def draw_contributions(found: Found, card: Scorecard, words: Formats) -> ContributionDrawing:
    """Draw both sizes. The median of the points is marked where contributions are
    points times weight; under other means it has no place on this scale."""
    rows = [_contribution(found, each, words) for each in with_heads(found, card)]
    ticks = [(each, words.trimmed(each)) for each in contribution_ticks(rows)]
    return ContributionDrawing(wide_contributions(rows, ticks), narrow_contributions(rows, ticks))


def _contribution(found: Found, pair: Pair, words: Formats) -> Contribution:
    score, head = pair
    segment = segment_of(found, head)
    median = head.median_points if is_linear(score) else None
    return Contribution(
        label=words.text(head.title),
        color=segment.color if segment else 0,
        got=score.contribution,
        full=score.weight,
        median=None if median is None else median * score.weight / 100,
        got_text=words.number(score.contribution, 1),
        full_text=words.trimmed(score.weight, 1),
    )
