"""The page of an edition with several categories."""

from dataclasses import dataclass

from awards.domain.published import PublishedEdition
from awards.web.formats import formats
from awards.web.public.home import CategoryCard, category_cards
from awards.web.public.layout import Link, crumbs


@dataclass(frozen=True)
class EditionPage:
    crumbs: tuple[Link, ...]
    heading: str
    program: str
    period: str
    categories: tuple[CategoryCard, ...]


def edition_page(edition: PublishedEdition) -> EditionPage:
    words = formats()
    return EditionPage(
        crumbs=crumbs([Link("", words.text(edition.title), current=True)]),
        heading=words.text(edition.title),
        program=words.text(edition.program_title),
        period=words.period(edition.period_start, edition.period_end),
        categories=category_cards(edition),
    )
