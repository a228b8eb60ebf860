"""New editions: four ways to begin."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from awards.domain.records import Edition
from awards.web.committee.blueprint import desk
from awards.web.committee.editions.forms import (
    EmptyForm,
    FromEditionForm,
    FromFileForm,
    FromPresetForm,
)
from awards.web.committee.editions.opening import (
    open_empty,
    open_from_edition,
    open_from_file,
    open_from_preset,
)
from awards.web.committee.editions.questions import opening_page, ways_page
from awards.web.committee.layout import committee_layout, current_person
from awards.web.forms.base import PageForm, tried
from awards.web.words import gettext


@desk.route("/editions/new")
def new_edition() -> ResponseReturnValue:
    layout = committee_layout(gettext("New edition"), current="editions")
    return render_template("committee/editions/new.html", layout=layout, page=ways_page())


@desk.route("/editions/new/preset", methods=["GET", "POST"])
def edition_from_preset() -> ResponseReturnValue:
    form = FromPresetForm()
    return _answer("preset", form, lambda: open_from_preset(form, form.source.data))


@desk.route("/editions/new/next", methods=["GET", "POST"])
def edition_from_earlier() -> ResponseReturnValue:
    form = FromEditionForm()
    return _answer("next", form, lambda: open_from_edition(form, form.source.data))


@desk.route("/editions/new/file", methods=["GET", "POST"])
def edition_from_file() -> ResponseReturnValue:
    form = FromFileForm()
    return _answer("file", form, lambda: open_from_file(form.file.data.read(), form.program.data))


@desk.route("/editions/new/empty", methods=["GET", "POST"])
def empty_edition() -> ResponseReturnValue:
    form = EmptyForm()
    return _answer("empty", form, lambda: open_empty(form))


def _answer(way: str, form: PageForm, open_: Callable[[], Edition]) -> ResponseReturnValue:
    if form.validate_on_submit():
        opened = tried(form, open_)
        if opened is not None:
            return _opened(opened)
    page = opening_page(way)
    layout = committee_layout(page.heading, current="editions")
    shown = render_template("committee/editions/open.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200


def _opened(edition: Edition) -> ResponseReturnValue:
    if current_person().roles_in(edition.code):
        flash(gettext("Opened as a draft. Look through the rules, then lock them."))
        return redirect(url_for("committee.edition", edition=edition.code), 303)
    flash(gettext("Opened as a draft. An administrator has to give you a role in it."))
    return redirect(url_for("committee.editions"), 303)
