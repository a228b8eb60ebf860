"""The form that narrows and sorts a ranking."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.domain.published import RankingQuery
from awards.domain.text import Text
from awards.web.formats import Formats
from awards.web.public.find import Found
from awards.web.words import gettext


@dataclass(frozen=True)
class Option:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Select:
    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class FilterForm:
    """``action`` is where the form goes; ``clear_href`` is None when nothing is asked."""

    action: str
    search: str
    selects: tuple[Select, ...]
    clear_href: str | None


def filter_form(found: Found, query: RankingQuery, words: Formats) -> FilterForm:
    address = found.address("ranking")
    selects = [*_attributes(found, query, words), *_titles(found, query, words)]
    return FilterForm(
        action=f"{address}#table",
        search=query.search,
        selects=(*selects, _sorting(found, query, words)),
        clear_href=f"{address}#table" if query != RankingQuery(page=query.page) else None,
    )


def _attributes(found: Found, query: RankingQuery, words: Formats) -> Iterable[Select]:
    chosen = dict(query.filters)
    for each in found.category.filters:
        options = [
            Option(value, _counted(told, count, words), value == chosen.get(each.code))
            for value, told, count in each.values
        ]
        everything = Option("", gettext("All"), each.code not in chosen)
        yield Select(f"f-{each.code}", words.text(each.title), (everything, *options))


def _titles(found: Found, query: RankingQuery, words: Formats) -> Iterable[Select]:
    held = sum(each.count or 0 for each in found.category.titles)
    if held and found.category.listed > held:
        yield Select(
            "titled",
            gettext("Title"),
            (
                Option("", gettext("All"), not query.titled),
                Option(
                    "1", gettext("With a title (%(count)s)", count=words.count(held)), query.titled
                ),
            ),
        )


def _sorting(found: Found, query: RankingQuery, words: Formats) -> Select:
    ways = [("place", gettext("Place")), ("name", gettext("Name"))]
    ways += [(each.code, words.text(each.title)) for each in found.category.segments]
    options = tuple(Option(value, told, query.sort == value) for value, told in ways)
    return Select("sort", gettext("Sort by"), options)


def _counted(told: Text, count: int | None, words: Formats) -> str:
    """The words with the count, where it may be told."""
    return words.text(told) if count is None else f"{words.text(told)} ({words.count(count)})"
