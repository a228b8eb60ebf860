"""The targets board as a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from awards.documents.board_charts import Measured, TargetChart, narrow_targets, wide_targets
from awards.domain.boards import BoardLine, BoardPart, Realized, TargetBoard, TargetChoice
from awards.domain.records import Edition
from awards.web.committee.layout import address, crumbs
from awards.web.formats import ABSENT, Formats, formats
from awards.web.public.filters import Option, Select
from awards.web.public.layout import Link
from awards.web.words import gettext, ngettext


@dataclass(frozen=True)
class TargetRow:
    """A line of a table; ``parts`` says which sums a quotient was made of."""

    words: str
    source: str | None
    target: str
    figure: str
    parts: str | None
    share: str
    growth: str
    lacking: str | None


@dataclass(frozen=True)
class TargetSection:
    """One table with its chart, in two widths; ``told`` says the chart in words."""

    code: str
    title: str
    rows: tuple[TargetRow, ...]
    wide: TargetChart
    narrow: TargetChart
    told: str


@dataclass(frozen=True)
class TargetsPage:
    """``nothing`` is what to do while there are no targets; then there is no section."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    nothing: str | None
    action: str
    select: Select | None
    notes: tuple[str, ...]
    sections: tuple[TargetSection, ...]


def targets_page(edition: Edition, board: TargetBoard | None) -> TargetsPage:
    words = formats()
    command = f"awards targets import FILE --edition {edition.code}"
    return TargetsPage(
        crumbs=crumbs(edition, gettext("Targets")),
        heading=_heading(board, words) if board else gettext("No targets yet"),
        lede=gettext("What was aimed at, what was reached, and how it grew."),
        nothing=None if board else command,
        action=address(edition, "targets"),
        select=_select(board, words) if board else None,
        notes=tuple(_notes(board, words)) if board else (),
        sections=tuple(_sections(board, words)) if board else (),
    )


def _heading(board: TargetBoard, words: Formats) -> str:
    """The finding: how many of the declared targets were reached."""
    shares = [each.share for each in board.declared if each.share is not None]
    reached = sum(share >= 1 for share in shares)
    return ngettext(
        "%(reached)s of %(all)s target reached",
        "%(reached)s of %(all)s targets reached",
        len(board.declared),
        reached=words.count(reached),
        all=words.count(len(board.declared)),
    )


def _select(board: TargetBoard, words: Formats) -> Select:
    options = tuple(
        Option(each.code, _named(each, words), each == board.choice) for each in board.choices
    )
    return Select("figure", gettext("Figure"), options)


def _named(choice: TargetChoice, words: Formats) -> str:
    if choice.of_words is None:
        return words.text(choice.words)
    return gettext(
        "%(part)s as a share of: %(whole)s",
        part=words.text(choice.words),
        whole=words.text(choice.of_words),
    )


def _notes(board: TargetBoard, words: Formats) -> Iterator[str]:
    yield gettext("Targets from the file %(file)s.", file=board.file)
    if board.snapshot is None:
        yield gettext("No data are locked yet, so nothing can be compared.")
    elif board.as_of:
        yield gettext("Figures stand for %(day)s.", day=words.day(board.as_of))
    if board.before:
        yield gettext(
            "Growth is computed from both sums; the earlier one comes from: %(origin)s.",
            origin=words.text(board.before),
        )
    else:
        yield gettext("There is no earlier figure, so no growth can be computed.")


def _sections(board: TargetBoard, words: Formats) -> Iterator[TargetSection]:
    yield _section("declared", gettext("Declared targets"), board.declared, board, words)
    for part in board.parts:
        yield _part(part, board, words)


def _part(part: BoardPart, board: TargetBoard, words: Formats) -> TargetSection:
    return _section(part.code, words.text(part.title), part.lines, board, words)


def _section(
    code: str, title: str, lines: Sequence[BoardLine], board: TargetBoard, words: Formats
) -> TargetSection:
    rows = tuple(_row(each, board.choice, words) for each in lines)
    drawn = [
        Measured(
            label=row.words,
            figure=line.realized.figure if line.realized else None,
            target=line.target,
            text=row.figure,
        )
        for row, line in zip(rows, lines, strict=True)
    ]
    told = "; ".join(f"{row.words}: {row.figure}" for row in rows)
    return TargetSection(code, title, rows, wide_targets(drawn), narrow_targets(drawn), told)


def _row(line: BoardLine, choice: TargetChoice, words: Formats) -> TargetRow:
    reached = line.realized
    return TargetRow(
        words=words.text(line.words),
        source=line.source,
        target=ABSENT if line.target is None else words.value(line.target, choice.unit),
        figure=words.value(reached.figure if reached else None, choice.unit),
        parts=_parts(reached, words) if reached and choice.of else None,
        share=_percent(line.share, words),
        growth=_signed(reached.growth if reached else None, words),
        lacking=_lacking(reached, words),
    )


def _parts(reached: Realized, words: Formats) -> str | None:
    if reached.numerator is None or reached.denominator is None:
        return None
    return f"{words.trimmed(reached.numerator)} / {words.trimmed(reached.denominator)}"


def _percent(share: float | None, words: Formats) -> str:
    return words.value(share, "ratio", decimals=1)


def _signed(share: float | None, words: Formats) -> str:
    sign = "+" if share is not None and share > 0 else ""
    return sign + _percent(share, words)


def _lacking(reached: Realized | None, words: Formats) -> str | None:
    if reached is None:
        return gettext("No data of this month")
    if not reached.lacking:
        return None
    return gettext(
        "%(lacking)s of %(all)s without a figure",
        lacking=words.count(reached.lacking),
        all=words.count(reached.candidates),
    )
