"""The parts of a category that plugins declare: criteria, groups, conditions, titles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from awards.domain import tree_edits
from awards.domain.definition import CategoryDefinition, GateUse, Group, Leaf, Use
from awards.sdk.named import Parameters
from awards.sdk.rulebook import RuleBook
from awards.web.committee.blueprint import desk
from awards.web.committee.layout import address, committee
from awards.web.committee.rules.category import simple_form
from awards.web.committee.rules.editing import Editing, begin_editing, kept, kept_words
from awards.web.committee.rules.forms import (
    GroupForm,
    LeafForm,
    NewGroupForm,
    group_values,
    title_of,
)
from awards.web.formats import formats
from awards.web.forms.base import PageForm
from awards.web.forms.generated import generated_form, read_parameters, shown_values
from awards.web.public.layout import Link
from awards.web.words import gettext

_FIRST_SCALE = "min-max"
_OWN, _SCALE = "c_", "s_"


@dataclass(frozen=True, kw_only=True)
class PartPage:
    """A question about one rule; ``told`` says the rule in words, ``plugin`` who brings it."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    plugin: str
    told: str | None
    other: Link | None
    button: str
    back: Link


@desk.route("/<edition>/categories/<category>/criteria/<criterion>", methods=["GET", "POST"])
def rule_criterion(edition: str, category: str, criterion: str) -> ResponseReturnValue:
    """Edit a criterion of the tree, or add it; ``scale`` in the query takes another scale."""
    editing = begin_editing(edition)
    found, rulebook = editing.category(category), committee().rulebook
    rule = rulebook.criterion(criterion)
    leaf = _leaf(found, criterion)
    use = _scale_in_question(leaf)
    scale = rulebook.scale(use.code)
    form = _leaf_form(found, leaf, use, rulebook, criterion)
    form.validate_on_submit()
    if form.is_submitted():
        own = read_parameters(form, _OWN, rule.parameters)
        taken = Use(code=use.code, parameters=read_parameters(form, _SCALE, scale.parameters))
        if not form.problems() and kept(
            form,
            lambda: _keep_leaf(editing, found, form, leaf, own=own, scale=taken, code=criterion),
        ):
            return editing.back_to(found, kept_words())
    page = _leaf_page(editing, found, criterion, use, new=leaf is None)
    layout = editing.layout(page.heading)
    shown = render_template("committee/rules/part.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200


@desk.route("/<edition>/categories/<category>/groups/<group>", methods=["GET", "POST"])
def rule_group(edition: str, category: str, group: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    found = editing.category(category)
    before = tree_edits.node(found.tree, group)
    if not isinstance(before, Group):
        abort(404)
    form = _group_form(before)
    if form.validate_on_submit():
        chosen = committee().rulebook.aggregation(form.aggregation.data)
        same = chosen.code == _aggregation_in_question(before)
        given = read_parameters(form, _OWN, chosen.parameters) if same else {}
        if not form.problems() and kept(
            form,
            lambda: _keep_group(
                editing, found, before, form, Use(code=chosen.code, parameters=given)
            ),
        ):
            return editing.back_to(found, kept_words())
    heading = gettext("Group: %(title)s", title=formats().text(before.title))
    return simple_form(editing, found, form, heading=heading)


@desk.route("/<edition>/categories/<category>/gather", methods=["GET", "POST"])
def rule_new_group(edition: str, category: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    found = editing.category(category)
    form = NewGroupForm(data={"weight": 1.0, "members": []})
    form.prepare(found)
    if form.validate_on_submit() and kept(form, lambda: _gather(editing, found, form)):
        return editing.back_to(found, kept_words())
    return simple_form(editing, found, form, heading=gettext("Make a group"))


@desk.route("/<edition>/categories/<category>/gates/<gate>", methods=["GET", "POST"])
def rule_gate(edition: str, category: str, gate: str) -> ResponseReturnValue:
    """Edit a condition in use, or add the one that is called *gate*."""
    editing = begin_editing(edition)
    found = editing.category(category)
    at = next((at for at, each in enumerate(found.gates) if each.key == gate), None)
    use = found.gates[at] if at is not None else GateUse(code=gate)
    rule = committee().rulebook.gate(use.code)
    form = _use_form(rule.parameters, use.parameters)
    form.validate_on_submit()
    if form.is_submitted():
        given = read_parameters(form, _OWN, rule.parameters)
        taken = use.model_copy(update={"parameters": given})
        gates = tree_edits.put_use(found.gates, taken, at=at)
        if not form.problems() and kept(form, lambda: _keep(editing, found, gates=gates)):
            return editing.back_to(found, kept_words())
    words = formats()
    page = _page(
        editing,
        found,
        heading=words.text(use.title or rule.title),
        lede=words.text(use.reason or rule.reason),
        plugin=f"gate:{use.code}",
        new=at is None,
    )
    return _show(editing, page, form)


@desk.route("/<edition>/categories/<category>/ladders/<number>", methods=["GET", "POST"])
def rule_ladder(edition: str, category: str, number: str) -> ResponseReturnValue:
    """Edit the ladder in this place, or add the one that is called so."""
    editing = begin_editing(edition)
    found = editing.category(category)
    at = int(number) - 1 if number.isdecimal() else None
    if at is not None and not 0 <= at < len(found.ladders):
        abort(404)
    use = found.ladders[at] if at is not None else Use(code=number)
    rule = committee().rulebook.ladder(use.code)
    form = _use_form(rule.parameters, use.parameters)
    form.validate_on_submit()
    if form.is_submitted():
        given = read_parameters(form, _OWN, rule.parameters)
        ladders = tree_edits.put_use(found.ladders, Use(code=use.code, parameters=given), at=at)
        if not form.problems() and kept(form, lambda: _keep(editing, found, ladders=ladders)):
            return editing.back_to(found, kept_words())
    page = _page(
        editing,
        found,
        heading=formats().text(rule.title),
        lede=gettext("From places and totals to titles."),
        plugin=f"ladder:{use.code}",
        new=at is None,
    )
    return _show(editing, page, form)


def plugin_of(rulebook: RuleBook, added: str) -> str:
    """The plugin that brings a rule, with its version."""
    return next(
        (f"{each.name} {each.version}" for each in rulebook.plugins if added in each.adds), ""
    )


def _leaf(found: CategoryDefinition, criterion: str) -> Leaf | None:
    node = tree_edits.node(found.tree, criterion)
    return node if isinstance(node, Leaf) else None


def _scale_in_question(leaf: Leaf | None) -> Use:
    """The scale that is asked about: the one chosen just now, else the one in use."""
    now = leaf.scale if leaf else Use(code=_FIRST_SCALE)
    asked = request.args.get("scale")
    return Use(code=asked) if asked and asked != now.code else now


def _leaf_form(
    found: CategoryDefinition, leaf: Leaf | None, use: Use, rulebook: RuleBook, criterion: str
) -> Any:
    rule, scale = rulebook.criterion(criterion), rulebook.scale(use.code)
    own = leaf.parameters if leaf else {}
    values: dict[str, Any] = {
        "group": request.args.get("group", found.tree.code),
        "weight": leaf.weight if leaf else 1.0,
        "missing": leaf.missing if leaf else "ineligible",
        "missing_by": (leaf.missing_by if leaf else None) or "",
        "not_applicable": leaf.not_applicable if leaf else "reweight",
        "cohort": (leaf.cohort if leaf else None) or "",
    }
    values |= shown_values(_OWN, rule.parameters, own)
    values |= shown_values(_SCALE, scale.parameters, use.parameters)
    made = generated_form(LeafForm, {_OWN: rule.parameters, _SCALE: scale.parameters})
    form: Any = made(data=values)
    form.prepare(found, rulebook.kind(found.kind))
    if leaf is not None:
        del form.group
    return form


def _keep_leaf(
    editing: Editing,
    found: CategoryDefinition,
    form: Any,
    leaf: Leaf | None,
    *,
    own: Mapping[str, Any],
    scale: Use,
    code: str,
) -> None:
    before = leaf.model_dump() if leaf else {"criterion": code}
    made = Leaf.model_validate(
        before
        | {
            "weight": form.weight.data,
            "scale": scale.model_dump(),
            "parameters": dict(own),
            "missing": form.missing.data,
            "missing_by": form.missing_by.data or None,
            "not_applicable": form.not_applicable.data,
            "cohort": form.cohort.data or None,
        }
    )
    group = form.group.data if leaf is None else ""
    editing.keep_category(tree_edits.put_leaf(found, made, group=group))


def _leaf_page(
    editing: Editing, found: CategoryDefinition, criterion: str, use: Use, *, new: bool
) -> PartPage:
    words, rulebook = formats(), committee().rulebook
    rule, scale = rulebook.criterion(criterion), rulebook.scale(use.code)
    other = address(editing.edition, "rule_scale", category=found.code, criterion=criterion)
    page = _page(
        editing,
        found,
        heading=words.text(rule.title),
        lede=words.text(rule.description or {}),
        plugin=f"criterion:{criterion}",
        new=new,
    )
    return PartPage(
        **vars(page)
        | {
            "told": gettext("Scale: %(title)s", title=words.text(scale.title)),
            "other": Link(other, gettext("Choose another scale")),
        }
    )


def _aggregation_in_question(group: Group) -> str:
    return request.args.get("aggregation") or group.aggregation.code


def _group_form(group: Group) -> Any:
    code = _aggregation_in_question(group)
    rule = committee().rulebook.aggregation(code)
    given = group.aggregation.parameters if code == group.aggregation.code else {}
    made = generated_form(GroupForm, {_OWN: rule.parameters})
    form: Any = made(data=group_values(group) | shown_values(_OWN, rule.parameters, given))
    form.prepare()
    return form


def _keep_group(
    editing: Editing, found: CategoryDefinition, before: Group, form: Any, aggregation: Use
) -> None:
    changed = before.model_copy(
        update={
            "title": title_of(form),
            "weight": form.weight.data,
            "aggregation": aggregation,
            "least_share": form.least_share.data,
        }
    )
    editing.keep_category(tree_edits.put_group(found, changed))


def _gather(editing: Editing, found: CategoryDefinition, form: NewGroupForm) -> None:
    children = [each for each in found.tree.leaves() if each.code in form.members.data]
    group = Group(
        code=form.code.data,
        title=title_of(form),
        weight=form.weight.data or 0,
        children=tuple(children),
    )
    editing.keep_category(tree_edits.gather(found, group, under=found.tree.code))


def _use_form(parameters: type[Parameters] | None, given: Mapping[str, Any]) -> PageForm:
    made = generated_form(PageForm, {_OWN: parameters})
    return made(data=shown_values(_OWN, parameters, given))


def _keep(editing: Editing, found: CategoryDefinition, **values: Any) -> None:
    editing.keep_category(tree_edits.change(found, **values))


def _page(
    editing: Editing, found: CategoryDefinition, *, heading: str, lede: str, plugin: str, new: bool
) -> PartPage:
    return PartPage(
        crumbs=editing.category_crumbs(found, Link("", heading)),
        heading=heading,
        lede=lede,
        plugin=plugin_of(committee().rulebook, plugin),
        told=None,
        other=None,
        button=gettext("Add it") if new else gettext("Keep"),
        back=Link(editing.link(found).href, gettext("Cancel")),
    )


def _show(editing: Editing, page: PartPage, form: PageForm) -> ResponseReturnValue:
    layout = editing.layout(page.heading)
    shown = render_template("committee/rules/part.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200
