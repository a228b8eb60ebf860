"""What every page of the editor begins from: the draft of whoever is signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from flask import abort, flash, redirect
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from awards.domain.definition import CategoryDefinition
from awards.domain.editing import RulesDraft
from awards.domain.errors import AwardsError, EditConflict, Refused
from awards.domain.records import Edition
from awards.domain.tree_edits import put_category
from awards.registry.presets import check_category
from awards.sdk.errors import in_words
from awards.services.drafts import Edit, draft_of, edit_draft
from awards.web.committee.editions.models import edition_crumbs, on_record
from awards.web.committee.layout import address, committee, committee_layout, current_person
from awards.web.formats import formats
from awards.web.forms.base import PageForm
from awards.web.public.layout import Layout, Link
from awards.web.refusals import words_of
from awards.web.words import gettext


@dataclass(frozen=True, kw_only=True)
class Editing:
    """An edition on record and somebody's draft of its rules."""

    edition: Edition
    draft: RulesDraft

    @property
    def changed(self) -> bool:
        """Whether the draft holds anything that is not in force."""
        return self.draft.definition != self.edition.definition

    def category(self, code: str) -> CategoryDefinition:
        return self.draft.definition.category(code) or abort(404)

    def layout(self, title: str) -> Layout:
        return committee_layout(title, edition=self.edition, current="rules")

    def crumbs(self, *more: Link) -> tuple[Link, ...]:
        rules = Link(address(self.edition, "rules"), gettext("Rules"))
        return edition_crumbs(self.edition, rules, *more)

    def category_crumbs(self, category: CategoryDefinition, *more: Link) -> tuple[Link, ...]:
        return self.crumbs(self.link(category), *more)

    def link(self, category: CategoryDefinition) -> Link:
        words = formats().text(category.title)
        return Link(address(self.edition, "category", category=category.code), words)

    def keep(self, edit: Edit) -> None:
        edit_draft(committee().stores, self.edition, edit, person=current_person().id)

    def keep_category(self, category: CategoryDefinition) -> None:
        """Put *category* into the draft. Raises `PluginError` for what cannot work."""
        check_category(category, committee().rulebook)
        self.keep(lambda rules: put_category(rules, category))

    def back_to(self, category: CategoryDefinition, told: str) -> ResponseReturnValue:
        flash(told)
        return redirect(self.link(category).href, 303)


def begin_editing(code: str) -> Editing:
    edition = on_record(code)
    draft = draft_of(committee().stores, edition, person=current_person().id)
    return Editing(edition=edition, draft=draft)


def kept(form: PageForm, act: Callable[[], object]) -> bool:
    """Whether *act* could be done; else the form says why not."""
    try:
        act()
    except EditConflict:
        raise
    except AwardsError as error:
        form.refuse(words_of(error))
    except ValidationError as error:
        form.refuse(in_words(error))
    return not form.problems()


def refuse(error: ValidationError) -> NoReturn:
    raise Refused(in_words(error)) from error


def kept_words() -> str:
    return gettext("Kept in your draft. Nothing is in force until you save a version.")
