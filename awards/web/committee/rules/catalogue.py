"""The catalogue: what plugins offer for a kind of candidate, with their descriptions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from awards.domain.definition import CategoryDefinition
from awards.domain.tree_edits import node
from awards.sdk.types import Criterion, Gate
from awards.web.committee.blueprint import desk
from awards.web.committee.layout import address, committee
from awards.web.committee.rules.editing import Editing, begin_editing
from awards.web.committee.rules.parts import plugin_of
from awards.web.formats import formats
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A rule to choose; ``note`` says what it needs."""

    link: Link
    words: str
    note: str
    plugin: str


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    offers: tuple[Offer, ...]
    button: str
    back: Link


@desk.get("/<edition>/categories/<category>/add/<what>")
def rule_catalogue(edition: str, category: str, what: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    found = editing.category(category)
    sorts = {"criterion": _criteria, "gate": _gates, "ladder": _ladders}
    heading = {
        "criterion": gettext("Which criterion?"),
        "gate": gettext("Which condition?"),
        "ladder": gettext("How are titles given?"),
    }
    if what not in sorts:
        abort(404)
    return _show(editing, found, heading=heading[what], offers=sorts[what](editing, found))


@desk.get("/<edition>/categories/<category>/criteria/<criterion>/scale")
def rule_scale(edition: str, category: str, criterion: str) -> ResponseReturnValue:
    """The scales to choose from; the choice opens the criterion with that scale."""
    editing = begin_editing(edition)
    found = editing.category(category)
    committee().rulebook.criterion(criterion)
    offers = _scales(editing, found, criterion)
    return _show(editing, found, heading=gettext("Which scale?"), offers=offers)


def _show(
    editing: Editing, found: CategoryDefinition, *, heading: str, offers: Iterable[Offer]
) -> ResponseReturnValue:
    page = CataloguePage(
        crumbs=editing.category_crumbs(found, Link("", heading)),
        heading=heading,
        lede=gettext("What the installed plugins offer for this kind of candidate."),
        offers=tuple(offers),
        button=gettext("Choose"),
        back=Link(editing.link(found).href, gettext("Cancel")),
    )
    layout = editing.layout(heading)
    return render_template("committee/rules/catalogue.html", layout=layout, page=page)


def _criteria(editing: Editing, found: CategoryDefinition) -> Iterator[Offer]:
    words, rulebook = formats(), committee().rulebook
    for each in rulebook.criteria.values():
        if _fits(each, found) and node(found.tree, each.code) is None:
            href = address(
                editing.edition, "rule_criterion", category=found.code, criterion=each.code
            )
            yield Offer(
                link=Link(href, words.text(each.title)),
                words=words.text(each.description or {}),
                note=_needs(each),
                plugin=plugin_of(rulebook, f"criterion:{each.code}"),
            )


def _gates(editing: Editing, found: CategoryDefinition) -> Iterator[Offer]:
    words, rulebook = formats(), committee().rulebook
    used = {each.key for each in found.gates}
    for each in rulebook.gates.values():
        if _fits(each, found) and each.code not in used:
            href = address(editing.edition, "rule_gate", category=found.code, gate=each.code)
            yield Offer(
                link=Link(href, words.text(each.title)),
                words=words.text(each.reason),
                note=_needs(each),
                plugin=plugin_of(rulebook, f"gate:{each.code}"),
            )


def _ladders(editing: Editing, found: CategoryDefinition) -> Iterator[Offer]:
    words, rulebook = formats(), committee().rulebook
    for each in rulebook.ladders.values():
        href = address(editing.edition, "rule_ladder", category=found.code, number=each.code)
        yield Offer(
            link=Link(href, words.text(each.title)),
            words="",
            note="",
            plugin=plugin_of(rulebook, f"ladder:{each.code}"),
        )


def _scales(editing: Editing, found: CategoryDefinition, criterion: str) -> Iterator[Offer]:
    words, rulebook = formats(), committee().rulebook
    for each in rulebook.scales.values():
        where = {"category": found.code, "criterion": criterion, "scale": each.code}
        yield Offer(
            link=Link(address(editing.edition, "rule_criterion", **where), words.text(each.title)),
            words="",
            note="",
            plugin=plugin_of(rulebook, f"scale:{each.code}"),
        )


def _fits(rule: Criterion | Gate, found: CategoryDefinition) -> bool:
    return found.kind in {each.code for each in rule.applies_to}


def _needs(rule: Criterion | Gate) -> str:
    words = formats()
    named = ", ".join(words.text(each.title) for each in rule.inputs)
    return gettext("Needs: %(indicators)s", indicators=named) if named else ""
