"""What stands around every page: brand, navigation, notice, sources, ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for

from awards.domain.published import PublishedEdition
from awards.web.formats import Formats, format_digest, formats
from awards.web.language import choose_language, other_language, switched_address
from awards.web.parts import parts
from awards.web.public.find import Found
from awards.web.public.ledger import checkpoint_words
from awards.web.words import gettext


@dataclass(frozen=True)
class Link:
    """``current`` marks the page one is on, or the part of the site it belongs to."""

    href: str
    text: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """Where the ledger says that the edition was published, or its last checkpoint."""

    words: str
    digest: str
    check: Link | None


@dataclass(frozen=True, kw_only=True)
class PersonMenu:
    """Who is signed in, where their account is, and how they leave; ``token`` protects it."""

    name: str
    links: tuple[Link, ...]
    leave: str
    token: str


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Everything that ``base.html`` shows beside the page itself.

    Behind a sign-in there are also the menu of the ``person``, the ``editions`` to switch
    between, and ``told``, what was done just now.
    """

    language: str
    other_language: str
    switch_href: str
    title: str
    brand: str
    section: str | None
    home_href: str
    nav: tuple[Link, ...]
    notice: str | None
    sources: tuple[str, ...]
    more: tuple[Link, ...]
    ledger: LedgerLine | None
    private: bool = False
    checkpoint: LedgerLine | None = None
    person: PersonMenu | None = None
    editions: tuple[Link, ...] = ()
    told: tuple[str, ...] = ()


def plain_layout(title: str, *, current: str = "", switch_href: str | None = None) -> Layout:
    """The layout of a page that belongs to no category."""
    brand = formats().text(parts().settings.name)
    return Layout(
        language=choose_language(),
        other_language=other_language(),
        switch_href=switch_href or switched_address(),
        title=f"{title} – {brand}",
        brand=brand,
        section=None,
        home_href=url_for("public.home", lang=choose_language()),
        nav=_general_links(current),
        notice=None,
        sources=(),
        more=_small_links(),
        ledger=None,
        checkpoint=_checkpoint(),
    )


def edition_layout(title: str, edition: PublishedEdition) -> Layout:
    """The layout of a page about one edition."""
    words = formats()
    return replace(
        plain_layout(title),
        notice=words.text(edition.notice) if edition.notice else None,
        sources=tuple(words.text(each) for each in edition.sources),
        ledger=_ledger(edition, words, check=None),
    )


def category_layout(title: str, found: Found, *, current: str) -> Layout:
    """The layout of a page about one category; *current* is its part of the site."""
    method = Link(found.address("method"), gettext("The whole method"))
    check = Link(f"{found.address('method')}#verify", gettext("Check it yourself"))
    return replace(
        edition_layout(title, found.edition),
        nav=_category_links(found, current) + _general_links(current)[1:],
        more=(method, *_small_links()),
        ledger=_ledger(found.edition, formats(), check=check),
    )


def _general_links(current: str) -> tuple[Link, ...]:
    lang = choose_language()
    return (
        Link(url_for("public.home", lang=lang), gettext("Editions"), current == "home"),
        Link(url_for("public.verify", lang=lang), gettext("Verify"), current == "verify"),
    )


def _category_links(found: Found, current: str) -> tuple[Link, ...]:
    named = [("ranking", gettext("Ranking")), ("method", gettext("Method"))]
    if found.category.has_map:
        named.insert(1, ("map", gettext("Map")))
    return tuple(Link(found.address(page), text, page == current) for page, text in named)


def _small_links() -> tuple[Link, ...]:
    lang = choose_language()
    return (
        Link(url_for("public.accessibility", lang=lang), gettext("Accessibility")),
        Link(url_for("public.privacy", lang=lang), gettext("Privacy")),
    )


def _checkpoint() -> LedgerLine | None:
    signed = parts().site.checkpoint()
    if signed is None:
        return None
    return LedgerLine(
        words=checkpoint_words(signed),
        digest=format_digest(signed.checkpoint.head.hex()),
        check=Link(url_for("public.ledger", lang=choose_language()), gettext("The ledger")),
    )


def _ledger(edition: PublishedEdition, words: Formats, *, check: Link | None) -> LedgerLine | None:
    if edition.ledger is None:
        return None
    number, digest = edition.ledger
    return LedgerLine(
        words=gettext(
            "Ledger, entry no. %(number)s, %(moment)s",
            number=words.count(number),
            moment=words.moment(edition.published_at, edition.time_zone),
        ),
        digest=format_digest(digest),
        check=check,
    )


def crumbs(links: Sequence[Link | None]) -> tuple[Link, ...]:
    """The way from the first page, without what is None."""
    first = Link(url_for("public.home", lang=choose_language()), gettext("Editions"))
    return (first, *(each for each in links if each is not None))
