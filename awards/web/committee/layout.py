"""What stands around every page of the committee."""

from dataclasses import replace

from flask import abort, url_for

from awards.domain.records import Edition
from awards.web.formats import formats
from awards.web.parts import Committee, parts
from awards.web.public.layout import Layout, Link, plain_layout
from awards.web.words import gettext


def committee() -> Committee:
    """What the committee's pages are made from."""
    return parts().committee or abort(404)


def find_edition(code: str) -> Edition:
    return committee().desk.edition(code) or abort(404)


def committee_layout(title: str, *, edition: Edition | None = None, current: str = "") -> Layout:
    """The layout of a page of the committee; *current* is its part of the site."""
    words = formats()
    definition = edition.definition if edition else None
    return replace(
        plain_layout(title),
        section=gettext("Committee"),
        home_href=url_for("committee.home"),
        nav=(_home(current), *(_boards(edition, current) if edition else ())),
        notice=words.text(definition.notice) if definition and definition.notice else None,
        sources=tuple(words.text(each) for each in definition.sources) if definition else (),
        more=(Link(url_for("public.home"), gettext("Public pages")),),
    )


def _home(current: str) -> Link:
    return Link(url_for("committee.home"), gettext("Home"), current == "home")


def _boards(edition: Edition, current: str) -> tuple[Link, ...]:
    return tuple(
        Link(address(edition, page), title, page == current)
        for page, title in (
            ("targets", gettext("Targets")),
            ("effect", gettext("Before and after")),
            ("near", gettext("Near misses")),
        )
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
