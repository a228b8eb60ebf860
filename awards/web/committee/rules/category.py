"""A category: its tree with weights, who competes, conditions, tie-breakers and titles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from awards.domain import tree_edits
from awards.domain.definition import CategoryDefinition, FullPoints
from awards.domain.errors import Refused
from awards.domain.text import LANGUAGES
from awards.services.matching import count_matching
from awards.web.committee.blueprint import desk
from awards.web.committee.layout import address, committee
from awards.web.committee.rules.editing import Editing, begin_editing, kept, kept_words
from awards.web.committee.rules.forms import ties_form, title_of, who_form
from awards.web.committee.rules.tree import (
    Segment,
    TreeLine,
    nodes,
    segments,
    titles_of,
    tree_lines,
    weight_field,
    weights_form,
)
from awards.web.formats import formats
from awards.web.forms.base import PageForm
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True, kw_only=True)
class UseLine:
    """A condition or a ladder in use; ``name`` is what its buttons send."""

    name: str
    link: Link
    words: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class CategoryPage:
    """``sum`` is what the weights below the root add up to."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    segments: tuple[Segment, ...]
    told: str
    sum: str
    is_whole: bool
    root: str
    aggregation: Link
    lines: tuple[TreeLine, ...]
    add: tuple[Link, ...]
    who: Link
    filter: str
    gates: tuple[UseLine, ...]
    ties: tuple[str, ...]
    edit_ties: Link
    ladders: tuple[UseLine, ...]
    ways: tuple[Link, ...]
    review: Link
    changed: bool


@dataclass(frozen=True, kw_only=True)
class WhoPage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    count: str
    note: str | None
    back: Link


@desk.route("/<edition>/categories/<category>", methods=["GET", "POST"])
def category(edition: str, category: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    found = editing.category(category)
    form = weights_form(found)()
    if form.validate_on_submit() and kept(form, lambda: _apply(editing, found, form)):
        place = f"#{request.form['do'].rpartition(':')[2]}" if request.form.get("do") else ""
        return redirect(editing.link(found).href + place, 303)
    page = category_page(editing, found)
    layout = editing.layout(page.heading)
    shown = render_template("committee/rules/category.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200


@desk.route("/<edition>/categories/<category>/who", methods=["GET", "POST"])
def rule_who(edition: str, category: str) -> ResponseReturnValue:
    """Who competes; with the button that only counts, nothing is kept."""
    editing = begin_editing(edition)
    found = editing.category(category)
    kind = committee().rulebook.kind(found.kind)
    form = who_form(kind)(data=_who_values(found))
    sent = form.validate_on_submit()
    changed = _with_filter(found, form) if sent else found
    counts = request.form.get("do") == "count"
    if sent and not counts and kept(form, lambda: editing.keep_category(changed)):
        return editing.back_to(found, kept_words())
    page = _who_page(editing, found, changed)
    layout = editing.layout(page.heading)
    shown = render_template("committee/rules/who.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200


@desk.route("/<edition>/categories/<category>/ties", methods=["GET", "POST"])
def rule_ties(edition: str, category: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    found = editing.category(category)
    plain = [each if isinstance(each, str) else "" for each in found.tie_breakers]
    form = ties_form(found)(data={f"tie_{at}": each for at, each in enumerate(plain, 1)})
    if form.validate_on_submit():
        named = tuple(dict.fromkeys(each.data for each in form.typed() if each.data))
        counted = tuple(each for each in found.tie_breakers if isinstance(each, FullPoints))
        changed = tree_edits.change(found, tie_breakers=(*named, *counted))
        if kept(form, lambda: editing.keep_category(changed)):
            return editing.back_to(found, kept_words())
    heading = gettext("Who comes first when points are equal?")
    return simple_form(editing, found, form, heading=heading)


def simple_form(
    editing: Editing, found: CategoryDefinition, form: PageForm, *, heading: str, lede: str = ""
) -> ResponseReturnValue:
    """A page with one question about a category."""
    page = WhoPage(
        crumbs=editing.category_crumbs(found, Link("", heading)),
        heading=heading,
        lede=lede or formats().text(found.title),
        count="",
        note=None,
        back=Link(editing.link(found).href, gettext("Cancel")),
    )
    shown = render_template(
        "committee/rules/question.html", layout=editing.layout(heading), page=page, form=form
    )
    return shown, 422 if form.problems() else 200


def category_page(editing: Editing, found: CategoryDefinition) -> CategoryPage:
    words, edition = formats(), editing.edition
    bar = segments(found)
    total = sum(each.weight for each in found.tree.children)
    kind = committee().rulebook.kind(found.kind)
    link = partial(_link, editing, found)
    return CategoryPage(
        crumbs=editing.crumbs(Link("", words.text(found.title))),
        heading=words.text(found.title),
        lede=_lede(editing),
        segments=bar,
        told="; ".join(each.words for each in bar),
        sum=words.trimmed(total, 4),
        is_whole=abs(total - 100) < 1e-9,
        root=found.tree.code,
        aggregation=link(
            "rule_group",
            words.text(committee().rulebook.aggregation(found.tree.aggregation.code).title),
            group=found.tree.code,
        ),
        lines=tree_lines(edition, found),
        add=_additions(link),
        who=link("rule_who", gettext("Change who competes")),
        filter=f"{words.text(kind.title)}: {_filter_words(found)}",
        gates=tuple(_gates(editing, found)),
        ties=tuple(_ties(found)),
        edit_ties=link("rule_ties", gettext("Change the tie-breakers")),
        ladders=tuple(_ladders(editing, found)),
        ways=_further(link),
        review=Link(address(edition, "rules_review"), gettext("Look at the changes and save")),
        changed=editing.changed,
    )


def _link(
    editing: Editing, found: CategoryDefinition, page: str, text: str, /, **more: str
) -> Link:
    return Link(address(editing.edition, page, category=found.code, **more), text)


def _additions(link: Callable[..., Link]) -> tuple[Link, ...]:
    return (
        link("rule_catalogue", gettext("Add a criterion"), what="criterion"),
        link("rule_new_group", gettext("Make a group")),
    )


def _further(link: Callable[..., Link]) -> tuple[Link, ...]:
    return (
        link("rule_catalogue", gettext("Add a condition"), what="gate"),
        link("rule_catalogue", gettext("Add titles"), what="ladder"),
        link("rule_data", gettext("What data does this need?")),
        link("rule_try", gettext("Try it")),
        link("rule_remove", gettext("Remove this category")),
    )


def _lede(editing: Editing) -> str:
    number = formats().count(editing.edition.version)
    if editing.changed:
        return gettext(
            "This is your draft. Version %(number)s stays in force until you save.", number=number
        )
    return gettext("Version %(number)s, as it is in force. Changes go to a draft.", number=number)


def _apply(editing: Editing, found: CategoryDefinition, form: PageForm) -> None:
    """Keep the weights as typed, then do what the button said."""
    weights = {
        each.code: form[weight_field(each.code)].data
        for each in nodes(found.tree)
        if weight_field(each.code) in form
    }
    low = [code for code, weight in weights.items() if weight <= 0]
    if low:
        form.refuse(gettext("Write a weight above zero."), field=weight_field(low[0]))
        return
    changed = tree_edits.weigh(found, weights)
    verb, _, name = request.form.get("do", "").partition(":")
    editing.keep_category(_done(changed, verb, name))


def _done(found: CategoryDefinition, verb: str, name: str) -> CategoryDefinition:
    moves = {"up": -1, "down": 1}
    if verb in moves:
        return tree_edits.move(found, name, by=moves[verb])
    if verb == "remove":
        return tree_edits.remove(found, name)
    if verb == "spread":
        return tree_edits.spread(found, name)
    sort, _, act = verb.partition("-")
    if sort == "gate":
        keys = [each.key for each in found.gates]
        at = keys.index(name) if name in keys else abort(404)
        return tree_edits.change(found, gates=_shifted(found.gates, at, act))
    if sort == "ladder":
        at = (
            int(name) - 1
            if name.isdecimal() and 0 < int(name) <= len(found.ladders)
            else abort(404)
        )
        return tree_edits.change(found, ladders=_shifted(found.ladders, at, act))
    if verb:
        raise Refused(gettext("This button is not known here."))
    return found


def _shifted(uses: tuple[object, ...], at: int, act: str) -> tuple[object, ...]:
    """*uses* with the one at a place moved up or down, or taken away."""
    kept_ = [each for number, each in enumerate(uses) if number != at]
    if act == "remove":
        return tuple(kept_)
    to = max(0, at - 1 if act == "up" else at + 1)
    return (*kept_[:to], uses[at], *kept_[to:])


def _gates(editing: Editing, found: CategoryDefinition) -> Iterator[UseLine]:
    words, rulebook = formats(), committee().rulebook
    for number, each in enumerate(found.gates):
        gate = rulebook.gate(each.code)
        href = address(editing.edition, "rule_gate", category=found.code, gate=each.key)
        yield UseLine(
            name=each.key,
            link=Link(href, words.text(each.title or gate.title)),
            words=words.text(each.reason or gate.reason),
            is_first=number == 0,
            is_last=number == len(found.gates) - 1,
        )


def _ladders(editing: Editing, found: CategoryDefinition) -> Iterator[UseLine]:
    words, rulebook = formats(), committee().rulebook
    for number, each in enumerate(found.ladders, 1):
        ladder = rulebook.ladder(each.code)
        href = address(editing.edition, "rule_ladder", category=found.code, number=number)
        titles = ladder.words(ladder.parameters.model_validate(each.parameters))
        yield UseLine(
            name=str(number),
            link=Link(href, words.text(ladder.title)),
            words=", ".join(words.text(text) for text in titles.values()),
            is_first=number == 1,
            is_last=number == len(found.ladders),
        )


def _ties(found: CategoryDefinition) -> Iterator[str]:
    words, titles = formats(), titles_of(found)
    for each in found.tie_breakers:
        if isinstance(each, str):
            yield words.text(titles[each])
        else:
            yield gettext(
                "criteria with at least %(points)s points", points=words.trimmed(each.points)
            )


def _filter_words(found: CategoryDefinition) -> str:
    words = formats()
    kind = committee().rulebook.kind(found.kind)
    told = []
    for attribute in kind.attributes:
        values = found.where.get(attribute.code, ())
        named = [
            words.text(attribute.values[each]) if each in attribute.values else each
            for each in values
        ]
        if named:
            told.append(f"{words.text(attribute.title)}: {', '.join(named)}")
    return "; ".join(told) or gettext("everybody")


def _who_values(found: CategoryDefinition) -> dict[str, object]:
    kind = committee().rulebook.kind(found.kind)
    values: dict[str, object] = {f"title_{each}": found.title.get(each, "") for each in LANGUAGES}
    for attribute in kind.attributes:
        chosen = list(found.where.get(attribute.code, ()))
        values[f"where_{attribute.code}"] = chosen if attribute.values else ", ".join(chosen)
    return values


def _with_filter(found: CategoryDefinition, form: PageForm) -> CategoryDefinition:
    where = {
        each.name.removeprefix("where_"): _listed(each.data)
        for each in form
        if each.name.startswith("where_") and _listed(each.data)
    }
    return tree_edits.change(found, title=title_of(form), where=where)


def _listed(given: object) -> tuple[str, ...]:
    if isinstance(given, str):
        return tuple(each.strip() for each in given.split(",") if each.strip())
    return tuple(given) if isinstance(given, list) else ()


def _who_page(editing: Editing, found: CategoryDefinition, now: CategoryDefinition) -> WhoPage:
    heading = gettext("Who competes?")
    count, note = _counted(editing, now)
    return WhoPage(
        crumbs=editing.category_crumbs(found, Link("", heading)),
        heading=heading,
        lede=formats().text(committee().rulebook.kind(found.kind).title),
        count=count,
        note=note,
        back=Link(editing.link(found).href, gettext("Cancel")),
    )


def _counted(editing: Editing, found: CategoryDefinition) -> tuple[str, str | None]:
    parts, words = committee(), formats()
    matching = count_matching(
        parts.stores, editing.edition, kind=found.kind, where=found.where, rulebook=parts.rulebook
    )
    if matching is None:
        return gettext("Nobody can be counted: there are no data of this kind yet."), None
    told = gettext(
        "%(kept)s of %(all)s candidates compete",
        kept=words.count(matching.kept),
        all=words.count(matching.all),
    )
    if matching.unknown:
        lacking = ", ".join(matching.unknown)
        return told, gettext("These data do not have: %(names)s.", names=lacking)
    if matching.edition is None:
        return told, gettext("Counted in the list of all candidates of this kind.")
    return told, gettext("Counted in the data of %(edition)s.", edition=matching.edition)
