"""The method page: every rule in force, and how to check that it was kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.domain.published import CriterionHead, GroupHead, RuleNotice, TitleHead
from awards.web.formats import Formats, formats
from awards.web.parts import parts
from awards.web.public.find import Found
from awards.web.public.layout import Link
from awards.web.public.policies import missing_words, not_applicable_words
from awards.web.public.ranking import category_crumbs
from awards.web.public.scores import segment_of
from awards.web.public.verification import Recipe, recipe
from awards.web.words import gettext


@dataclass(frozen=True, kw_only=True)
class TreeRow:
    """A group or criterion of the tree; ``depth`` counts from 0, at most 4."""

    depth: int
    color: str
    title: str
    weight: str
    how: str
    is_group: bool
    href: str | None


@dataclass(frozen=True)
class IndicatorWords:
    title: str
    unit: str
    description: str | None
    source: str | None


@dataclass(frozen=True, kw_only=True)
class CriterionWords:
    """A criterion in words, down to the plugin that computes it."""

    anchor: str
    color: str
    title: str
    description: str | None
    weight: str
    scale: str
    rule: str
    indicators: tuple[IndicatorWords, ...]
    missing: str
    not_applicable: str
    plugin: str


@dataclass(frozen=True)
class GateWords:
    title: str
    reason: str


@dataclass(frozen=True)
class TitleWords:
    title: str
    held: str


@dataclass(frozen=True)
class Digest:
    """A digest in full; ``words`` say what it is the digest of."""

    words: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class NoticeWords:
    """A change after the lock; ``moves`` say who changed places."""

    title: str
    reason: str
    changes: tuple[str, ...]
    moves: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MethodPage:
    """Everything that ``method.html`` shows."""

    crumbs: tuple[Link, ...]
    heading: str
    subject: str
    tree: tuple[TreeRow, ...]
    weights_source: str
    criteria: tuple[CriterionWords, ...]
    gates: tuple[GateWords, ...]
    title_gates: tuple[GateWords, ...]
    margin: str | None
    tie_breakers: tuple[str, ...]
    titles: tuple[TitleWords, ...]
    classes: tuple[TitleWords, ...]
    decided: str | None
    minutes: str | None
    digests: tuple[Digest, ...]
    downloads: tuple[Link, ...]
    recipe: Recipe
    notices: tuple[NoticeWords, ...]


def _holders(step: TitleHead, words: Formats) -> str:
    """How many hold it, or that they are too few to be told."""
    return gettext("a few") if step.count is None else words.count(step.count)


def method_page(found: Found) -> MethodPage:
    words, category = formats(), found.category
    return MethodPage(
        crumbs=category_crumbs(found, words, Link("", gettext("Method"))),
        heading=gettext("How this is computed"),
        subject=words.text(found.edition.title),
        tree=tuple(_tree(found, words)),
        weights_source=_weights_source(found, words),
        criteria=tuple(_criterion(found, each, words) for each in category.criteria),
        gates=tuple(
            GateWords(words.text(each.title), words.text(each.reason))
            for each in category.gates
            if each.decides == "standing"
        ),
        title_gates=tuple(
            GateWords(words.text(each.title), words.text(each.reason))
            for each in category.gates
            if each.decides == "titles"
        ),
        margin=None if category.margin is None else words.trimmed(category.margin),
        tie_breakers=tuple(words.text(each) for each in category.tie_breakers),
        titles=tuple(
            TitleWords(words.text(each.words), _holders(each, words)) for each in category.titles
        ),
        classes=tuple(
            TitleWords(words.text(each.words), _holders(each, words)) for each in category.classes
        ),
        decided=words.day(category.decided_on) if category.decided_on else None,
        minutes=category.minutes,
        digests=tuple(_digests(found)),
        downloads=tuple(_downloads(found)),
        recipe=recipe(found),
        notices=tuple(_notice(each, found, words) for each in category.rule_changes),
    )


def _notice(notice: RuleNotice, found: Found, words: Formats) -> NoticeWords:
    def place(each: int | None) -> str:
        return words.count(each) if each else gettext("no place")

    return NoticeWords(
        title=gettext(
            "Version %(number)s, %(day)s",
            number=words.count(notice.version),
            day=words.local_day(notice.saved_at, found.edition.time_zone),
        ),
        reason=notice.reason,
        changes=notice.changes,
        moves=tuple(
            f"{name}: {place(before)} → {place(after)}"
            for name, before, after in notice.moves or ()
        ),
    )


def _weights_source(found: Found, words: Formats) -> str:
    if found.category.weights_source:
        return words.text(found.category.weights_source)
    return gettext("The weights are illustrative: no regulation sets them.")


def _tree(found: Found, words: Formats) -> Iterable[TreeRow]:
    """Groups and criteria as the tree has them: each group before what it holds."""
    root = next((each for each in found.category.groups if each.parent is None), None)
    if root is not None:
        yield from _branch(found, root, words)


def _branch(found: Found, group: GroupHead, words: Formats) -> Iterable[TreeRow]:
    yield _group_row(group, words)
    for child in _children(found, group):
        if isinstance(child, GroupHead):
            yield from _branch(found, child, words)
        else:
            yield _criterion_row(found, child, group.depth + 1, words)


def _children(found: Found, group: GroupHead) -> list[GroupHead | CriterionHead]:
    """Groups and criteria of a group, in the order in which the tree reaches them."""
    groups = [each for each in found.category.groups if each.parent == group.code]
    criteria = [each for each in found.category.criteria if each.group == group.code]
    return sorted([*groups, *criteria], key=lambda child: _first_criterion(found, child))


def _first_criterion(found: Found, child: GroupHead | CriterionHead) -> int:
    if isinstance(child, CriterionHead):
        return found.category.criteria.index(child)
    return min((_first_criterion(found, each) for each in _children(found, child)), default=0)


def _group_row(group: GroupHead, words: Formats) -> TreeRow:
    return TreeRow(
        depth=min(group.depth, 4),
        color=f"g{group.color}" if group.color else "",
        title=gettext("Total") if group.parent is None else words.text(group.title),
        weight=words.trimmed(group.weight),
        how=" ".join([words.text(group.aggregation), *map(words.sentence, group.rules)]),
        is_group=True,
        href=None,
    )


def _criterion_row(found: Found, criterion: CriterionHead, depth: int, words: Formats) -> TreeRow:
    segment = segment_of(found, criterion)
    return TreeRow(
        depth=min(depth, 4),
        color=f"g{segment.color}" if segment and segment.color else "",
        title=words.text(criterion.title),
        weight=words.trimmed(criterion.weight),
        how=words.text(criterion.scale),
        is_group=False,
        href=f"#c-{criterion.code}",
    )


def _criterion(found: Found, head: CriterionHead, words: Formats) -> CriterionWords:
    segment = segment_of(found, head)
    return CriterionWords(
        anchor=f"c-{head.code}",
        color=f"g{segment.color}" if segment and segment.color else "mut",
        title=words.text(head.title),
        description=words.text(head.description) if head.description else None,
        weight=words.trimmed(head.weight),
        scale=words.text(head.scale),
        rule=" ".join(words.sentence(each) for each in (head.scale_words, *head.treatments)),
        indicators=tuple(
            IndicatorWords(
                words.text(each.title),
                unit_words(each.unit),
                words.text(each.description) if each.description else None,
                words.text(each.source) if each.source else None,
            )
            for each in head.indicators
        ),
        missing=missing_words(head.missing),
        not_applicable=not_applicable_words(head.not_applicable),
        plugin=head.plugin,
    )


def unit_words(unit: str) -> str:
    return {
        "years": gettext("years"),
        "months": gettext("months"),
        "people": gettext("people"),
        "points": gettext("points"),
        "percent": gettext("percent"),
        "ratio": gettext("ratio, shown as percent"),
        "rupiah": gettext("rupiah"),
        "thousand_rupiah": gettext("thousands of rupiah"),
        "million_rupiah": gettext("millions of rupiah"),
        "index": gettext("index"),
    }.get(unit, unit.replace("_", " "))


def _digests(found: Found) -> Iterable[Digest]:
    yield Digest(gettext("Seal: digest of the manifest"), found.category.seal)
    yield Digest(gettext("Digest of the results"), found.category.result_digest)
    yield Digest(gettext("Digest of the locked data"), found.category.snapshot)
    yield Digest(gettext("Digest of what was published"), found.edition.digest)
    if found.edition.ledger is not None:
        yield Digest(gettext("Ledger: hash of the publication"), found.edition.ledger[1])


def _downloads(found: Found) -> Iterable[Link]:
    everything = found.edition.disclosure == "open"
    offered = {
        "manifest.json": gettext("Manifest (JSON)"),
        "bundle.zip": gettext("Everything needed to compute it again (ZIP)")
        if everything
        else gettext("Rules and digests (ZIP)"),
        "ranking.csv": gettext("Ranking (CSV)"),
        "ranking.json": gettext("Ranking (JSON)"),
    }
    for name, told in offered.items():
        streamed = name.startswith("ranking.")
        if streamed or parts().site.download(found.category, name):
            yield Link(found.address("download", name=name), told)
