"""What a visitor asks a ranking for, read from the address and written back to it."""

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from awards.domain.errors import Refused
from awards.domain.published import PublishedCategory, RankingQuery
from awards.web.words import gettext

SIZES = (50, 100, 200)
_LONGEST_SEARCH = 100
_MOST_PAGES = 10_000_000


class BadQuestion(Refused):
    """The address asks for something that the page does not know."""


def read_query(category: PublishedCategory, given: MultiDict[str, str]) -> RankingQuery:
    """Read ``q``, ``titled``, ``sort``, ``page``, ``size``, ``to`` and ``f-<attribute>``.

    A sort or filter that the category does not have is refused, not passed over:
    the visitor would take the whole ranking for an answer.
    """
    query = RankingQuery(
        search=_search(given.get("q", "")),
        filters=_filters(category, given),
        titled=given.get("titled", "") == "1",
        sort=_sort(category, given.get("sort") or "place"),
        page=_number(given.get("page") or "1"),
        size=_size(given.get("size") or "50"),
    )
    if given.get("to"):
        return replace(query, page=(_number(given["to"]) - 1) // query.size + 1)
    return query


def write_query(query: RankingQuery, **changes: str | int) -> dict[str, str | int]:
    """The arguments that ask *query* again, without what goes without saying."""
    written: dict[str, str | int] = {f"f-{code}": value for code, value in query.filters}
    written |= {"q": query.search} if query.search else {}
    written |= {"titled": 1} if query.titled else {}
    written |= {"sort": query.sort} if query.sort != "place" else {}
    written |= {"size": query.size} if query.size != SIZES[0] else {}
    return written | changes


def narrows(query: RankingQuery) -> bool:
    """Whether the query leaves any candidate out."""
    return bool(query.search or query.filters or query.titled)


def _search(text: str) -> str:
    if len(text) > _LONGEST_SEARCH:
        raise BadQuestion(
            gettext(
                "The search text has more than %(most)s characters. Search for a part of it.",
                most=_LONGEST_SEARCH,
            )
        )
    return " ".join(text.split())


def _sort(category: PublishedCategory, sort: str) -> str:
    known = {"place", "name", *(each.code for each in category.segments)}
    if sort not in known:
        raise BadQuestion(
            gettext("This ranking cannot be sorted by “%(what)s”. Choose from the list.", what=sort)
        )
    return sort


def _filters(
    category: PublishedCategory, given: MultiDict[str, str]
) -> tuple[tuple[str, str], ...]:
    known = {each.code: {value for value, _, _ in each.values} for each in category.filters}
    asked = [(key[2:], given[key]) for key in given if key.startswith("f-") and given[key]]
    for code, value in asked:
        if value not in known.get(code, set()):
            raise BadQuestion(
                gettext(
                    "This ranking cannot be filtered by “%(what)s”. Choose from the list.",
                    what=f"{code}: {value}",
                )
            )
    return tuple(asked)


def _number(text: str) -> int:
    """A page or place from 1; digits may be grouped as they are printed."""
    digits = text.replace(".", "").replace(",", "").strip()
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits[:10]) <= _MOST_PAGES):
        raise BadQuestion(gettext("“%(text)s” is not a whole number from 1.", text=text[:20]))
    return int(digits)


def _size(text: str) -> int:
    size = _number(text)
    if size not in SIZES:
        raise BadQuestion(
            gettext("A page has %(sizes)s rows.", sizes=", ".join(str(each) for each in SIZES))
        )
    return size
