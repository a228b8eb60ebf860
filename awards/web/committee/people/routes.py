"""People and their roles: every page of the administrator."""

from dataclasses import replace

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from awards.domain.people import Grant, Person
from awards.services.accounts import (
    Newcomer,
    disable,
    enable,
    invite,
)
from awards.services.accounts import (
    edit_person as keep_person,
)
from awards.services.accounts import (
    invite_again as invite_once_more,
)
from awards.services.links import Link as OneTimeLink
from awards.services.recovery import agree_recovery as agree_to
from awards.services.recovery import ask_recovery as ask_for
from awards.services.recovery import drop_recovery as drop
from awards.services.roles import grant_role as give
from awards.services.roles import revoke_role as take
from awards.web.acting import acting
from awards.web.committee.blueprint import desk
from awards.web.committee.layout import committee, committee_layout
from awards.web.committee.people import questions
from awards.web.committee.people import tasks as _tasks  # noqa: F401 - registers itself
from awards.web.committee.people.forms import EditPersonForm, GrantForm, InviteForm
from awards.web.committee.people.letters import hand_over
from awards.web.committee.people.models import grant_words, one_person, people_page
from awards.web.forms.base import PageForm, tried
from awards.web.forms.pages import ConfirmPage, ask
from awards.web.words import gettext


@desk.get("/people")
def people() -> ResponseReturnValue:
    layout = committee_layout(gettext("People"), current="people")
    return render_template("committee/people.html", layout=layout, page=people_page())


@desk.route("/people/invite", methods=["GET", "POST"])
def invite_person() -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        done = tried(form, lambda: _invite(form))
        if done is not None:
            return _hand_over(*done, by_mail=form.how.data == "mail")
    return _form("invite", gettext("Invite somebody"), form, person=None)


@desk.get("/people/<person>")
def person(person: str) -> ResponseReturnValue:
    found = _find(person)
    layout = committee_layout(found.name, current="people")
    return render_template("committee/person.html", layout=layout, page=one_person(found))


@desk.route("/people/<person>/edit", methods=["GET", "POST"])
def edit_person(person: str) -> ResponseReturnValue:
    found = _find(person)
    form = EditPersonForm(obj=found)
    if form.validate_on_submit():
        changed = replace(
            found, name=form.name.data, mail=form.mail.data, language=form.language.data
        )
        version = form.version.data or 0
        stores = committee().stores
        if tried(form, lambda: keep_person(stores, changed, version=version, act=acting())):
            return _back(found, gettext("Saved."))
    return _form("edit_person", gettext("Change name or address"), form, person=found)


@desk.post("/people/<person>/invite")
def invite_again(person: str) -> ResponseReturnValue:
    found = _find(person)
    link = invite_once_more(committee().stores, found.id, act=acting())
    return _hand_over(found, link, by_mail=False)


@desk.route("/people/<person>/roles", methods=["GET", "POST"])
def grant_role(person: str) -> ResponseReturnValue:
    found = _find(person)
    form = GrantForm()
    if form.validate_on_submit():
        done = tried(form, lambda: _give(found, form.grant()))
        if done is not None:
            return _back(found, gettext("Given: %(role)s.", role=grant_words(form.grant())))
    return _form("grant", gettext("Give a role"), form, person=found)


@desk.route("/people/<person>/roles/<role>/<where>", methods=["GET", "POST"])
def revoke_role(person: str, role: str, where: str) -> ResponseReturnValue:
    found = _find(person)
    grant = next(
        (each for each in found.grants if (each.role, each.edition) == (role, where)), None
    )
    if grant is None:
        abort(404)
    form = PageForm()
    if form.validate_on_submit() and tried(form, lambda: _take(found, grant)):
        return _back(found, gettext("Taken back: %(role)s.", role=grant_words(grant)))
    return _ask(questions.revoke(found, grant), form)


@desk.route("/people/<person>/disable", methods=["GET", "POST"])
def disable_person(person: str) -> ResponseReturnValue:
    found = _find(person)
    form = PageForm()
    if form.validate_on_submit():
        ended = tried(form, lambda: disable(committee().stores, found.id, act=acting()))
        if ended is not None:
            return _back(found, gettext("Disabled. No session of this person works any more."))
    return _ask(questions.disable(found), form)


@desk.post("/people/<person>/enable")
def enable_person(person: str) -> ResponseReturnValue:
    found = _find(person)
    enable(committee().stores, found.id, act=acting())
    return _back(found, gettext("This person may sign in again."))


@desk.route("/people/<person>/recovery", methods=["GET", "POST"])
def ask_recovery(person: str) -> ResponseReturnValue:
    found = _find(person)
    form = PageForm()
    if form.validate_on_submit() and tried(form, lambda: _ask_recovery(found)):
        return _back(found, gettext("Asked. A second person has to agree."))
    return _ask(questions.recover(found), form)


@desk.route("/people/<person>/recovery/agree", methods=["GET", "POST"])
def agree_recovery(person: str) -> ResponseReturnValue:
    found = _find(person)
    form = PageForm()
    if form.validate_on_submit():
        link = tried(form, lambda: agree_to(committee().stores, found.id, act=acting()))
        if link is not None:
            return _hand_over(found, link, by_mail=False)
    return _ask(questions.agree(found), form)


@desk.post("/people/<person>/recovery/drop")
def drop_recovery(person: str) -> ResponseReturnValue:
    found = _find(person)
    drop(committee().stores, found.id, act=acting())
    flash(gettext("The request is withdrawn."))
    return redirect(url_for("committee.home"), 303)


def _find(person: str) -> Person:
    with committee().stores.database.reading() as records:
        return records.people.find(person) or abort(404)


def _invite(form: InviteForm) -> tuple[Person, OneTimeLink]:
    newcomer = Newcomer(name=form.name.data, mail=form.mail.data, language=form.language.data)
    return invite(committee().stores, newcomer, grants=form.grants(), act=acting())


def _give(person: Person, grant: Grant) -> bool:
    give(committee().stores, person.id, grant=grant, act=acting())
    return True


def _take(person: Person, grant: Grant) -> bool:
    take(committee().stores, person.id, grant=grant, act=acting())
    return True


def _ask_recovery(person: Person) -> bool:
    ask_for(committee().stores, person.id, act=acting())
    return True


def _hand_over(person: Person, link: OneTimeLink, *, by_mail: bool) -> ResponseReturnValue:
    """The page is made by the answer itself: the link is kept nowhere to show it again."""
    layout = committee_layout(gettext("One-time link"), current="people")
    page = hand_over(person, link, by_mail=by_mail)
    return render_template("committee/hand_over.html", layout=layout, page=page)


def _back(person: Person, told: str) -> ResponseReturnValue:
    flash(told)
    return redirect(url_for("committee.person", person=person.id), 303)


def _ask(page: ConfirmPage, form: PageForm) -> ResponseReturnValue:
    return ask(committee_layout(page.heading, current="people"), page, form)


def _form(
    template: str, title: str, form: PageForm, *, person: Person | None
) -> ResponseReturnValue:
    page = questions.form_page(title, person)
    layout = committee_layout(title, current="people")
    shown = render_template(f"committee/{template}.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200
