"""The ranking of a category: holders of titles first, then every candidate it lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.domain.published import PublishedCategory, RankingPage, RankingQuery, RankingRow
from awards.web.formats import Formats, format_digest, formats
from awards.web.parts import parts
from awards.web.public.drawing import Axis, Composition, Position, compose, locate, total_axis
from awards.web.public.filters import FilterForm, filter_form
from awards.web.public.find import Found, edition_address
from awards.web.public.ladder import Steps, ladder_steps
from awards.web.public.layout import Link, crumbs
from awards.web.public.pager import Pager, make_pager
from awards.web.public.query import narrows, write_query
from awards.web.words import gettext, ngettext


@dataclass(frozen=True)
class Fact:
    """A figure with the words under it; digests are set in a fixed pitch."""

    figure: str
    words: str
    mono: bool = False


@dataclass(frozen=True)
class LegendItem:
    color: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A candidate as the table shows it; ``href`` is None where values are withheld."""

    place: str
    shared: bool
    interval: str | None
    honored: bool
    name: str
    href: str | None
    title: str | None
    class_: str | None
    total: str
    position: Position | None
    composition: Composition


@dataclass(frozen=True)
class Nothing:
    """No row: what was asked, and ways out."""

    words: str
    nearest: Link | None
    clear_href: str


@dataclass(frozen=True, kw_only=True)
class RankingView:
    """Everything that ``ranking.html`` shows."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    table_heading: str
    steps: Steps
    facts: tuple[Fact, ...]
    classes: tuple[str, ...]
    withheld: tuple[str, ...]
    form: FilterForm
    legend: tuple[LegendItem, ...]
    axis: str | None
    rows: tuple[Row, ...]
    nothing: Nothing | None
    pager: Pager
    downloads: tuple[Link, ...]
    intervals: str | None


def ranking_view(found: Found, query: RankingQuery) -> RankingView:
    words = formats()
    asked = parts().site.ranking(found.category, query)
    ends = total_axis(found.category)
    return RankingView(
        crumbs=category_crumbs(found, words),
        heading=category_heading(found, words),
        lede=_lede(found, words),
        table_heading=_table_heading(found),
        steps=ladder_steps(found, words),
        facts=tuple(_facts(found, words)),
        classes=tuple(_classes(found, words)),
        withheld=tuple(_withheld(found, words)),
        form=filter_form(found, query, words),
        legend=tuple(_legend(found, words)),
        axis=ends.label(words) if ends else None,
        rows=tuple(_row(found, each, ends, words) for each in asked.rows),
        nothing=None if asked.rows else _nothing(found, query, asked),
        pager=make_pager(found, query, asked, words),
        downloads=_downloads(found, query),
        intervals=explain_intervals(found, words),
    )


def explain_intervals(found: Found, words: Formats) -> str | None:
    """What the range of places beside a place is, where such ranges are public."""
    firm = found.category.robustness
    if firm is None:
        return None
    return gettext(
        "The range beside a place holds it in 90%% of %(draws)s computations with other weights "
        "and scales. It varies weights and scales, not facts.",
        draws=words.count(firm.draws),
    )


def range_of(row: RankingRow, words: Formats) -> str | None:
    """``3–7``: the places that hold that of *row* when weights and scales are varied."""
    if row.interval is None:
        return None
    low, high = (words.count(end) for end in row.interval)
    return low if low == high else f"{low}–{high}"


def category_heading(found: Found, words: Formats) -> str:
    """The edition's title says it all when there is one category."""
    if len(found.edition.categories) == 1:
        return words.text(found.edition.title)
    return words.text(found.category.title)


def category_crumbs(found: Found, words: Formats, *deeper: Link) -> tuple[Link, ...]:
    """The way to the ranking or, with *deeper*, from it."""
    several = len(found.edition.categories) > 1
    edition = Link(edition_address(found.edition), words.text(found.edition.title))
    ranking = Link(found.address("ranking"), words.text(found.category.title))
    links = ([edition] if several else []) + [ranking] + list(deeper)
    return crumbs([*links[:-1], Link(links[-1].href, links[-1].text, current=True)])


def _lede(found: Found, words: Formats) -> str:
    candidates = ngettext(
        "%(count)s candidate",
        "%(count)s candidates",
        found.category.ranked,
        count=words.count(found.category.ranked),
    )
    count = len(found.category.criteria)
    criteria = ngettext(
        "%(count)s criterion", "%(count)s criteria", count, count=words.count(count)
    )
    return gettext(
        "%(category)s: %(candidates)s, %(criteria)s, one computation that anybody can repeat.",
        category=words.text(found.category.title),
        candidates=candidates,
        criteria=criteria,
    )


def _table_heading(found: Found) -> str:
    if found.category.listed < found.category.ranked:
        return gettext("Candidates with a title")
    return gettext("All candidates")


def _facts(found: Found, words: Formats) -> Iterable[Fact]:
    category = found.category
    if category.decided_on:
        yield Fact(words.day(category.decided_on), gettext("decided"))
    yield _ranked(category, words)
    if category.median_total is not None:
        yield Fact(words.number(category.median_total), gettext("median of the category"))
    yield Fact(format_digest(category.seal, groups=2), gettext("seal of the computation"), True)


def _ranked(category: PublishedCategory, words: Formats) -> Fact:
    ranked = words.count(category.ranked)
    if category.population is None:
        return Fact(ranked, gettext("candidates ranked"))
    return Fact(
        gettext("%(ranked)s of %(all)s", ranked=ranked, all=words.count(category.population)),
        gettext("candidates, all eligible")
        if category.ranked == category.population
        else gettext("candidates ranked"),
    )


def _classes(found: Found, words: Formats) -> Iterable[str]:
    for each in found.category.classes:
        if each.count:
            yield f"{words.text(each.words)}: {words.count(each.count)}"


def _withheld(found: Found, words: Formats) -> Iterable[str]:
    """What the disclosure level keeps back, in words and counts."""
    category, level = found.category, found.edition.disclosure
    if level == "winners":
        rest = category.ranked - category.listed
        yield gettext("The values of the other candidates are not announced.")
        if rest > 0:
            yield ngettext(
                "%(count)s more candidate was ranked.",
                "%(count)s more candidates were ranked.",
                rest,
                count=words.count(rest),
            )
    if level == "places":
        yield gettext("All places and totals are shown; values only of those who hold a title.")
    if category.ineligible:
        yield ngettext(
            "%(count)s candidate was not eligible.",
            "%(count)s candidates were not eligible.",
            category.ineligible,
            count=words.count(category.ineligible),
        )
    if category.not_assessable:
        yield ngettext(
            "%(count)s candidate could not be assessed for want of data.",
            "%(count)s candidates could not be assessed for want of data.",
            category.not_assessable,
            count=words.count(category.not_assessable),
        )


def _legend(found: Found, words: Formats) -> Iterable[LegendItem]:
    for each in found.category.segments:
        weight = words.trimmed(each.weight)
        yield LegendItem(f"g{each.color}", f"{words.text(each.title)} ({weight})")


def _row(found: Found, row: RankingRow, ends: Axis | None, words: Formats) -> Row:
    return Row(
        place=words.count(row.place),
        shared=row.shared,
        interval=range_of(row, words),
        honored=row.place <= 3,
        name=row.name,
        href=found.scorecard(row.id) if row.has_scorecard else None,
        title=words.text(row.title) if row.title else None,
        class_=words.text(row.class_) if row.class_ else None,
        total=words.number(row.total),
        position=locate(row, ends, words) if ends else None,
        composition=compose(found.category, row, words, width=256),
    )


def _nothing(found: Found, query: RankingQuery, asked: RankingPage) -> Nothing:
    if query.search:
        told = gettext("No candidate is called “%(name)s”.", name=query.search)
    elif narrows(query):
        told = gettext("No candidate fits this choice.")
    else:
        told = gettext("This ranking lists no candidate.")
    near = asked.nearest
    link = Link(found.address("ranking", q=near), near) if near else None
    return Nothing(told, link, found.address("ranking"))


def _downloads(found: Found, query: RankingQuery) -> tuple[Link, ...]:
    asked = {key: value for key, value in write_query(query).items() if key != "size"}
    return tuple(
        Link(found.address("download", name=f"ranking.{kind}", **asked), kind.upper())
        for kind in ("csv", "json")
    )
