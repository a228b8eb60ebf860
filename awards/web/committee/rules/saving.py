"""The rules as a whole: categories, the difference before saving, and two people at once."""

from dataclasses import dataclass

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from wtforms import TextAreaField
from wtforms.validators import Length

from awards.domain.definition import CategoryDefinition
from awards.domain.tree_edits import put_category, remove_category
from awards.services.drafts import (
    Clash,
    changes_of,
    clash_of,
    discard_draft,
    merge_draft,
    save_draft,
)
from awards.services.second_persons import change_locked_rules
from awards.web.acting import acting
from awards.web.committee.blueprint import desk
from awards.web.committee.changes import ChangeWords, changes_in_words
from awards.web.committee.editions.forms import kind_choices
from awards.web.committee.editions.opening import first_category
from awards.web.committee.layout import address, committee, current_person
from awards.web.committee.rules.editing import Editing, begin_editing, kept, kept_words
from awards.web.committee.rules.forms import NewCategoryForm, title_of
from awards.web.formats import formats
from awards.web.forms.base import PageForm
from awards.web.forms.fields import required
from awards.web.forms.pages import ConfirmPage, Fact, ask
from awards.web.public.layout import Link
from awards.web.words import N_, gettext, ngettext


@dataclass(frozen=True, kw_only=True)
class CategoryLine:
    link: Link
    kind: str
    criteria: str


@dataclass(frozen=True, kw_only=True)
class RulesPage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    rows: tuple[CategoryLine, ...]
    changed: bool
    review: Link
    ways: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    changes: tuple[ChangeWords, ...]
    button: str
    back: Link
    discard: str
    token: str


@dataclass(frozen=True, kw_only=True)
class ClashPage:
    crumbs: tuple[Link, ...]
    lede: str
    theirs: tuple[ChangeWords, ...]
    mine: tuple[ChangeWords, ...]
    merge: str
    discard: str
    token: str


class ReasonForm(PageForm):
    reason = TextAreaField(
        N_("Reason"),
        description=N_("It is recorded, and shown to the public when the edition is published."),
        validators=[required(N_("Say why the locked rules are changed.")), Length(max=2000)],
    )


@desk.get("/<edition>/rules")
def rules(edition: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    page = rules_page(editing)
    layout = editing.layout(gettext("Rules"))
    return render_template("committee/rules/rules.html", layout=layout, page=page)


@desk.route("/<edition>/rules/review", methods=["GET", "POST"])
def rules_review(edition: str) -> ResponseReturnValue:
    """The difference to what is in force, then saving; 409 when somebody was faster."""
    editing = begin_editing(edition)
    clash = clash_of(committee().stores, editing.edition, editing.draft)
    if clash is not None and editing.changed:
        return _show_clash(editing, clash)
    form = ReasonForm() if editing.edition.decree else PageForm()
    if form.validate_on_submit() and kept(form, lambda: _save(editing, form)):
        return redirect(address(editing.edition, "rules"), 303)
    page = _review_page(editing)
    layout = editing.layout(page.heading)
    shown = render_template("committee/rules/review.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200


@desk.post("/<edition>/rules/merge")
def rules_merge(edition: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    merge_draft(committee().stores, editing.edition, person=current_person().id)
    flash(gettext("Your changes now stand on the version in force. Look at them once more."))
    return redirect(address(editing.edition, "rules_review"), 303)


@desk.post("/<edition>/rules/discard")
def rules_discard(edition: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    discard_draft(committee().stores, edition, person=current_person().id)
    flash(gettext("Your draft is gone. The rules are as they are in force."))
    return redirect(address(editing.edition, "rules"), 303)


@desk.route("/<edition>/rules/new", methods=["GET", "POST"])
def rule_new_category(edition: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    form = NewCategoryForm()
    form.kind.choices = kind_choices()
    if form.validate_on_submit() and kept(form, lambda: _add_category(editing, form)):
        flash(kept_words())
        where = address(editing.edition, "category", category=form.code.data)
        return redirect(where, 303)
    heading = gettext("New category")
    page = ConfirmPage(
        crumbs=editing.crumbs(Link("", heading)),
        heading=heading,
        lede=gettext("It begins with one criterion; more are added from the catalogue."),
        facts=(),
        action=address(editing.edition, "rule_new_category"),
        button=gettext("Add it"),
        back=Link(address(editing.edition, "rules"), gettext("Cancel")),
        danger=False,
    )
    return ask(editing.layout(heading), page, form)


@desk.route("/<edition>/categories/<category>/remove", methods=["GET", "POST"])
def rule_remove(edition: str, category: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    found = editing.category(category)
    form = PageForm()
    if form.validate_on_submit() and kept(
        form, lambda: editing.keep(lambda rules: remove_category(rules, found.code))
    ):
        flash(kept_words())
        return redirect(address(editing.edition, "rules"), 303)
    words = formats()
    heading = gettext("Remove this category?")
    page = ConfirmPage(
        crumbs=editing.category_crumbs(found, Link("", heading)),
        heading=heading,
        lede=words.text(found.title),
        facts=(
            Fact(gettext("Criteria"), words.count(sum(1 for _ in found.tree.leaves()))),
            Fact(gettext("In force"), gettext("until you save a version without it")),
        ),
        action=address(editing.edition, "rule_remove", category=found.code),
        button=gettext("Remove"),
        back=Link(editing.link(found).href, gettext("Cancel")),
    )
    return ask(editing.layout(heading), page, form)


def rules_page(editing: Editing) -> RulesPage:
    edition = editing.edition
    categories = editing.draft.definition.categories
    ways = [
        Link(address(edition, "rule_new_category"), gettext("Add a category")),
        Link(address(edition, "rules_versions"), gettext("Versions of the rules")),
        Link(address(edition, "rules_file", number=edition.version), gettext("Download as TOML")),
    ]
    if edition.decree is None:
        ways.append(Link(address(edition, "lock_rules"), gettext("Lock the rules")))
    return RulesPage(
        crumbs=(*editing.crumbs()[:-1], Link("", gettext("Rules"), current=True)),
        heading=ngettext(
            "%(count)s category",
            "%(count)s categories",
            len(categories),
            count=formats().count(len(categories)),
        ),
        lede=_lede(editing),
        rows=tuple(_line(editing, each) for each in categories),
        changed=editing.changed,
        review=Link(address(edition, "rules_review"), gettext("Look at the changes and save")),
        ways=tuple(ways),
    )


def _lede(editing: Editing) -> str:
    edition = editing.edition
    number = formats().count(edition.version)
    if edition.decree is None:
        return gettext(
            "Version %(number)s is in force, not locked: it can still be changed by one person.",
            number=number,
        )
    return gettext(
        "Version %(number)s is in force, locked by %(decree)s. A change takes two persons and a "
        "reason, and is shown to the public.",
        number=number,
        decree=edition.decree,
    )


def _line(editing: Editing, category: CategoryDefinition) -> CategoryLine:
    words = formats()
    count = sum(1 for _ in category.tree.leaves())
    return CategoryLine(
        link=editing.link(category),
        kind=words.text(committee().rulebook.kind(category.kind).title),
        criteria=words.count(count),
    )


def _review_page(editing: Editing) -> ReviewPage:
    edition, draft = editing.edition, editing.draft
    changes = changes_of(committee().stores, draft) if editing.changed else ()
    locked = edition.decree is not None
    heading = ngettext(
        "%(count)s change", "%(count)s changes", len(changes), count=formats().count(len(changes))
    )
    return ReviewPage(
        crumbs=editing.crumbs(Link("", heading)),
        heading=heading,
        lede=gettext("The rules are locked: a second person has to agree to this.")
        if locked
        else gettext("Saving makes a new version; versions before stay as they are."),
        changes=changes_in_words(changes, edition.definition, draft.definition),
        button=gettext("Ask a second person") if locked else gettext("Save a version"),
        back=Link(address(edition, "rules"), gettext("Edit further")),
        discard=address(edition, "rules_discard"),
        token=generate_csrf(),
    )


def _save(editing: Editing, form: PageForm) -> None:
    parts, draft = committee(), editing.draft
    if editing.edition.decree is None:
        save_draft(parts.stores, draft, rulebook=parts.rulebook, act=acting())
        flash(gettext("Saved as a new version."))
        return
    change_locked_rules(
        parts.stores,
        draft.definition,
        based_on=draft.based_on,
        reason=form["reason"].data,
        act=acting(),
    )
    flash(gettext("Asked. A second person has to agree; your draft stays until then."))


def _show_clash(editing: Editing, clash: Clash) -> ResponseReturnValue:
    with committee().stores.database.reading() as records:
        by = records.people.find(clash.by)
    theirs = editing.edition.definition
    page = ClashPage(
        crumbs=editing.crumbs(Link("", gettext("Two changes at once"))),
        lede=gettext(
            "%(name)s saved version %(number)s meanwhile. Nothing was overwritten, and your draft "
            "is kept.",
            name=by.name if by else clash.by,
            number=formats().count(clash.version),
        ),
        theirs=changes_in_words(clash.theirs, clash.base, theirs),
        mine=changes_in_words(clash.mine, clash.base, editing.draft.definition),
        merge=address(editing.edition, "rules_merge"),
        discard=address(editing.edition, "rules_discard"),
        token=generate_csrf(),
    )
    layout = editing.layout(gettext("Two changes at once"))
    return render_template("committee/rules/clash.html", layout=layout, page=page), 409


def _add_category(editing: Editing, form: NewCategoryForm) -> None:
    data = first_category(committee().rulebook, form.kind.data, code=form.code.data)
    made = CategoryDefinition.model_validate(data | {"title": title_of(form)})
    if editing.draft.definition.category(made.code) is not None:
        form.refuse(gettext("Another category has this code."), field="code")
        return
    editing.keep(lambda rules: put_category(rules, made))
