"""Pages of a long ranking."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.domain.published import RankingPage, RankingQuery
from awards.web.formats import Formats
from awards.web.public.find import Found
from awards.web.public.layout import Link
from awards.web.public.query import SIZES, narrows, write_query
from awards.web.words import gettext

_ENOUGH_TO_JUMP = 7


@dataclass(frozen=True)
class Hidden:
    """What a small form carries along unseen."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Pager:
    """``links`` holds None where pages are left out. ``jump`` is where the form
    "go to place" leads, None where pages are few or places are not in order."""

    words: str
    previous: str | None
    links: tuple[Link | None, ...]
    next: str | None
    jump: str | None
    sizes: tuple[Link, ...]
    carried: tuple[Hidden, ...]


def make_pager(found: Found, query: RankingQuery, asked: RankingPage, words: Formats) -> Pager:
    def address(page: int) -> str:
        more = {"page": page} if page > 1 else {}
        return found.address("ranking", **write_query(query, **more)) + "#table"

    jump = query.sort == "place" and not narrows(query) and asked.pages > _ENOUGH_TO_JUMP
    return Pager(
        words=_shown(query, asked, words),
        previous=address(asked.page - 1) if asked.page > 1 else None,
        links=tuple(
            Link(address(page), words.count(page), page == asked.page) if page else None
            for page in _numbers(asked.page, asked.pages)
        ),
        next=address(asked.page + 1) if asked.page < asked.pages else None,
        jump=found.address("ranking") + "#table" if jump else None,
        sizes=tuple(_sizes(found, query, asked)),
        carried=(Hidden("size", str(query.size)),) if query.size != SIZES[0] else (),
    )


def _shown(query: RankingQuery, asked: RankingPage, words: Formats) -> str:
    first = (asked.page - 1) * query.size + 1
    return gettext(
        "Showing %(first)s–%(last)s of %(all)s",
        first=words.count(first if asked.rows else 0),
        last=words.count(first + len(asked.rows) - 1 if asked.rows else 0),
        all=words.count(asked.total),
    )


def _numbers(page: int, pages: int) -> Iterable[int]:
    """First, neighbors and last; 0 stands for what is left out."""
    near = {1, pages, *range(max(page - 1, 1), min(page + 1, pages) + 1)}
    if pages <= _ENOUGH_TO_JUMP:
        near = set(range(1, pages + 1))
    last = 0
    for number in sorted(near):
        if number > last + 1:
            yield 0 if number > last + 2 else last + 1
        yield number
        last = number


def _sizes(found: Found, query: RankingQuery, asked: RankingPage) -> Iterable[Link]:
    if asked.total <= SIZES[0]:
        return
    for size in SIZES:
        written = {key: value for key, value in write_query(query).items() if key != "size"}
        more = {"size": size} if size != SIZES[0] else {}
        address = found.address("ranking", **(written | more)) + "#table"
        yield Link(address, str(size), size == query.size)
