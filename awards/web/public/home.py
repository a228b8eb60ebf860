"""The first page: published editions with the winners of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from awards.domain.published import PublishedCategory, PublishedEdition, RankingRow
from awards.web.formats import Formats, formats
from awards.web.language import choose_language
from awards.web.parts import parts
from awards.web.public.drawing import Composition, compose
from awards.web.public.find import Found, edition_address
from awards.web.words import ngettext

_SHOWN = 3


@dataclass(frozen=True)
class Winner:
    title: str
    name: str
    href: str | None
    total: str
    composition: Composition


@dataclass(frozen=True)
class CategoryCard:
    """A category on the first page; ``more`` says how many further titles there are."""

    title: str
    href: str
    size: str
    winners: tuple[Winner, ...]
    more: str | None


@dataclass(frozen=True)
class EditionCard:
    title: str
    href: str
    program: str
    period: str
    published: str
    categories: tuple[CategoryCard, ...]


@dataclass(frozen=True)
class HomePage:
    """Editions, newest first; ``verify_href`` is where a code is checked."""

    editions: tuple[EditionCard, ...]
    verify_href: str


def home_page() -> HomePage:
    words = formats()
    return HomePage(
        editions=tuple(_edition(each, words) for each in parts().site.editions()),
        verify_href=url_for("public.verify", lang=choose_language()),
    )


def _edition(edition: PublishedEdition, words: Formats) -> EditionCard:
    return EditionCard(
        title=words.text(edition.title),
        href=edition_address(edition),
        program=words.text(edition.program_title),
        period=words.period(edition.period_start, edition.period_end),
        published=words.local_day(edition.published_at, edition.time_zone),
        categories=category_cards(edition),
    )


def category_cards(edition: PublishedEdition) -> tuple[CategoryCard, ...]:
    words = formats()
    return tuple(_category(Found(edition, each), words) for each in edition.categories)


def _category(found: Found, words: Formats) -> CategoryCard:
    holders = parts().site.holders(found.category)
    return CategoryCard(
        title=words.text(found.category.title),
        href=found.address("ranking"),
        size=_size(found.category, words),
        winners=tuple(_winners(found, holders[:_SHOWN], words)),
        more=_more(len(holders) - _SHOWN, words),
    )


def _size(category: PublishedCategory, words: Formats) -> str:
    return ngettext(
        "%(count)s candidate",
        "%(count)s candidates",
        category.ranked,
        count=words.count(category.ranked),
    )


def _more(rest: int, words: Formats) -> str | None:
    if rest <= 0:
        return None
    return ngettext("and %(count)s more", "and %(count)s more", rest, count=words.count(rest))


def _winners(found: Found, rows: Iterable[RankingRow], words: Formats) -> Iterable[Winner]:
    for row in rows:
        yield Winner(
            title=words.text(row.title) if row.title else "",
            name=row.name,
            href=found.scorecard(row.id) if row.has_scorecard else None,
            total=words.number(row.total),
            composition=compose(found.category, row, words, width=300),
        )
