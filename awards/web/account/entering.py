"""The steps of signing in, as far as they are the web's own."""

import base64
import io
from dataclasses import dataclass

import segno
from flask import abort, flash, get_flashed_messages, request, session, url_for
from flask_security.utils import login_user, logout_user

from awards.domain.people import Credentials, Person
from awards.services.attempts import Attempt, count_failure, forget_failures, refuse_held_back
from awards.services.stores import Act
from awards.web import acting
from awards.web.account.devices import attempt_of
from awards.web.account.security import fits, secret_address, secret_words
from awards.web.account.visitor import Visitors
from awards.web.areas import is_private
from awards.web.parts import Committee, parts

_AGENT = 200


@dataclass(frozen=True, kw_only=True)
class SetUpPage:
    """The second factor as a picture (a data address) and as text to type."""

    picture: str
    words: str


def committee() -> Committee:
    return parts().committee or abort(404)


def check_password(mail: str, password: str) -> Person | None:
    """Who has that mail address and password; each failure counts.

    Takes as long, and says as little, for an address that nobody has. Raises `HeldBack`.
    """
    attempt = attempt_of(mail)
    stores, at = committee().stores, acting.now()
    refuse_held_back(stores, attempt, at=at)
    with stores.database.reading() as records:
        person = records.people.by_mail(mail)
        known = records.people.credentials(person.id) if person else None
    right = fits(password, known)
    if person is not None and person.active and right:
        return person
    count_wrong(attempt, person)
    return None


def count_wrong(attempt: Attempt, person: Person | None) -> None:
    act = Act(by="visitor", at=acting.now())
    count_failure(committee().stores, attempt, person=person.id if person else None, act=act)


def credentials_of(person: Person) -> Credentials:
    with committee().stores.database.reading() as records:
        return records.people.credentials(person.id)


def let_in(person: Person, token: str) -> None:
    """Begin a new session in this browser, with nothing of the one before."""
    forget_failures(committee().stores, attempt_of(person.mail))
    told = get_flashed_messages()
    session.clear()
    for words in told:
        flash(str(words))
    session.permanent = True
    visitor = Visitors(committee().stores).find_user(fs_uniquifier=token) or abort(403)
    login_user(visitor, remember=False, authn_via=["password", "authenticator"])


def let_out() -> None:
    logout_user()
    session.clear()


def agent() -> str:
    """What the browser calls itself, for the list of one's own sessions."""
    return request.user_agent.string[:_AGENT]


def act_of(person: Person) -> Act:
    return Act(by=person.id, at=acting.now())


def next_address(asked: str | None) -> str:
    """Where to go on: only to a private page of this site, else to the first one."""
    if asked and asked.isprintable() and "\\" not in asked and is_private(asked.split("?")[0]):
        return asked
    return url_for("committee.home")


def set_up_page(secret: str, person: Person) -> SetUpPage:
    drawn = io.BytesIO()
    code = segno.make(secret_address(secret, person), error="m", micro=False)
    code.save(drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False)
    picture = base64.b64encode(drawn.getvalue()).decode()
    return SetUpPage(picture=f"data:image/svg+xml;base64,{picture}", words=secret_words(secret))
