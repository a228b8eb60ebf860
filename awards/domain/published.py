"""What the public may know of an edition: prepared once, then only read.

These types are the whole interface between publication and pages. A page that
shows something not in here would be a leak; a value that the disclosure level
withholds is absent from the files these are read from, not hidden by a view.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from awards.domain.definition import DisclosureLevel
from awards.domain.explained import Goal, PeerGroup, PolicyEffect
from awards.domain.text import Sentence, Text


@dataclass(frozen=True, kw_only=True)
class IndicatorHead:
    """An indicator as the method page and the scorecard name it."""

    code: str
    title: Text
    unit: str
    description: Text | None
    source: Text | None


@dataclass(frozen=True, kw_only=True)
class CriterionHead:
    """A criterion in force. ``weight`` is its share of the total, 0 to 100;
    medians are over the ranked candidates."""

    code: str
    title: Text
    description: Text | None
    unit: str
    group: str
    weight: float
    scale: Text
    scale_words: Sentence
    less_is_better: bool
    missing: str
    not_applicable: str
    indicators: tuple[IndicatorHead, ...]
    plugin: str
    median_raw: float | None
    median_points: float | None
    treatments: tuple[Sentence, ...] = ()
    """What is done to values before the scale."""


@dataclass(frozen=True, kw_only=True)
class GroupHead:
    """A group of the tree, parents before children. ``weight`` is its share of
    the total, 0 to 100; ``depth`` is 0 for the root; ``color`` numbers the first
    level 1 to 5 and is 0 for the root."""

    code: str
    title: Text
    weight: float
    depth: int
    color: int
    aggregation: Text
    parent: str | None
    rules: tuple[Sentence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GateHead:
    """A gate in words, and whether it decides who is ranked or titles alone."""

    code: str
    title: Text
    reason: Text
    decides: Literal["standing", "titles"] = "standing"


@dataclass(frozen=True, kw_only=True)
class TitleHead:
    """A step of a ladder, highest first; ``count`` is how many hold it, None where
    they are too few to be told."""

    code: str
    words: Text
    count: int | None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """An attribute the ranking can be filtered by: values with words and counts, None
    where they are too few to be told."""

    code: str
    title: Text
    values: tuple[tuple[str, Text, int | None], ...]


@dataclass(frozen=True, kw_only=True)
class PublishedRobustness:
    """How intervals beside places came about: from ``draws`` of weights and scales;
    ``seal`` is that of all that was found. Facts are not varied."""

    seal: str
    draws: int


@dataclass(frozen=True, kw_only=True)
class RuleNotice:
    """A change of rules after they were locked: what, why, and who moved since the run
    before it, as name, place before and place after; None where that cannot be told."""

    version: int
    saved_at: datetime
    reason: str
    changes: tuple[str, ...]
    moves: tuple[tuple[str, int | None, int | None], ...] | None = None


@dataclass(frozen=True, kw_only=True)
class PublishedCategory:
    """A category of a published edition.

    ``segments`` are what the bars of a ranking are drawn from: the children of
    the root, groups or single criteria, in order, at most five colors.
    ``listed`` is how many candidates the ranking shows one by one. ``population``,
    ``ineligible`` and ``not_assessable`` are None where one of them, or what they
    leave when they are subtracted, is too small a count to be told. ``robustness`` is
    None unless the rules of the edition declare it public.
    """

    edition: str
    code: str
    title: Text
    kind: str
    kind_title: Text
    population: int | None
    ranked: int
    ineligible: int | None
    not_assessable: int | None
    listed: int
    median_total: float | None
    decided_on: date | None
    minutes: str | None
    weights_source: Text | None
    segments: tuple[GroupHead, ...]
    groups: tuple[GroupHead, ...]
    criteria: tuple[CriterionHead, ...]
    gates: tuple[GateHead, ...]
    tie_breakers: tuple[Text, ...]
    margin: float | None = None
    titles: tuple[TitleHead, ...]
    classes: tuple[TitleHead, ...]
    filters: tuple[Filter, ...]
    has_map: bool
    seal: str
    result_digest: str
    snapshot: str
    rule_changes: tuple[RuleNotice, ...] = ()
    robustness: PublishedRobustness | None = None

    def criterion(self, code: str) -> CriterionHead | None:
        return next((each for each in self.criteria if each.code == code), None)


@dataclass(frozen=True, kw_only=True)
class PublishedEdition:
    """A published edition. ``ledger`` is the sequence number and hash (64
    hexadecimal digits) of the event that published it."""

    code: str
    label: str
    title: Text
    program: str
    program_title: Text
    period_start: date
    period_end: date
    time_zone: str
    disclosure: DisclosureLevel
    notice: Text | None
    sources: tuple[Text, ...]
    published_at: datetime
    digest: str
    ledger: tuple[int, str] | None
    categories: tuple[PublishedCategory, ...]

    def category(self, code: str) -> PublishedCategory | None:
        return next((each for each in self.categories if each.code == code), None)


@dataclass(frozen=True, kw_only=True)
class RankingQuery:
    """What a visitor asks a ranking for. ``sort`` is ``place``, ``name`` or the
    code of a segment (highest contribution first); ``filters`` pairs attribute
    codes with values; ``titled`` keeps holders of a title only; ``page`` counts
    from 1."""

    search: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    titled: bool = False
    sort: str = "place"
    page: int = 1
    size: int = 50


@dataclass(frozen=True, kw_only=True)
class RankingRow:
    """One candidate in a ranking. ``contributions`` are points of the total by
    segment and sum to ``total``; ``has_scorecard`` is false where the disclosure
    level withholds the values. ``interval`` holds the place in 90 percent of the draws
    of `PublishedRobustness`; None where that is not public."""

    id: str
    name: str
    place: int
    shared: bool
    total: float
    title: Text | None
    class_: Text | None
    contributions: tuple[float, ...]
    has_scorecard: bool
    interval: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class RankingPage:
    """The asked-for rows, how many there are in all, and, when a search found
    nothing, the name nearest to what was typed."""

    rows: tuple[RankingRow, ...]
    total: int
    page: int
    pages: int
    nearest: str | None = None


@dataclass(frozen=True, kw_only=True)
class SourceCell:
    """Where a value came from: file, sheet, address (``D17``), sender, and the date the
    sender's figures stand for. ``value`` is what stands there where several cells
    made one value."""

    file: str
    sheet: str | None
    address: str
    part: str
    sender: str | None
    as_of: date | None = None
    value: float | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorValue:
    """One indicator of one candidate. ``value`` is None when it is missing.

    ``more_sources`` are the cells beside ``source``. A value that was counted out of
    records has no ``source``: ``records`` says of how many, ``more_sources`` where
    the first of them stand.
    """

    code: str
    value: float | None
    source: SourceCell | None
    more_sources: tuple[SourceCell, ...] = ()
    records: int | None = None


@dataclass(frozen=True, kw_only=True)
class CriterionScore:
    """How a criterion counted for a candidate.

    ``weight`` is in force (percent of the total, after re-weighting);
    ``contribution`` is in points of the total, ``lost`` what was missed:
    ``contribution + lost = weight``. ``policy`` names what was done when the
    raw value is absent. Points may stand without a raw value (policy). ``treated``
    is what an outlier was drawn in to, missing where the value itself counts.
    """

    code: str
    raw: float | None
    points: float | None
    weight: float
    contribution: float
    lost: float
    reason: Literal["measured", "missing", "zero_denominator", "not_applicable", "off_scale"]
    policy: str | None
    values: tuple[IndicatorValue, ...]
    treated: float | None = None


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """Everything public about one candidate, down to the source cells. ``peers`` is None;
    ``goals`` and ``policies`` are empty where nothing may be told, or nothing was computed."""

    row: RankingRow
    attributes: tuple[tuple[str, str], ...]
    scores: tuple[CriterionScore, ...]
    above: RankingRow | None
    below: RankingRow | None
    peers: PeerGroup | None = None
    goals: tuple[Goal, ...] = ()
    policies: tuple[PolicyEffect, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HistoryPoint:
    """The same candidate in another published edition of the program."""

    edition: str
    label: str
    category: str
    place: int
    ranked: int
    total: float


@dataclass(frozen=True, kw_only=True)
class MapValue:
    """One colored area of a map."""

    id: str
    name: str
    place: int
    value: float | None


@dataclass(frozen=True, kw_only=True)
class PublicCertificate:
    """What the verify page says of a genuine certificate of a published edition."""

    code: str
    label: str
    number: str
    edition: str
    edition_title: Text
    category: str
    category_title: Text
    candidate: str
    name: str
    title: Text
    language: str
    issued_on: date
    sha256: str
