"""The map of a category: areas colored by total or by a criterion, with a table beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from awards.documents.maps import Drawing, Label
from awards.domain.published import CriterionHead, MapValue
from awards.web.formats import Formats, formats
from awards.web.public.breaks import Breaks, equal_counts, round_breaks
from awards.web.public.filters import Option, Select
from awards.web.public.find import Found
from awards.web.public.histogram import Histogram, draw_histogram
from awards.web.public.layout import Link
from awards.web.public.query import BadQuestion
from awards.web.public.ranking import category_crumbs
from awards.web.words import gettext, ngettext

CLASSINGS = ("round", "equal")


@dataclass(frozen=True)
class MapQuestion:
    """What colors the map (None: the total) and how classes are cut."""

    criterion: CriterionHead | None
    classing: str


@dataclass(frozen=True, kw_only=True)
class AreaView:
    """An area as drawn; ``href`` is None where nothing of it is public."""

    href: str | None
    words: str
    path: str
    color: str
    circle: tuple[float, float] | None


@dataclass(frozen=True)
class MapRow:
    place: str
    name: str
    href: str
    value: str
    color: str
    class_words: str


@dataclass(frozen=True, kw_only=True)
class MapPage:
    """Everything that ``map.html`` shows."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    action: str
    selects: tuple[Select, ...]
    width: float
    height: float
    areas: tuple[AreaView, ...]
    labels: tuple[Label, ...]
    measured: str
    less_is_better: bool
    histogram: Histogram | None
    rows: tuple[MapRow, ...]


def read_map_question(found: Found, by: str, classing: str) -> MapQuestion:
    """Read ``by`` and ``classes``; what the category does not have is refused."""
    criterion = found.category.criterion(by) if by else None
    if by and criterion is None:
        raise BadQuestion(
            gettext("This map cannot be colored by “%(what)s”. Choose from the list.", what=by)
        )
    if classing not in CLASSINGS:
        raise BadQuestion(
            gettext("Classes cannot be cut by “%(what)s”. Choose from the list.", what=classing)
        )
    return MapQuestion(criterion, classing)


def map_page(
    found: Found, question: MapQuestion, *, drawing: Drawing, values: Sequence[MapValue]
) -> MapPage:
    words = formats()
    known = [each.value for each in values if each.value is not None]
    breaks = _breaks(known, question.classing)
    unit = question.criterion.unit if question.criterion else "index"
    return MapPage(
        crumbs=category_crumbs(found, words, Link("", gettext("Map"))),
        heading=_heading(values, unit, words) or words.text(found.edition.title),
        lede=_lede(found, drawing, measured=_measured(question, words), words=words),
        action=found.address("map"),
        selects=(_by(found, question, words), _classings(question)),
        width=drawing.width,
        height=drawing.height,
        areas=tuple(_areas(found, drawing, values, breaks=breaks, unit=unit, words=words)),
        labels=drawing.labels,
        measured=_measured(question, words),
        less_is_better=question.criterion is not None and question.criterion.less_is_better,
        histogram=draw_histogram(breaks, known, unit=unit, words=words) if breaks else None,
        rows=tuple(_rows(found, values, breaks=breaks, unit=unit, words=words)),
    )


def _breaks(known: Sequence[float], classing: str) -> Breaks | None:
    if not known:
        return None
    return round_breaks(known) if classing == "round" else equal_counts(known)


def _measured(question: MapQuestion, words: Formats) -> str:
    return words.text(question.criterion.title) if question.criterion else gettext("Total")


def _heading(values: Sequence[MapValue], unit: str, words: Formats) -> str | None:
    """The finding: from the lowest to the highest."""
    known = [(each.value, each.name) for each in values if each.value is not None]
    if not known:
        return None
    low, high = min(known), max(known)
    return gettext(
        "From %(low)s in %(lowest)s to %(high)s in %(highest)s",
        low=words.value(low[0], unit),
        lowest=low[1],
        high=words.value(high[0], unit),
        highest=high[1],
    )


def _lede(found: Found, drawing: Drawing, *, measured: str, words: Formats) -> str:
    told = gettext(
        "%(measured)s, %(title)s.", measured=measured, title=words.text(found.edition.title)
    )
    small = sum(each.small for each in drawing.areas)
    if not small:
        return told
    circles = ngettext(
        "%(count)s small area is drawn as a circle, to be seen.",
        "%(count)s small areas are drawn as circles, to be seen.",
        small,
        count=words.count(small),
    )
    return f"{told} {circles}"


def _by(found: Found, question: MapQuestion, words: Formats) -> Select:
    chosen = question.criterion.code if question.criterion else ""
    criteria = [(each.code, words.text(each.title)) for each in found.category.criteria]
    options = [("", gettext("Total")), *criteria]
    return Select(
        "by",
        gettext("Color the map by"),
        tuple(Option(value, told, value == chosen) for value, told in options),
    )


def _classings(question: MapQuestion) -> Select:
    options = (
        ("round", gettext("Round limits")),
        ("equal", gettext("Five parts of equal size")),
    )
    return Select(
        "classes",
        gettext("Classes"),
        tuple(Option(value, told, value == question.classing) for value, told in options),
    )


def _color(value: float | None, breaks: Breaks | None) -> str:
    """Colors spread over the scale when there are fewer than five classes."""
    if value is None or breaks is None:
        return "none"
    count = len(breaks.edges) - 1
    return f"c{1 + breaks.class_of(value) + (5 - count) // 2}"


def _areas(
    found: Found,
    drawing: Drawing,
    values: Sequence[MapValue],
    *,
    breaks: Breaks | None,
    unit: str,
    words: Formats,
) -> Iterable[AreaView]:
    by_id = {each.id: each for each in values}
    for area in drawing.areas:
        value = by_id.get(area.id)
        yield AreaView(
            href=found.candidate(area.id) if value else None,
            words=_told(value, unit, words) if value else area.name,
            path=area.path,
            color=_color(value.value, breaks) if value else "mut",
            circle=(area.x, area.y) if area.small else None,
        )


def _told(value: MapValue, unit: str, words: Formats) -> str:
    measured = gettext("no value") if value.value is None else words.value(value.value, unit)
    return gettext(
        "%(name)s: %(value)s, place %(place)s",
        name=value.name,
        value=measured,
        place=words.count(value.place),
    )


def _rows(
    found: Found,
    values: Sequence[MapValue],
    *,
    breaks: Breaks | None,
    unit: str,
    words: Formats,
) -> Iterable[MapRow]:
    for each in values:
        yield MapRow(
            place=words.count(each.place),
            name=each.name,
            href=found.candidate(each.id),
            value=gettext("no value") if each.value is None else words.value(each.value, unit),
            color=_color(each.value, breaks),
            class_words=_class_words(each.value, breaks, unit=unit, words=words),
        )


def _class_words(value: float | None, breaks: Breaks | None, *, unit: str, words: Formats) -> str:
    if value is None or breaks is None:
        return gettext("no class")
    number = breaks.class_of(value)
    low, high = breaks.edges[number], breaks.edges[number + 1]
    return gettext(
        "class %(low)s–%(high)s", low=words.value(low, unit), high=words.value(high, unit)
    )
