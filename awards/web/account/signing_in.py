"""Password, code, and the first time: link, password, second factor."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from awards.domain.errors import NotFound
from awards.domain.people import Invitation, Person, Purpose
from awards.services.accounts import Newcomer
from awards.services.accounts import join as accept
from awards.services.attempts import refuse_held_back
from awards.services.links import LinkSpent, find_link
from awards.services.sessions import (
    SecondFactor,
    enable_second_factor,
    sign_in_by_recovery,
    sign_in_to_demo,
)
from awards.services.sessions import (
    sign_in as begin_session,
)
from awards.services.stores import Act
from awards.web import acting
from awards.web.account import entering, pending
from awards.web.account.blueprint import account
from awards.web.account.devices import attempt_of, remember
from awards.web.account.forms import CodeForm, FirstForm, JoinForm, SetUpForm, SignInForm
from awards.web.account.layout import private_layout
from awards.web.account.security import (
    hashed,
    matching_recovery_code,
    matching_step,
    new_recovery_codes,
    new_secret,
)
from awards.web.forms.base import PageForm, tried
from awards.web.parts import parts
from awards.web.words import gettext


@account.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for mail address and password; then for the code."""
    form = SignInForm()
    if form.validate_on_submit():
        person = tried(form, lambda: entering.check_password(form.mail.data, form.password.data))
        if person is not None:
            return _go_on(person, entering.next_address(request.args.get("next")))
        if form.refused is None:
            form.refuse(gettext("Mail address or password is wrong."))
    return _show("sign_in", gettext("Sign in"), form)


@account.route("/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Ask for the code of the second factor, or a recovery code."""
    waiting = pending.pending()
    if waiting is None or not waiting.person.secured:
        return _begin_again()
    form = CodeForm()
    if form.validate_on_submit():
        token = tried(form, lambda: _token_for(waiting.person, form.code.data))
        if token is not None:
            return _enter(waiting.person, token, waiting.next)
        if form.refused is None:
            form.refuse(gettext("The code is wrong, or its half minute is over."), field="code")
    return _show("code", gettext("Second step"), form)


@account.route("/second-factor", methods=["GET", "POST"])
def second_factor() -> ResponseReturnValue:
    """Set up an authenticator app; then show the recovery codes, once."""
    waiting = pending.pending()
    if waiting is None or waiting.person.secured:
        return _begin_again()
    secret = waiting.secret or new_secret()
    if waiting.secret is None:
        pending.keep_secret(secret)
    form = SetUpForm()
    if form.validate_on_submit():
        step = matching_step(form.code.data, secret)
        if step is not None:
            return _secure(waiting, secret, step)
        form.refuse(gettext("This code does not fit. Wait for the next one."), field="code")
    page = entering.set_up_page(secret, waiting.person)
    title = gettext("Set up the second step")
    layout = private_layout(title)
    shown = render_template("account/second_factor.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200


@account.route("/join/<token>", methods=["GET", "POST"])
def join(token: str) -> ResponseReturnValue:
    """Whoever brings an unused link chooses a password."""
    invitation = _invitation(token)
    person = _invited(invitation)
    form = FirstForm(language="id") if person is None else JoinForm()
    form.about = (person.name, person.mail) if person else ()
    if form.validate_on_submit():
        joined = tried(form, lambda: _join(token, form))
        if joined is not None:
            return _go_on(joined, url_for("committee.home"))
    title = gettext("Welcome") if person is None else gettext("Welcome, %(name)s", name=person.name)
    return _show("join", title, form)


@account.route("/enter/<token>", methods=["GET", "POST"])
def enter_demo(token: str) -> ResponseReturnValue:
    """Of a demonstration: a link alone lets in, on this machine."""
    if not parts().settings.demo:
        raise NotFound(gettext("There is no demonstration here."))
    person = _invited(_invitation(token, purpose=Purpose.DEMO))
    form = PageForm()
    if person is not None and form.validate_on_submit():
        begun = sign_in_to_demo(
            entering.committee().stores, token, agent=entering.agent(), act=entering.act_of(person)
        )
        entering.let_in(person, begun)
        return redirect(url_for("committee.home"), 303)
    return _show("enter", gettext("Try it out"), form)


def _go_on(person: Person, next_: str) -> ResponseReturnValue:
    pending.begin(person, next_=next_)
    step = "account.code" if person.secured else "account.second_factor"
    return redirect(url_for(step), 303)


def _token_for(person: Person, typed: str) -> str | None:
    """A new session for a right code; a wrong one counts as an attempt."""
    stores, attempt = entering.committee().stores, attempt_of(person.mail)
    refuse_held_back(stores, attempt, at=acting.now())
    known, act, agent = entering.credentials_of(person), entering.act_of(person), entering.agent()
    step = matching_step(typed, known.totp_secret or "", last=known.totp_counter)
    if step is not None:
        return begin_session(stores, person.id, counter=step, agent=agent, act=act)
    used = matching_recovery_code(typed, person, known)
    if used is not None:
        flash(
            gettext(
                "You used a recovery code; %(left)s are left. Print new ones in your account.",
                left=str(len(known.recovery_codes) - 1),
            )
        )
        return sign_in_by_recovery(stores, person.id, used=used, agent=agent, act=act)
    entering.count_wrong(attempt, person)
    return None


def _secure(waiting: pending.Pending, secret: str, step: int) -> ResponseReturnValue:
    person, stores = waiting.person, entering.committee().stores
    shown, kept = new_recovery_codes(person)
    factor = SecondFactor(secret=secret, counter=step, recovery_codes=kept)
    act = entering.act_of(person)
    enable_second_factor(stores, person.id, factor, act=act)
    token = begin_session(stores, person.id, counter=None, agent=entering.agent(), act=act)
    entering.let_in(person, token)
    layout = private_layout(gettext("Your recovery codes"))
    page = render_template(
        "account/recovery_codes.html", layout=layout, codes=shown, next=waiting.next
    )
    return _remembered(page, person)


def _enter(person: Person, token: str, next_: str) -> ResponseReturnValue:
    entering.let_in(person, token)
    return _remembered(redirect(next_, 303), person)


def _remembered(shown: ResponseReturnValue, person: Person) -> ResponseReturnValue:
    response = make_response(shown)
    remember(response, person.mail)
    return response


def _join(token: str, form: JoinForm | FirstForm) -> Person:
    newcomer = None
    if isinstance(form, FirstForm):
        said = {name: form[name].data for name in ("name", "mail", "language")}
        newcomer = Newcomer(**said)
    act = Act(by="visitor", at=acting.now())
    return accept(
        entering.committee().stores,
        token,
        password_hash=hashed(form.new.data),
        newcomer=newcomer,
        act=act,
    )


def _invitation(token: str, *, purpose: Purpose | None = None) -> Invitation:
    """Raises `LinkSpent`, also for a link of another purpose."""
    with entering.committee().stores.database.reading() as records:
        found = find_link(records, token, at=acting.now())
    if (found.purpose is Purpose.DEMO) != (purpose is Purpose.DEMO):
        raise LinkSpent("This link is for something else.")
    return found


def _invited(invitation: Invitation) -> Person | None:
    if invitation.person is None:
        return None
    with entering.committee().stores.database.reading() as records:
        return records.people.get(invitation.person)


def _begin_again() -> ResponseReturnValue:
    return redirect(url_for("account.sign_in"), 303)


def _show(template: str, title: str, form: PageForm) -> ResponseReturnValue:
    layout = private_layout(title)
    shown = render_template(f"account/{template}.html", layout=layout, title=title, form=form)
    return shown, 422 if form.problems() else 200
