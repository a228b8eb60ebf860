"""What stands around every page behind a sign-in."""

from dataclasses import replace

from flask import get_flashed_messages, url_for
from flask_wtf.csrf import generate_csrf

from awards.web import acting
from awards.web.public.layout import Layout, Link, PersonMenu, plain_layout
from awards.web.words import gettext


def private_layout(title: str, *, section: str | None = None) -> Layout:
    """The layout of a page that is not public, with the menu of who is signed in."""
    signed_in = acting.visitor() is not None
    home = url_for("committee.home") if signed_in else url_for("account.sign_in")
    return replace(
        plain_layout(title),
        private=True,
        section=section or gettext("Committee"),
        home_href=home,
        nav=(Link(home, gettext("Home") if signed_in else gettext("Sign in")),),
        more=(Link(url_for("public.home"), gettext("Public pages")),),
        person=_person(),
        told=tuple(str(each) for each in get_flashed_messages()),
    )


def _person() -> PersonMenu | None:
    person = acting.person()
    if person is None:
        return None
    return PersonMenu(
        name=person.name,
        links=(Link(url_for("account.me"), gettext("Your account")),),
        leave=url_for("account.sign_out"),
        token=generate_csrf(),
    )
