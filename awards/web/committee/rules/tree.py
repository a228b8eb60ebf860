"""The criteria tree as a page shows it: rows with weights and shares, and the sum bar."""

from collections.abc import Iterator
from dataclasses import dataclass

from awards.domain.definition import CategoryDefinition, Group, Leaf
from awards.domain.records import Edition
from awards.web.committee.layout import address, committee
from awards.web.formats import Formats, formats
from awards.web.forms.base import PageForm
from awards.web.forms.fields import NumberField, chosen
from awards.web.words import N_, gettext

COLORS = 5
_WIDTH = 1000.0


@dataclass(frozen=True, kw_only=True)
class TreeLine:
    """A group or criterion. ``field`` names its weight in the form, None for the root;
    ``share`` is that of its group, ``whole`` that of the total."""

    code: str
    title: str
    href: str
    how: str
    depth: int
    color: str
    is_group: bool
    field: str | None
    parent: str
    share: str
    whole: str
    sum: str | None
    is_first: bool
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of the sum bar, in thousandths of its length."""

    code: str
    color: str
    x: float
    width: float
    words: str


def weight_field(code: str) -> str:
    return f"w-{code}"


def weights_form(category: CategoryDefinition) -> type[PageForm]:
    """A field for the weight of every node but the root."""
    words, titles = formats(), titles_of(category)
    fields = {
        weight_field(each.code): NumberField(
            gettext("Weight of %(title)s", title=words.text(titles[each.code])),
            default=each.weight,
            validators=[chosen(N_("Write a weight above zero."))],
        )
        for each in nodes(category.tree)
        if each.code != category.tree.code
    }
    return type("WeightsForm", (PageForm,), fields)


def nodes(tree: Group) -> Iterator[Group | Leaf]:
    """Every node in reading order, the root first."""
    yield tree
    for child in tree.children:
        if isinstance(child, Group):
            yield from nodes(child)
        else:
            yield child


def titles_of(category: CategoryDefinition) -> dict[str, dict[str, str]]:
    rulebook = committee().rulebook
    found = {each.code: dict(each.title) for each in category.tree.groups()}
    for leaf in category.tree.leaves():
        found[leaf.code] = dict(rulebook.criterion(leaf.code).title)
    return found


def tree_lines(edition: Edition, category: CategoryDefinition) -> tuple[TreeLine, ...]:
    return tuple(_Lines(edition, category, formats()).below(category.tree, share=1.0))


def segments(category: CategoryDefinition) -> tuple[Segment, ...]:
    """What the children of the root weigh, as parts of one bar."""
    words, titles = formats(), titles_of(category)
    total = sum(each.weight for each in category.tree.children)
    found, x = [], 0.0
    for number, each in enumerate(category.tree.children, 1):
        width = _WIDTH * each.weight / total
        title = words.text(titles[each.code])
        found.append(
            Segment(
                code=each.code,
                color=f"g{min(number, COLORS)}",
                x=round(x, 1),
                width=round(max(width - 2, 0.5), 1),
                words=f"{title} {_percent(each.weight / total, words)}",
            )
        )
        x += width
    return tuple(found)


class _Lines:
    """Walks one tree."""

    def __init__(self, edition: Edition, category: CategoryDefinition, words: Formats) -> None:
        self._edition, self._category, self._words = edition, category, words
        self._titles = titles_of(category)

    def below(
        self, group: Group, *, share: float, depth: int = 0, color: int = 0
    ) -> Iterator[TreeLine]:
        """The lines of everything in *group*."""
        total = sum(each.weight for each in group.children)
        for number, each in enumerate(group.children, 1):
            own = share * each.weight / total
            shown = color or min(number, COLORS)
            yield self._line(
                each,
                group,
                share=each.weight / total,
                whole=own,
                depth=depth,
                color=shown,
            )
            if isinstance(each, Group):
                yield from self.below(each, share=own, depth=depth + 1, color=shown)

    def _line(
        self,
        each: Group | Leaf,
        parent: Group,
        *,
        share: float,
        whole: float,
        depth: int,
        color: int,
    ) -> TreeLine:
        codes = [one.code for one in parent.children]
        inside = sum(one.weight for one in each.children) if isinstance(each, Group) else None
        return TreeLine(
            code=each.code,
            title=self._words.text(self._titles[each.code]),
            href=self._href(each),
            how=self._how(each),
            depth=depth,
            color=f"g{color}",
            is_group=isinstance(each, Group),
            field=weight_field(each.code),
            parent=parent.code,
            share=_percent(share, self._words),
            whole=_percent(whole, self._words),
            sum=None if inside is None else self._words.trimmed(inside, 4),
            is_first=codes[0] == each.code,
            is_last=codes[-1] == each.code,
        )

    def _href(self, each: Group | Leaf) -> str:
        where = {"category": self._category.code}
        if isinstance(each, Group):
            return address(self._edition, "rule_group", **where, group=each.code)
        return address(self._edition, "rule_criterion", **where, criterion=each.code)

    def _how(self, each: Group | Leaf) -> str:
        rulebook = committee().rulebook
        if isinstance(each, Group):
            return self._words.text(rulebook.aggregation(each.aggregation.code).title)
        criterion, scale = rulebook.criterion(each.code), rulebook.scale(each.scale.code)
        given = scale.parameters.model_validate(each.scale.parameters)
        told = self._words.sentence(scale.describe(given, criterion.less_is_better))
        return f"{self._words.text(scale.title)}: {told}"


def _percent(share: float, words: Formats) -> str:
    return f"{words.trimmed(share * 100, 1)}%"
