"""Editions and their stages."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from awards.domain.editing import Countersign
from awards.domain.records import Edition
from awards.domain.stages import Stage, following, lacking
from awards.services.countersigns import approve_countersign, decline_countersign
from awards.services.rules import lock_rules as lock
from awards.services.second_persons import doers, go_back
from awards.services.stages import enter_stage
from awards.web.acting import acting
from awards.web.committee.blueprint import desk
from awards.web.committee.editions import questions
from awards.web.committee.editions import tasks as _tasks  # noqa: F401 - registers itself
from awards.web.committee.editions.forms import BackForm, LockForm
from awards.web.committee.editions.models import (
    edition_crumbs,
    edition_page,
    editions_page,
    know,
    on_record,
)
from awards.web.committee.editions.requests import request_page, request_words
from awards.web.committee.layout import address, committee, committee_layout
from awards.web.forms.base import PageForm, tried
from awards.web.forms.pages import ask
from awards.web.public.layout import Layout, Link
from awards.web.words import gettext


@desk.get("/editions")
def editions() -> ResponseReturnValue:
    layout = committee_layout(gettext("Editions"), current="editions")
    return render_template("committee/editions/list.html", layout=layout, page=editions_page())


@desk.get("/<edition>/")
def edition(edition: str) -> ResponseReturnValue:
    known = know(edition)
    page = edition_page(known)
    layout = committee_layout(page.heading, edition=known.edition, current="edition")
    return render_template("committee/editions/edition.html", layout=layout, page=page)


@desk.route("/<edition>/stages/next", methods=["GET", "POST"])
def enter_next_stage(edition: str) -> ResponseReturnValue:
    known = know(edition)
    found = known.edition
    due = following(found.stage, found.definition.course)
    if due is None or lacking(due, known.progress):
        return redirect(address(found, "edition"), 303)
    if due is Stage.RULES_LOCKED:
        return redirect(address(found, "lock_rules"), 303)
    form = PageForm()
    if form.validate_on_submit() and tried(form, lambda: _enter(found, due)):
        return _done(found, gettext("The edition has entered the stage."))
    return ask(_layout(found, gettext("Next stage")), questions.enter(found, due), form)


@desk.route("/<edition>/stages/back", methods=["GET", "POST"])
def return_to_stage(edition: str) -> ResponseReturnValue:
    known = know(edition)
    found = known.edition
    form = BackForm(found.stage, found.definition.course)
    if form.validate_on_submit():
        done = tried(form, lambda: _return(found, form))
        if isinstance(done, Countersign):
            return _done(found, gettext("Asked. A second person has to agree."))
        if done is not None:
            return _done(found, gettext("The edition went back."))
    page = questions.return_(found, runs=known.progress.runs)
    return ask(_layout(found, gettext("Go back")), page, form)


@desk.route("/<edition>/lock", methods=["GET", "POST"])
def lock_rules(edition: str) -> ResponseReturnValue:
    found = on_record(edition)
    form = LockForm()
    if form.validate_on_submit() and tried(form, lambda: _lock(found, form)):
        return _done(found, gettext("The rules are locked. Data may be brought in now."))
    return ask(_layout(found, gettext("Lock the rules")), questions.lock(found), form)


@desk.route("/<edition>/countersigns/<request>", methods=["GET", "POST"])
def countersign(edition: str, request: str) -> ResponseReturnValue:
    found = on_record(edition)
    wanted = _request(found, request)
    form = PageForm()
    if form.validate_on_submit() and tried(form, lambda: _approve(wanted)):
        return _done(found, gettext("You agreed, and it is done."))
    layout = _layout(found, gettext("Second person"))
    crumbs = edition_crumbs(found, Link("", request_words(wanted)))
    page = request_page(found, wanted, crumbs)
    shown = render_template(
        "committee/editions/countersign.html", layout=layout, page=page, form=form
    )
    return shown, 422 if form.problems() else 200


@desk.post("/<edition>/countersigns/<request>/decline")
def decline_request(edition: str, request: str) -> ResponseReturnValue:
    found = on_record(edition)
    decline_countersign(committee().stores, _request(found, request).id, act=acting())
    return _done(found, gettext("Declined. Nothing was changed."))


def _request(edition: Edition, request: str) -> Countersign:
    with committee().stores.database.reading() as records:
        found = records.countersigns.of(edition.code)
    return next((each for each in found if each.id == request), None) or questions.gone()


def _enter(edition: Edition, due: Stage) -> Edition:
    return enter_stage(committee().stores, edition.code, due, act=acting())


def _return(edition: Edition, form: BackForm) -> Edition | Countersign:
    return go_back(
        committee().stores,
        edition.code,
        Stage(form.stage.data),
        reason=form.reason.data or "",
        act=acting(),
    )


def _lock(edition: Edition, form: LockForm) -> Edition:
    return lock(committee().stores, edition.code, decree=form.decree.data, act=acting())


def _approve(request: Countersign) -> Countersign:
    parts = committee()
    able = doers(parts.stores, parts.rulebook)
    return approve_countersign(parts.stores, request.id, doers=able, act=acting())


def _layout(edition: Edition, title: str) -> Layout:
    return committee_layout(title, edition=edition, current="edition")


def _done(edition: Edition, told: str) -> ResponseReturnValue:
    flash(told)
    return redirect(url_for("committee.edition", edition=edition.code), 303)
