"""What is asked of the near-miss list, read from the address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from awards.domain.boards import NearMiss
from awards.web.public.query import BadQuestion
from awards.web.words import gettext

SIZE = 100
GOALS = ("gate", "title", "place")
Key = Callable[[NearMiss], tuple[Any, ...]]


def _last(value: float | None) -> tuple[bool, float]:
    """Sorts what is missing to the end."""
    return value is None, value or 0


SORTS: Mapping[str, Key] = {
    "people": lambda each: (*_last(each.lever.more if each.lever else None), each.name, each.id),
    "gap": lambda each: (*_last(_gap(each)), each.name, each.id),
    "place": lambda each: (*_last(each.place), each.name, each.id),
    "name": lambda each: (each.name, each.id),
}


@dataclass(frozen=True, kw_only=True)
class NearQuery:
    """``goal`` is one of `GOALS`, or empty for all."""

    goal: str = ""
    region: str = ""
    scale: str = ""
    sort: str = "people"
    page: int = 1

    def written(self) -> dict[str, str]:
        """The arguments that ask the same, without the page and what goes without saying."""
        said = {"goal": self.goal, "region": self.region, "scale": self.scale}
        said |= {"sort": self.sort} if self.sort != "people" else {}
        return {name: value for name, value in said.items() if value}


def read_near_query(given: MultiDict[str, str]) -> NearQuery:
    """Raises `BadQuestion` for a goal, a sort or a page that the list does not know."""
    goal, sort, page = given.get("goal", ""), given.get("sort") or "people", given.get("page")
    if goal not in ("", *GOALS) or sort not in SORTS:
        raise BadQuestion(gettext("This list does not know what was asked. Choose from the list."))
    if page is not None and not (page.isascii() and page.isdigit() and int(page[:9]) > 0):
        raise BadQuestion(gettext("“%(text)s” is not a whole number from 1.", text=page[:20]))
    return NearQuery(
        goal=goal,
        region=given.get("region", ""),
        scale=given.get("scale", ""),
        sort=sort,
        page=int((page or "1")[:9]),
    )


def select_misses(found: tuple[NearMiss, ...], query: NearQuery) -> tuple[NearMiss, ...]:
    """The candidates asked for, in the order asked for."""
    kept = [
        each
        for each in found
        if (not query.goal or goal_of(each) == query.goal)
        and (not query.region or each.region == query.region)
        and (not query.scale or each.scale == query.scale)
    ]
    return tuple(sorted(kept, key=SORTS[query.sort]))


def goal_of(miss: NearMiss) -> str:
    if miss.gate is not None:
        return "gate"
    return "title" if miss.title else "place"


def _gap(miss: NearMiss) -> float | None:
    if miss.goal is None or miss.total is None:
        return None
    return miss.goal - miss.total
