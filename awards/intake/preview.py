"""A first look into a file: its sheets, where the titles stand, what columns may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from awards.intake.errors import UnreadableFile
from awards.intake.grid import is_blank, preview
from awards.intake.headers import Header, find_header, known_titles, normalize
from awards.intake.sandbox import Sheet, read_cells
from awards.intake.types import ColumnMap, Layout

_ALIKE = 86
_SHOWN = 5
_CHARACTERS = 60


@dataclass(frozen=True, kw_only=True)
class SheetLook:
    """One sheet. ``header_row`` counts from 1; ``titles`` stand there, ``""`` for none.

    ``columns`` gives the title of each target that is known for certain, ``guesses`` of
    those that only look alike; ``sample`` are the first rows below the titles.
    """

    name: str | None
    header_row: int
    titles: tuple[str, ...]
    columns: Mapping[str, str]
    guesses: Mapping[str, str]
    sample: tuple[tuple[str, ...], ...]


def look_into(path: Path, layout: Layout, *, work: Path) -> tuple[SheetLook, ...]:
    """The visible sheets of *path* that hold anything, read in a child process.

    Raises `UnreadableFile`, also where nothing is in them.
    """
    known = known_titles(layout, ColumnMap())
    try:
        with read_cells(path, work, sheet=None) as reading:
            filled = [each for each in reading.sheets if not is_blank(each)]
            if not filled:
                raise UnreadableFile("no-cells")
            return tuple(_look(each, known) for each in filled)
    except UnreadableFile as refusal:
        raise refusal.in_file(path.name) from refusal.__cause__


def _look(sheet: Sheet, known: Mapping[str, str]) -> SheetLook:
    rows = preview(sheet, None)
    header = find_header(rows, known, at=None)
    below = rows[header.row + 1 : header.row + 1 + _SHOWN]
    return SheetLook(
        name=sheet.name,
        header_row=header.row + 1,
        titles=header.titles,
        columns={target: header.titles[at] for target, at in header.columns.items()},
        guesses=_guesses(header, known),
        sample=tuple(tuple(cell[:_CHARACTERS] for cell in row) for row in below),
    )


def _guesses(header: Header, known: Mapping[str, str]) -> dict[str, str]:
    """Titles that look like one of a target that no title is known for."""
    open_ = {title: target for title, target in known.items() if target not in header.columns}
    found: dict[str, str] = {}
    for title in header.ignored:
        best = _best(normalize(title), tuple(open_))
        if best is not None and open_[best] not in found:
            found[open_[best]] = title
    return found


def _best(title: str, known: Sequence[str]) -> str | None:
    found = process.extractOne(title, known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return None if found is None else str(found[0])
