"""The scorecard of one candidate: what its place is made of, down to the source cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from awards.documents.charts import TrendChart, trend
from awards.documents.maps import draw_areas
from awards.domain.published import CriterionHead, HistoryPoint, RankingRow, Scorecard
from awards.web.formats import Formats, format_digest, formats
from awards.web.parts import parts
from awards.web.public.contributions import ContributionDrawing, draw_contributions
from awards.web.public.find import Found
from awards.web.public.ladder import certificate_links
from awards.web.public.layout import Link
from awards.web.public.lifting import LiftList, Peers, lift_lists, peers_of
from awards.web.public.policies import PolicyTable, availability_words, policy_tables
from awards.web.public.ranking import category_crumbs, explain_intervals, range_of
from awards.web.public.scores import Pair, ScoreGroup, is_linear, score_groups, with_heads
from awards.web.public.verification import Recipe, recipe
from awards.web.words import gettext


@dataclass(frozen=True)
class Attribute:
    title: str
    value: str


@dataclass(frozen=True)
class Neighbor:
    place: str
    name: str
    href: str | None
    total: str
    difference: str
    own: bool


@dataclass(frozen=True)
class HistoryRow:
    label: str
    href: str | None
    place: str
    total: str


@dataclass(frozen=True)
class History:
    wide: TrendChart
    narrow: TrendChart
    words: str
    rows: tuple[HistoryRow, ...]


@dataclass(frozen=True)
class Locator:
    """A small map with one area filled."""

    width: float
    height: float
    here: str
    rest: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class ScorecardPage:
    """Everything that ``scorecard.html`` shows."""

    crumbs: tuple[Link, ...]
    name: str
    finding: str | None
    attributes: tuple[Attribute, ...]
    title: str | None
    class_: str | None
    certificate: Link | None
    place: str
    of: str
    shared: bool
    interval: str | None
    intervals: str | None
    total: str
    locator: Locator | None
    contributions: ContributionDrawing
    medians: str
    added: bool
    groups: tuple[ScoreGroup, ...]
    median_of: str
    absent: tuple[str, ...]
    availability: str | None
    policies: tuple[PolicyTable, ...]
    lifts: tuple[LiftList, ...]
    peers: Peers | None
    neighbors: tuple[Neighbor, ...]
    history: History | None
    seal: str
    recipe: Recipe
    method_href: str
    ranking_href: str


def scorecard_page(found: Found, card: Scorecard) -> ScorecardPage:
    words, row = formats(), card.row
    groups = score_groups(found, card, words)
    return ScorecardPage(
        crumbs=category_crumbs(found, words, Link("", row.name)),
        name=row.name,
        finding=_finding(found, card, words),
        attributes=tuple(_attributes(found, card, words)),
        title=words.text(row.title) if row.title else None,
        class_=words.text(row.class_) if row.class_ else None,
        certificate=certificate_links(found, words.language).get(row.id),
        place=words.count(row.place),
        of=gettext("of %(count)s", count=words.count(found.category.ranked)),
        shared=row.shared,
        interval=range_of(row, words),
        intervals=explain_intervals(found, words),
        total=words.number(row.total),
        locator=_locator(found, row),
        contributions=draw_contributions(found, card, words),
        medians=_medians(found, card, words),
        added=all(is_linear(each) for each in card.scores),
        groups=groups,
        median_of=gettext("%(count)s ranked", count=words.count(found.category.ranked)),
        absent=tuple(_absent(groups)),
        availability=availability_words(card.scores, words),
        policies=policy_tables(card, with_heads(found, card), words),
        lifts=lift_lists(card, words),
        peers=peers_of(found, card, words),
        neighbors=tuple(_neighbors(found, card, words)),
        history=_history(found, row, words),
        seal=format_digest(found.category.seal, groups=16),
        recipe=recipe(found),
        method_href=found.address("method"),
        ranking_href=found.address("ranking"),
    )


def _finding(found: Found, card: Scorecard, words: Formats) -> str | None:
    """Where the candidate leads the median most, and where most points were lost."""
    pairs = with_heads(found, card)
    if len(pairs) < 2:
        return None
    strong, weak = _strongest(pairs), max(pairs, key=lambda pair: pair[0].lost)
    told = []
    if strong is not None:
        told.append(gettext("Strongest in: %(what)s.", what=words.text(strong.title)))
    if weak[0].lost > 0 and weak[1] is not strong:
        lost, what = words.number(weak[0].lost), words.text(weak[1].title)
        told.append(gettext("Most points lost (%(lost)s) in: %(what)s.", lost=lost, what=what))
    return " ".join(told) or None


def _medians(found: Found, card: Scorecard, words: Formats) -> str:
    """What the upright lines of the chart are; nothing where there are none."""
    marked = [is_linear(each) for each in card.scores]
    whom = words.count(found.category.ranked)
    if all(marked):
        return gettext("Upright line: the median of %(count)s candidates.", count=whom)
    told = gettext(
        "Not all parts are simply added here: what the total lacks to 100 is shared out over "
        "the criteria by the rule on the method page."
    )
    if not any(marked):
        return told
    line = gettext(
        "Upright line, where parts are added: the median of %(count)s candidates.", count=whom
    )
    return f"{told} {line}"


def _strongest(pairs: Iterable[Pair]) -> CriterionHead | None:
    leads = [
        (score.points - head.median_points, head)
        for score, head in pairs
        if score.points is not None and head.median_points is not None
    ]
    lead, head = max(leads, key=lambda each: each[0], default=(0.0, None))
    return head if lead > 0 else None


def _attributes(found: Found, card: Scorecard, words: Formats) -> Iterable[Attribute]:
    """The attributes that the ranking can be filtered by, in words."""
    filters = {each.code: each for each in found.category.filters}
    for code, value in card.attributes:
        if code in filters:
            told = {known: text for known, text, _ in filters[code].values}
            yield Attribute(
                words.text(filters[code].title),
                words.text(told[value]) if value in told else value,
            )


def _locator(found: Found, row: RankingRow) -> Locator | None:
    geometry = parts().site.geometry(found.category) if found.category.has_map else None
    if geometry is None:
        return None
    drawing = draw_areas(geometry)
    paths: Mapping[str, str] = {each.id: each.path for each in drawing.areas}
    if row.id not in paths:
        return None
    return Locator(
        width=drawing.width,
        height=drawing.height,
        here=paths[row.id],
        rest=tuple(path for area, path in paths.items() if area != row.id),
        words=gettext("Where %(name)s lies", name=row.name),
    )


def _absent(groups: Iterable[ScoreGroup]) -> Iterable[str]:
    for group in groups:
        for score in group.scores:
            if score.absence:
                yield f"{score.title}: {score.absence}"


def _neighbors(found: Found, card: Scorecard, words: Formats) -> Iterable[Neighbor]:
    for row in (card.above, card.row, card.below):
        if row is not None:
            difference = words.number(row.total - card.row.total)
            own = row.id == card.row.id
            yield Neighbor(
                place=words.count(row.place),
                name=row.name,
                href=found.scorecard(row.id) if row.has_scorecard and not own else None,
                total=words.number(row.total),
                difference="" if own else _signed(difference),
                own=own,
            )


def _signed(difference: str) -> str:
    return difference if difference.startswith("−") else f"+{difference}"


def _history(found: Found, row: RankingRow, words: Formats) -> History | None:
    past = parts().site.history(found.category, row.id)
    if len(past) < 2:
        return None
    points = [
        (each.label, each.total, words.number(each.total), _nth(each.place, words)) for each in past
    ]
    told = "; ".join(f"{label}: {value}, {nth}" for label, _, value, nth in points)
    return History(
        trend(points, width=520),
        trend(points, width=358),
        told,
        tuple(_history_row(each, row.id, words) for each in past),
    )


def _nth(place: int, words: Formats) -> str:
    return gettext("no. %(place)s", place=words.count(place))


def _history_row(point: HistoryPoint, candidate: str, words: Formats) -> HistoryRow:
    return HistoryRow(
        label=point.label,
        href=_history_address(point, candidate),
        place=gettext(
            "%(place)s of %(count)s",
            place=words.count(point.place),
            count=words.count(point.ranked),
        ),
        total=words.number(point.total),
    )


def _history_address(point: HistoryPoint, candidate: str) -> str | None:
    edition = parts().site.edition(point.edition)
    category = edition.category(point.category) if edition else None
    return Found(edition, category).candidate(candidate) if edition and category else None
