"""The near-miss list as a page, and as a file for the membership desk."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from awards.domain.boards import NearMiss
from awards.domain.records import Edition
from awards.web.committee.layout import address, committee, crumbs
from awards.web.committee.near_query import SIZE, NearQuery, goal_of, select_misses
from awards.web.formats import ABSENT, Formats, formats
from awards.web.public.downloads import safe_cell
from awards.web.public.filters import Option, Select
from awards.web.public.layout import Link
from awards.web.public.pager import Pager
from awards.web.words import gettext, ngettext


@dataclass(frozen=True)
class NearRow:
    """A candidate; ``lacks`` says what is lacking, ``facts`` the figures it follows
    from, ``leads`` what the change leads to."""

    name: str
    id: str
    where: str
    place: str
    total: str
    lacks: str
    facts: str
    leads: str
    reason: str | None


@dataclass(frozen=True)
class NearPage:
    """``nothing`` says why there is no row."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    action: str
    selects: tuple[Select, ...]
    clear_href: str | None
    rows: tuple[NearRow, ...]
    nothing: str | None
    pager: Pager | None
    download: str | None


def near_page(
    edition: Edition, category: str, found: tuple[NearMiss, ...] | None, query: NearQuery
) -> NearPage:
    words = formats()
    chosen = select_misses(found or (), query)
    query = replace(query, page=min(query.page, max(1, -(-len(chosen) // SIZE))))
    shown = chosen[(query.page - 1) * SIZE : query.page * SIZE]
    asked = {"category": category, **query.written()}
    return NearPage(
        crumbs=crumbs(edition, gettext("Near misses")),
        heading=_heading(len(chosen), words),
        lede=gettext(
            "One condition, or a few people, away from a title, a class or the place before. "
            "Computed by the rules in force, if nothing else changes."
        ),
        action=address(edition, "near"),
        selects=tuple(_selects(edition, category, found or (), query)),
        clear_href=address(edition, "near", category=category) if query.written() else None,
        rows=tuple(_row(each, words) for each in shown),
        nothing=_nothing(found, chosen),
        pager=_pager(edition, asked, query, len(chosen)),
        download=address(edition, "near_csv_file", **asked) if chosen else None,
    )


def _heading(count: int, words: Formats) -> str:
    return ngettext("%(count)s near miss", "%(count)s near misses", count, count=words.count(count))


def _nothing(found: tuple[NearMiss, ...] | None, chosen: tuple[NearMiss, ...]) -> str | None:
    if found is None:
        return gettext("This category was not evaluated yet.")
    return None if chosen else gettext("Nobody is this near.")


def _selects(
    edition: Edition, category: str, found: tuple[NearMiss, ...], query: NearQuery
) -> Iterator[Select]:
    words, everything = formats(), gettext("All")
    categories = edition.definition.categories
    yield Select(
        "category",
        gettext("Category"),
        tuple(
            Option(each.code, words.text(each.title), each.code == category) for each in categories
        ),
    )
    goals = (("", everything), *_goals())
    yield _select("goal", gettext("Away from"), goals, query.goal)
    for name, label, values in (
        ("region", gettext("Region"), {each.region for each in found}),
        ("scale", gettext("Scale"), {each.scale for each in found}),
    ):
        known = sorted(each for each in values if each)
        if len(known) > 1:
            options = (("", everything), *((each, _told(each, name)) for each in known))
            yield _select(name, label, options, getattr(query, name))
    yield _select("sort", gettext("Sort by"), tuple(_sorts()), query.sort)


def _told(code: str, name: str) -> str:
    found = committee().desk.words_of(name, code)
    return formats().text(found) if found else code


def _goals() -> tuple[tuple[str, str], ...]:
    return (
        ("gate", gettext("one condition")),
        ("title", gettext("a title or class")),
        ("place", gettext("the place before")),
    )


def _sorts() -> Iterator[tuple[str, str]]:
    yield "people", gettext("Number of people")
    yield "gap", gettext("Points lacking")
    yield "place", gettext("Place")
    yield "name", gettext("Name")


def _select(name: str, label: str, options: tuple[tuple[str, str], ...], chosen: str) -> Select:
    return Select(name, label, tuple(Option(code, told, code == chosen) for code, told in options))


def _row(miss: NearMiss, words: Formats) -> NearRow:
    where = [_told(each, name) for name in ("region", "scale") if (each := getattr(miss, name))]
    return NearRow(
        name=miss.name,
        id=miss.id,
        where=" · ".join((miss.id, *where)),
        place=ABSENT if miss.place is None else words.count(miss.place),
        total=ABSENT if miss.total is None else words.number(miss.total),
        lacks=_lacks(miss, words),
        facts="; ".join(
            f"{words.text(title)}: {words.value(value, unit)}" for title, value, unit in miss.facts
        ),
        leads=_leads(miss, words),
        reason=words.text(miss.gate_reason) if miss.gate_reason else None,
    )


def _lacks(miss: NearMiss, words: Formats) -> str:
    if miss.gate is not None:
        return gettext("One condition: %(condition)s", condition=words.text(miss.gate))
    lever = miss.lever
    assert lever is not None
    return gettext(
        "%(indicator)s: %(count)s more",
        indicator=words.text(lever.words),
        count=words.value(lever.more, lever.unit),
    )


def _leads(miss: NearMiss, words: Formats) -> str:
    if miss.lever is None or miss.goal is None:
        return gettext("would be ranked")
    total = words.told_apart(miss.lever.total, miss.total or 0.0, "points")
    if miss.title is not None:
        return gettext("%(title)s: %(total)s", title=words.text(miss.title), total=total)
    return gettext("the place before: %(total)s", total=total)


def _pager(edition: Edition, asked: dict[str, str], query: NearQuery, count: int) -> Pager | None:
    pages, words = -(-count // SIZE), formats()
    if pages < 2:
        return None

    def href(page: int) -> str:
        return address(edition, "near", **asked, page=page) + "#table"

    first = (query.page - 1) * SIZE + 1
    return Pager(
        words=gettext(
            "Showing %(first)s–%(last)s of %(all)s",
            first=words.count(first),
            last=words.count(min(first + SIZE - 1, count)),
            all=words.count(count),
        ),
        previous=href(query.page - 1) if query.page > 1 else None,
        links=tuple(
            Link(href(page), words.count(page), page == query.page) for page in range(1, pages + 1)
        ),
        next=href(query.page + 1) if query.page < pages else None,
        jump=None,
        sizes=(),
        carried=(),
    )


def near_csv(chosen: tuple[NearMiss, ...]) -> str:
    """The list as comma-separated text, numbers with a decimal point.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text, words = io.StringIO(), formats()
    writer = csv.writer(text)
    writer.writerow(
        (
            *("id", "name", "region", "scale", "place", "total", "away_from", "goal"),
            *("goal_total", "indicator", "more", "reached_total"),
        )
    )
    for each in chosen:
        named = each.gate or each.title
        lever = each.lever
        cells = (
            *(each.id, each.name, each.region, each.scale, each.place, each.total),
            *(goal_of(each), words.text(named) if named else "", each.goal),
            *((lever.indicator, lever.more, lever.total) if lever else ("", "", "")),
        )
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue()
