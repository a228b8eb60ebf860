"""The report of a check: refused cells, filtered and paged, and what is different."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from awards.domain.records import Edition
from awards.domain.uploads import Upload
from awards.intake.types import Layout, RefusedCell
from awards.services.acceptance import RefusedRow
from awards.services.part_differences import Moved, PartDifference, Spread
from awards.services.upload_checks import Checked
from awards.web.committee.data.wizard import (
    WizardStep,
    lede_of,
    steps_at,
    title_of,
    to_upload,
)
from awards.web.committee.layout import crumbs
from awards.web.formats import ABSENT, Formats, formats
from awards.web.forms.pages import Fact
from awards.web.public.filters import Option, Select
from awards.web.public.layout import Link
from awards.web.words import gettext, ngettext

SIZE = 50
_BAR, _HIGH = 10, 40


@dataclass(frozen=True)
class FaultRow:
    cell: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class MovedRow:
    id: str
    name: str
    figure: str
    before: str
    now: str


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    height: int


@dataclass(frozen=True, kw_only=True)
class SpreadChart:
    """A small chart of one figure; ``told`` says it in words."""

    title: str
    bars: tuple[Bar, ...]
    told: str


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """``accept`` is None where no row can be taken, or the file was brought in already;
    ``rows_link`` lead to refused rows that can be corrected in place."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    steps: tuple[WizardStep, ...]
    refused: str | None
    facts: tuple[Fact, ...]
    accept: Link | None
    marked: str | None
    listed: str | None
    columns: str | None
    drop: str | None
    again: str
    ambiguous: tuple[str, ...]
    ignored: tuple[str, ...]
    action: str
    selects: tuple[Select, ...]
    rows: tuple[FaultRow, ...]
    shown: str
    next: str | None
    previous: str | None
    correct: tuple[Link, ...]
    differs: tuple[Fact, ...]
    moved: tuple[MovedRow, ...]
    far: tuple[MovedRow, ...]
    spreads: tuple[SpreadChart, ...]


def report_page(
    edition: Edition,
    upload: Upload,
    checked: Checked,
    *,
    layout: Layout,
    asked: MultiDict[str, str],
    rows: tuple[RefusedRow, ...],
    again: str,
) -> ReportPage:
    words = formats()
    chosen = _chosen(checked.faults, asked)
    page = _page(asked, len(chosen))
    open_ = upload.made is None
    return ReportPage(
        **_ways(upload, checked),
        **_different(checked.difference, layout, words),
        crumbs=crumbs(edition, gettext("Report")),
        heading=_heading(upload, checked, words),
        lede=lede_of(edition, upload),
        steps=steps_at(2 if open_ else 4),
        refused=words.text(checked.refused) if checked.refused else None,
        facts=() if checked.refused else _facts(checked, words),
        again=again,
        ambiguous=_ambiguous(checked, upload),
        ignored=checked.ignored,
        selects=_selects(checked, asked),
        rows=tuple(_fault(each, words) for each in chosen[(page - 1) * SIZE : page * SIZE]),
        shown=_shown(page, len(chosen), words),
        next=_turn(upload, asked, page + 1) if page * SIZE < len(chosen) else None,
        previous=_turn(upload, asked, page - 1) if page > 1 else None,
        correct=() if open_ else tuple(_correct(upload, each, words) for each in rows),
    )


def _ways(upload: Upload, checked: Checked) -> dict[str, Any]:
    """Where one can go from the report."""
    open_ = upload.made is None
    return {
        "accept": _accept(upload, checked),
        "marked": to_upload(upload, "marked_file") if checked.has_marked else None,
        "listed": to_upload(upload, "fault_file") if checked.faults else None,
        "columns": to_upload(upload, "columns") if open_ else None,
        "drop": to_upload(upload, "drop_upload") if open_ else None,
        "action": to_upload(upload, "report"),
    }


def _different(found: PartDifference | None, layout: Layout, words: Formats) -> dict[str, Any]:
    """What the report says of differences and of how the figures lie."""
    return {
        "differs": _differs(found, words) if found else (),
        "moved": _moved(found.moved, layout, words) if found else (),
        "far": _moved(found.far, layout, words) if found else (),
        "spreads": tuple(_spread(each, layout, words) for each in found.spreads) if found else (),
    }


def _heading(upload: Upload, checked: Checked, words: Formats) -> str:
    if upload.made is not None:
        return gettext("This file was brought in")
    if checked.refused:
        return gettext("This file cannot be read")
    if not checked.refused_cells:
        return gettext("Every cell can be taken")
    return ngettext(
        "%(n)s cell must be put right",
        "%(n)s cells must be put right",
        checked.refused_cells,
        n=words.count(checked.refused_cells),
    )


def _facts(checked: Checked, words: Formats) -> tuple[Fact, ...]:
    return (
        Fact(gettext("rows read"), words.count(checked.rows_read)),
        Fact(gettext("rows that can be taken"), words.count(checked.rows_accepted)),
        Fact(gettext("rows refused"), words.count(checked.refused_rows)),
        Fact(gettext("columns used"), words.count(len(checked.headers))),
    )


def _accept(upload: Upload, checked: Checked) -> Link | None:
    if upload.made is not None or not checked.rows_accepted:
        return None
    href = to_upload(upload, "accept_upload")
    if not checked.refused_rows:
        return Link(href, gettext("Bring in"))
    rows = formats().count(checked.rows_accepted)
    return Link(
        href,
        ngettext("Take the good row", "Take the %(n)s good rows", checked.rows_accepted, n=rows),
    )


def _ambiguous(checked: Checked, upload: Upload) -> tuple[str, ...]:
    """A few values that can mean two numbers, while nobody said how they are written."""
    if upload.asked.numbers is not None or upload.made is not None:
        return ()
    codes = ("ambiguous-number", "mixed-numbers")
    values = [each.value for each in checked.faults if each.code in codes]
    return tuple(dict.fromkeys(values))[:4]


def _chosen(faults: tuple[RefusedCell, ...], asked: MultiDict[str, str]) -> list[RefusedCell]:
    code, column = asked.get("code", ""), asked.get("column", "")
    return [
        each
        for each in faults
        if (not code or each.code == code) and (not column or each.column == column)
    ]


def _selects(checked: Checked, asked: MultiDict[str, str]) -> tuple[Select, ...]:
    if not checked.faults:
        return ()
    words = formats()
    codes = Counter(each.code for each in checked.faults)
    first = {each.code: words.text(each.reason) for each in reversed(checked.faults)}
    columns = {each.column: each.header for each in checked.faults if each.column}
    return (
        _select(
            "code",
            gettext("Problem"),
            {code: f"{first[code][:70]} ({n})" for code, n in codes.items()},
            asked,
        ),
        _select(
            "column",
            gettext("Column"),
            {key: f"{key}: {title or ''}" for key, title in sorted(columns.items())},
            asked,
        ),
    )


def _select(name: str, label: str, found: dict[str, str], asked: MultiDict[str, str]) -> Select:
    now = asked.get(name, "")
    options = [Option("", gettext("all"), not now)]
    options += [Option(value, words, value == now) for value, words in found.items()]
    return Select(name, label, tuple(options))


def _fault(cell: RefusedCell, words: Formats) -> FaultRow:
    return FaultRow(cell.address, cell.header or "", cell.value, words.text(cell.reason))


def _page(asked: MultiDict[str, str], count: int) -> int:
    typed = asked.get("page", "1")
    number = int(typed[:6]) if typed.isascii() and typed.isdigit() else 1
    return max(1, min(number, -(-count // SIZE)))


def _shown(page: int, count: int, words: Formats) -> str:
    return gettext(
        "Showing %(first)s–%(last)s of %(all)s",
        first=words.count(min(count, (page - 1) * SIZE + 1)),
        last=words.count(min(page * SIZE, count)),
        all=words.count(count),
    )


def _turn(upload: Upload, asked: MultiDict[str, str], page: int) -> str:
    kept = {name: asked[name] for name in ("code", "column") if asked.get(name)}
    return to_upload(upload, "report", **kept, page=page) + "#cells"


def _correct(upload: Upload, row: RefusedRow, words: Formats) -> Link:
    href = to_upload(upload, "correct_row", row=row.row)
    name = next((value for value in list(row.cells.values())[:2] if value), "")
    return Link(href, gettext("Row %(row)s: %(name)s", row=words.count(row.row), name=name))


def _differs(found: PartDifference, words: Formats) -> tuple[Fact, ...]:
    if found.against is None:
        return ()
    against = (
        gettext("the part that it replaces")
        if found.against == "part"
        else gettext("the data locked last")
    )
    return (
        Fact(gettext("Compared with"), f"{against} ({words.count(found.rows_before)})"),
        Fact(gettext("New"), _named(found.new, found.new_ids, words)),
        Fact(gettext("Gone"), _named(found.gone, found.gone_ids, words)),
        Fact(gettext("Figures that moved by more than a quarter"), words.count(found.changed)),
    )


def _named(count: int, ids: tuple[str, ...], words: Formats) -> str:
    if not count:
        return words.count(0)
    more = " …" if count > len(ids[:8]) else ""
    return f"{words.count(count)}: {', '.join(ids[:8])}{more}"


def _moved(rows: tuple[Moved, ...], layout: Layout, words: Formats) -> tuple[MovedRow, ...]:
    return tuple(
        MovedRow(
            each.id,
            each.name or each.id,
            title_of(layout, each.code),
            ABSENT if each.before is None else words.trimmed(each.before),
            ABSENT if each.now is None else words.trimmed(each.now),
        )
        for each in rows
    )


def _spread(spread: Spread, layout: Layout, words: Formats) -> SpreadChart:
    most = max(spread.bins) or 1
    heights = [max(1, round(_HIGH * each / most)) if each else 0 for each in spread.bins]
    told = gettext(
        "from %(low)s to %(high)s; far from the others: %(far)s",
        low=words.trimmed(spread.low),
        high=words.trimmed(spread.high),
        far=words.count(spread.far),
    )
    bars = tuple(Bar(n * _BAR, _HIGH - high, high) for n, high in enumerate(heights))
    return SpreadChart(title=title_of(layout, spread.code), bars=bars, told=told)
