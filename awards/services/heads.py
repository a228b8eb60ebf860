"""The public description of a category: its rules in words, its counts and medians."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

import polars as pl

from awards.domain.definition import CategoryDefinition, FullPoints, Group, Leaf
from awards.domain.published import (
    CriterionHead,
    Filter,
    GateHead,
    GroupHead,
    IndicatorHead,
    PublishedCategory,
    TitleHead,
)
from awards.domain.records import Decision
from awards.domain.text import Sentence, Text
from awards.evaluation import columns
from awards.evaluation.columns import Standing
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Criterion, Indicator
from awards.services.group_words import group_rules
from awards.services.sealed import SealedRun
from awards.services.treatments import availability_head, outlier_words, treatment_words

COLORS = 5
SMALL_CELL = 5
"""Medians over fewer values, and counts of fewer candidates, are withheld below ``open``."""


def describe_category(
    sealed: SealedRun,
    *,
    decision: Decision,
    listed: pl.LazyFrame,
    rulebook: RuleBook,
    everything: bool,
) -> PublishedCategory:
    """What the public may know of the category as a whole.

    *listed* is what the ranking shows row by row; *everything* is true at ``open``.
    """
    definition = sealed.definition
    kind = rulebook.kind(definition.kind)
    ranked = sealed.tables.results.filter(pl.col("place").is_not_null())
    standing = _counts(sealed.tables.results, "standing")
    everyone, ranks = standing.total(), standing[Standing.RANKED]
    ineligible, not_assessable = _refused(standing, everything=everything)
    return PublishedCategory(
        edition=decision.edition,
        code=definition.code,
        title=definition.title,
        kind=kind.code,
        kind_title=kind.title,
        population=_told(everyone, everyone - ranks, everything=everything),
        ranked=ranks,
        ineligible=ineligible,
        not_assessable=not_assessable,
        listed=listed.select(pl.len()).collect().item(),
        median_total=_median(ranked, "total", everything=everything),
        decided_on=decision.decided_on,
        minutes=decision.minutes,
        **_rules(definition, ranked, rulebook=rulebook, everything=everything),
        titles=_conferred(decision),
        filters=tuple(_filters(definition, listed, rulebook, everything=everything)),
        has_map=kind.geometry is not None,
        seal=sealed.seal,
        result_digest=sealed.manifest["result"]["digest"],
        snapshot=sealed.manifest["inputs"]["snapshot"],
    )


def _refused(counts: Counter[object], *, everything: bool) -> tuple[int, int] | tuple[None, None]:
    """How many are not eligible and not assessable. Unless *everything* may be told,
    neither where one is small: the other and the sum would tell it."""
    found = counts[Standing.INELIGIBLE], counts[Standing.NOT_ASSESSABLE]
    small = any(0 < each < SMALL_CELL for each in found)
    return found if everything or not small else (None, None)


class _Rules(TypedDict):
    weights_source: Text | None
    segments: tuple[GroupHead, ...]
    groups: tuple[GroupHead, ...]
    criteria: tuple[CriterionHead, ...]
    gates: tuple[GateHead, ...]
    margin: float | None
    tie_breakers: tuple[Text, ...]
    classes: tuple[TitleHead, ...]


def _rules(
    definition: CategoryDefinition, ranked: pl.LazyFrame, *, rulebook: RuleBook, everything: bool
) -> _Rules:
    nodes = tuple(_walk(definition.tree))
    titles = _titles_by_code(definition, rulebook)
    return _Rules(
        weights_source=definition.weights_source,
        segments=tuple(_group_head(each, titles, rulebook) for each in nodes if each.depth == 1),
        groups=tuple(
            _group_head(each, titles, rulebook) for each in nodes if isinstance(each.each, Group)
        ),
        criteria=criterion_heads(definition, ranked, rulebook=rulebook, everything=everything),
        gates=tuple(_gates(definition, rulebook)),
        margin=definition.margin,
        tie_breakers=tuple(_tie_words(each, titles) for each in definition.tie_breakers),
        classes=_classes(definition, ranked, rulebook, everything=everything),
    )


def _tie_words(each: str | FullPoints, titles: Mapping[str, Text]) -> Text:
    if not isinstance(each, FullPoints):
        return titles[each]
    within = titles[each.of] if each.of else {}
    names = {language: f": {words}" for language, words in within.items()}
    return {
        "en": f"Number of criteria with {each.points:g} points or more{names.get('en', '')}",
        "id": f"Banyaknya kriteria dengan {each.points:g} poin atau lebih{names.get('id', '')}",
    }


def criterion_heads(
    definition: CategoryDefinition, ranked: pl.LazyFrame, *, rulebook: RuleBook, everything: bool
) -> tuple[CriterionHead, ...]:
    """Every criterion in words, in reading order, with medians over *ranked*: small
    cells too if *everything* may be told."""
    kind = rulebook.kind(definition.kind)
    return tuple(
        _criterion_head(
            node,
            node.each,
            ranked,
            treatments=(
                *treatment_words(node.each, kind, rulebook=rulebook),
                *(outlier_words(node.each, ranked) if everything else ()),
            ),
            rulebook=rulebook,
            everything=everything,
        )
        for node in _walk(definition.tree)
        if isinstance(node.each, Leaf)
    )


@dataclass(frozen=True)
class _Node:
    """A place in the criteria tree; ``weight`` in percent of the total."""

    each: Group | Leaf
    parent: str | None
    depth: int
    weight: float
    color: int


def _walk(tree: Group) -> Iterator[_Node]:
    """Every node, parents first; colors number the children of the root."""
    waiting = [_Node(tree, None, 0, 100.0, 0)]
    while waiting:
        node = waiting.pop(0)
        yield node
        if isinstance(node.each, Group):
            waiting = _children(node.each, node) + waiting


def _children(group: Group, node: _Node) -> list[_Node]:
    whole = sum(each.weight for each in group.children)
    return [
        _Node(
            each,
            group.code,
            node.depth + 1,
            node.weight * each.weight / whole,
            node.color or min(number, COLORS),
        )
        for number, each in enumerate(group.children, 1)
    ]


def _group_head(node: _Node, titles: Mapping[str, Text], rulebook: RuleBook) -> GroupHead:
    if isinstance(node.each, Group):
        title: Text = node.each.title
        rules = group_rules(node.each, titles, rulebook=rulebook)
        aggregation = rulebook.aggregation(node.each.aggregation.code).title
    else:
        title = rulebook.criterion(node.each.code).title
        aggregation, rules = {}, ()
    return GroupHead(
        code=node.each.code,
        title=title,
        weight=node.weight,
        depth=node.depth,
        color=node.color,
        aggregation=aggregation,
        parent=node.parent,
        rules=rules,
    )


def _criterion_head(
    node: _Node,
    leaf: Leaf,
    ranked: pl.LazyFrame,
    *,
    treatments: tuple[Sentence, ...],
    rulebook: RuleBook,
    everything: bool,
) -> CriterionHead:
    criterion, scale = rulebook.criterion(leaf.code), rulebook.scale(leaf.scale.code)
    parameters = scale.parameters.model_validate(leaf.scale.parameters)
    raw, points = columns.raw(leaf.code), columns.points(leaf.code)
    return CriterionHead(
        code=leaf.code,
        title=criterion.title,
        description=criterion.description,
        unit=criterion.unit,
        group=node.parent or "",
        weight=node.weight,
        scale=scale.title,
        scale_words=scale.describe(parameters, criterion.less_is_better),
        less_is_better=criterion.less_is_better,
        missing=leaf.missing,
        not_applicable=leaf.not_applicable,
        indicators=tuple(_indicator_head(each) for each in rulebook.inputs_of(leaf)),
        plugin=_plugin_of(criterion, rulebook),
        median_raw=_median(ranked, raw, everything=everything),
        median_points=_median(ranked, points, everything=everything),
        treatments=treatments,
    )


def _indicator_head(indicator: Indicator) -> IndicatorHead:
    return IndicatorHead(
        code=indicator.code,
        title=indicator.title,
        unit=indicator.unit,
        description=indicator.description,
        source=indicator.source,
    )


def _plugin_of(criterion: Criterion, rulebook: RuleBook) -> str:
    added = f"criterion:{criterion.code}"
    found = (f"{each.name} {each.version}" for each in rulebook.plugins if added in each.adds)
    return next(found, "")


def _gates(definition: CategoryDefinition, rulebook: RuleBook) -> Iterator[GateHead]:
    for use in definition.gates:
        title, reason = rulebook.gate_words(use)
        yield GateHead(code=use.key, title=title, reason=reason, decides=use.decides)
    availability = availability_head(definition)
    if availability is not None:
        yield availability


def _titles_by_code(definition: CategoryDefinition, rulebook: RuleBook) -> Mapping[str, Text]:
    titles: dict[str, Text] = {each.code: each.title for each in definition.tree.groups()}
    for leaf in definition.tree.leaves():
        titles[leaf.code] = rulebook.criterion(leaf.code).title
    return titles


def _conferred(decision: Decision) -> tuple[TitleHead, ...]:
    counts = Counter(each.title for each in decision.titles)
    words = {each.title: each.words for each in decision.titles}
    return tuple(TitleHead(code=code, words=words[code], count=counts[code]) for code in words)


def _classes(
    definition: CategoryDefinition, ranked: pl.LazyFrame, rulebook: RuleBook, *, everything: bool
) -> tuple[TitleHead, ...]:
    """The steps of the second ladder, which classifies, with how many reach each."""
    if len(definition.ladders) < 2:
        return ()
    use = definition.ladders[1]
    ladder = rulebook.ladder(use.code)
    words = ladder.words(ladder.parameters.model_validate(use.parameters))
    counts = _counts(ranked, columns.title(1))
    return tuple(
        TitleHead(
            code=code,
            words=text,
            count=_told(counts[code], counts[code], everything=everything),
        )
        for code, text in words.items()
    )


def _filters(
    definition: CategoryDefinition, listed: pl.LazyFrame, rulebook: RuleBook, *, everything: bool
) -> Iterator[Filter]:
    present = listed.collect_schema()
    for attribute in rulebook.kind(definition.kind).attributes:
        if attribute.code in present and attribute.values:
            counts = _counts(listed, attribute.code)
            values = tuple(
                (code, words, _told(counts[code], counts[code], everything=everything))
                for code, words in attribute.values.items()
                if counts[code]
            )
            if len(values) > 1:
                yield Filter(code=attribute.code, title=attribute.title, values=values)


def _told(count: int, cell: int, *, everything: bool) -> int | None:
    """*count*, or None where *cell* is too few candidates to be told of, unless
    *everything* may be told."""
    return count if everything or not 0 < cell < SMALL_CELL else None


def _counts(table: pl.LazyFrame, name: str) -> Counter[object]:
    """How often each value occurs in a column."""
    return Counter(dict(table.group_by(name).len().collect(engine="streaming").iter_rows()))


def _median(table: pl.LazyFrame, name: str, *, everything: bool) -> float | None:
    """The median; None without values and, unless *everything* may be told, over few."""
    values = table.select(name).collect().to_series()
    if not everything and values.count() < SMALL_CELL:
        return None
    median = values.median()
    return float(median) if isinstance(median, int | float) else None
