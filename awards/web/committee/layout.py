"""What stands around every page of the committee."""

from dataclasses import replace

from flask import abort, url_for

from awards.domain.people import EVERY_EDITION, Person
from awards.domain.records import Edition
from awards.web import acting
from awards.web.account.layout import private_layout
from awards.web.committee.navigation import navigation
from awards.web.formats import formats
from awards.web.parts import Committee, parts
from awards.web.public.layout import Layout, Link
from awards.web.words import gettext


def committee() -> Committee:
    """What the committee's pages are made from."""
    return parts().committee or abort(404)


def current_person() -> Person:
    """Who is signed in; the guard lets nobody else come here."""
    return acting.person() or abort(401)


def find_edition(code: str) -> Edition:
    return committee().desk.edition(code) or abort(404)


def own_editions() -> tuple[Edition, ...]:
    """The editions in which the person has a role, newest first."""
    held = {each.edition for each in current_person().grants}
    editions = committee().desk.editions()
    return tuple(each for each in editions if held & {each.code, EVERY_EDITION})


def committee_layout(title: str, *, edition: Edition | None = None, current: str = "") -> Layout:
    """The layout of a page of the committee; *current* is its part of the site."""
    words = formats()
    definition = edition.definition if edition else None
    return replace(
        private_layout(title),
        nav=navigation(edition, current),
        notice=words.text(definition.notice) if definition and definition.notice else None,
        sources=tuple(words.text(each) for each in definition.sources) if definition else (),
        editions=_switch(edition),
    )


def _switch(edition: Edition | None) -> tuple[Link, ...]:
    """The other editions, from a page about one; each leads to its place on the home page."""
    if edition is None:
        return ()
    words, home = formats(), url_for("committee.home")
    editions = own_editions()
    if len(editions) < 2:
        return ()
    return tuple(
        Link(f"{home}#{each.code}", words.text(each.definition.title), each.code == edition.code)
        for each in editions
    )


def address(edition: Edition, page: str, /, **more: str | int) -> str:
    """The address of a page about *edition*; *more* goes into the query."""
    return url_for(f"committee.{page}", edition=edition.code, **more)  # type: ignore[arg-type]


def crumbs(edition: Edition, here: str) -> tuple[Link, ...]:
    """The way from the committee's first page."""
    title = formats().text(edition.definition.title)
    return (
        Link(url_for("committee.home"), gettext("Home")),
        Link("", f"{title}: {here}", current=True),
    )


def plain_crumbs(*way: Link) -> tuple[Link, ...]:
    """The way to a page that belongs to no edition; the last of *way* is that page."""
    first = Link(url_for("committee.home"), gettext("Home"))
    return (first, *way[:-1], replace(way[-1], href="", current=True))
