"""The committee's navigation: a line for each page, shown to whom it is permitted."""

from collections.abc import Iterator

from flask import url_for

from awards.domain.records import Edition
from awards.web.guard import may
from awards.web.public.layout import Link
from awards.web.words import N_

GENERAL = (
    ("home", N_("Home")),
    ("editions", N_("Editions")),
    ("people", N_("People")),
    ("ledger", N_("The ledger")),
)
"""Pages that belong to no edition: endpoint within the committee's, and words."""

OF_EDITION = (
    ("edition", N_("Stages")),
    ("rules", N_("Rules")),
    ("data", N_("Data")),
    ("runs", N_("Runs")),
    ("targets", N_("Targets")),
    ("effect", N_("Before and after")),
    ("near", N_("Near misses")),
)
"""Pages about one edition; their addresses take ``edition``."""


def navigation(edition: Edition | None, current: str) -> tuple[Link, ...]:
    """The links to show; *current* is the page one is on, or belongs to."""
    return (*_general(current), *(_of(edition, current) if edition else ()))


def edition_links(edition: Edition) -> tuple[tuple[str, Link], ...]:
    """The pages about *edition* that one may open, by endpoint."""
    return tuple(
        (page, Link(url_for(f"committee.{page}", edition=edition.code), str(words)))
        for page, words in OF_EDITION
        if may(f"committee.{page}", edition=edition.code)
    )


def _general(current: str) -> Iterator[Link]:
    for page, words in GENERAL:
        if may(f"committee.{page}"):
            yield Link(url_for(f"committee.{page}"), str(words), page == current)


def _of(edition: Edition, current: str) -> Iterator[Link]:
    for page, link in edition_links(edition):
        yield Link(link.href, link.text, page == current)
