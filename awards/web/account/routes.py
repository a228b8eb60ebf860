"""One's own account: what is known, leaving, password, recovery codes, and the code again."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from awards.domain.people import EVERY_EDITION, Grant, SignIn
from awards.services.attempts import refuse_held_back
from awards.services.sessions import (
    change_password,
    end_other_sessions,
    replace_recovery_codes,
)
from awards.services.sessions import (
    confirm as use_code,
)
from awards.services.sessions import (
    sign_out as end_session,
)
from awards.web import acting
from awards.web.account import entering
from awards.web.account.blueprint import account
from awards.web.account.devices import attempt_of
from awards.web.account.forms import ConfirmForm, PasswordForm
from awards.web.account.layout import private_layout
from awards.web.account.roles import role_words
from awards.web.account.security import fits, hashed, matching_step, new_recovery_codes
from awards.web.account.visitor import Visitor
from awards.web.formats import formats
from awards.web.forms.base import PageForm, tried
from awards.web.words import gettext

_ZONE = "Asia/Jakarta"


@dataclass(frozen=True, kw_only=True)
class SessionRow:
    agent: str
    since: str
    here: bool


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    name: str
    mail: str
    roles: tuple[str, ...]
    codes_left: str
    sessions: tuple[SessionRow, ...]
    password_href: str
    codes_href: str
    end_href: str
    token: str


@dataclass(frozen=True, kw_only=True)
class ConfirmPage:
    """``carried`` says that a form was on its way and is sent on, with ``sent``."""

    carried: bool
    sent: tuple[tuple[str, str], ...]


@account.get("/")
def me() -> ResponseReturnValue:
    title = gettext("Your account")
    return render_template("account/me.html", layout=private_layout(title), page=_account_page())


@account.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    here = _session()
    end_session(entering.committee().stores, here, act=acting.acting())
    entering.let_out()
    flash(gettext("You are signed out."))
    return redirect(url_for("account.sign_in"), 303)


@account.post("/end-sessions")
def end_sessions() -> ResponseReturnValue:
    stores = entering.committee().stores
    ended = end_other_sessions(stores, _session(), act=acting.acting())
    flash(gettext("Other sessions that ended: %(count)s.", count=formats().count(ended)))
    return redirect(url_for("account.me"), 303)


@account.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change the password; all other sessions end."""
    form = PasswordForm()
    if form.validate_on_submit():
        ended = tried(form, lambda: _change_password(form))
        if ended is not None:
            flash(
                gettext(
                    "Your password is changed. Other sessions that ended: %(count)s.",
                    count=formats().count(ended),
                )
            )
            return redirect(url_for("account.me"), 303)
        if form.refused is None:
            form.refuse(gettext("This is not your present password."), field="old")
    return _show("password", gettext("Change your password"), form)


@account.route("/recovery-codes", methods=["GET", "POST"])
def recovery_codes() -> ResponseReturnValue:
    """Print new recovery codes; the earlier ones are worth nothing then."""
    form = PageForm()
    if not form.validate_on_submit():
        return _show("new_codes", gettext("New recovery codes"), form)
    person = _visitor().person
    shown, kept = new_recovery_codes(person)
    stores = entering.committee().stores
    replace_recovery_codes(stores, person.id, codes=kept, act=acting.acting())
    layout = private_layout(gettext("Your recovery codes"))
    next_ = url_for("account.me")
    return render_template("account/recovery_codes.html", layout=layout, codes=shown, next=next_)


@account.route("/confirm", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """Ask for the code again, then go on; what was sent on the way here is sent on.

    A form that arrives without a code is the one whose sender was led here.
    """
    form = ConfirmForm()
    next_ = entering.next_address(request.args.get("next"))
    answered = "confirming" in request.form
    carried = request.method == "POST" and (not answered or "carried" in request.form)
    if answered and form.validate_on_submit():
        if tried(form, lambda: _confirm(form.confirm_code.data)):
            return redirect(next_, 307 if carried else 303)
        if form.refused is None:
            words = gettext("The code is wrong, or its half minute is over.")
            form.refuse(words, field="confirm_code")
    layout = private_layout(gettext("Is it you?"))
    page = ConfirmPage(carried=carried, sent=_sent())
    shown = render_template("account/confirm.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200


def _change_password(form: PasswordForm) -> int | None:
    visitor, stores = _visitor(), entering.committee().stores
    attempt = attempt_of(visitor.person.mail)
    refuse_held_back(stores, attempt, at=acting.now())
    if not fits(form.old.data, entering.credentials_of(visitor.person)):
        entering.count_wrong(attempt, visitor.person)
        return None
    kept = hashed(form.new.data)
    return change_password(stores, _session(), password_hash=kept, act=acting.acting())


def _confirm(typed: str) -> bool:
    person, stores = _visitor().person, entering.committee().stores
    attempt = attempt_of(person.mail)
    refuse_held_back(stores, attempt, at=acting.now())
    known = entering.credentials_of(person)
    step = matching_step(typed, known.totp_secret or "", last=known.totp_counter)
    if step is None:
        entering.count_wrong(attempt, person)
        return False
    use_code(stores, person.id, counter=step, act=acting.acting())
    session["fs_paa"] = acting.now().timestamp()
    return True


def _sent() -> tuple[tuple[str, str], ...]:
    """What a form on the way here sent, to be sent on; a file has to be chosen again."""
    own = ("csrf_token", "confirm_code", "confirming", "carried")
    return tuple((name, each) for name, each in request.form.items(multi=True) if name not in own)


def _account_page() -> AccountPage:
    here, person, words = _session(), _visitor().person, formats()
    with entering.committee().stores.database.reading() as records:
        known = records.people.credentials(person.id)
        sessions = records.sign_ins.of(person.id, at=acting.now())
    return AccountPage(
        name=person.name,
        mail=person.mail,
        roles=tuple(_held(each) for each in person.grants),
        codes_left=words.count(len(known.recovery_codes)),
        sessions=tuple(
            SessionRow(
                agent=each.agent or gettext("A browser that says nothing of itself"),
                since=words.moment(each.at, _ZONE),
                here=each.digest == here.digest,
            )
            for each in sessions
        ),
        password_href=url_for("account.password"),
        codes_href=url_for("account.recovery_codes"),
        end_href=url_for("account.end_sessions"),
        token=generate_csrf(),
    )


def _held(grant: Grant) -> str:
    where = gettext("every edition") if grant.edition == EVERY_EDITION else grant.edition
    return f"{role_words()[grant.role]}: {where}"


def _visitor() -> Visitor:
    found = acting.visitor()
    assert found is not None, "the guard lets nobody else pass"
    return found


def _session() -> SignIn:
    found = _visitor().session
    assert found is not None
    return found


def _show(template: str, title: str, form: PageForm) -> ResponseReturnValue:
    layout = private_layout(title)
    shown = render_template(f"account/{template}.html", layout=layout, title=title, form=form)
    return shown, 422 if form.problems() else 200
