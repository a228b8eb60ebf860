"""A crosswalk as people send it: which id belongs to which candidate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from awards.intake.doubles import find_doubles
from awards.intake.errors import UnreadableFile, UnusableColumns
from awards.intake.findings import NONE, findings, gathered
from awards.intake.grid import Grid, data_rows, shown, together
from awards.intake.headers import Header, normalize
from awards.intake.ids import identify, known_ids
from awards.intake.inspection import find_table
from awards.intake.reasons import refused_cells
from awards.intake.sandbox import read_cells
from awards.intake.types import Layout, RefusedCell
from awards.sdk.types import Kind

_TITLES = {
    "scheme": ("scheme", "skema"),
    "id": ("id", "nomor", "number"),
    "candidate": ("candidate", "kandidat"),
    "decision": ("decision", "keputusan"),
}
_DECISIONS = {"yes": True, "ya": True, "y": True, "no": False, "tidak": False, "t": False}


@dataclass(frozen=True, kw_only=True)
class CrosswalkFile:
    """What a crosswalk file says. ``entries``: ``scheme``, ``id``, ``candidate`` (text)
    and ``row`` (Int64, counted from 1), by row; empty when anything is ``refused``.
    ``declined`` counts the rows that somebody decided against."""

    entries: pl.DataFrame
    refused: tuple[RefusedCell, ...]
    declined: int


def read_crosswalk(path: Path, kind: Kind, *, work: Path, decided: bool) -> CrosswalkFile:
    """Read the CSV or workbook at *path* in a child process, its folder in *work*.

    With *decided* there is a column ``decision``, and only rows with yes in it count.
    Raises `UnreadableFile` or `UnusableColumns` when no table can be made out.
    """
    try:
        known = {normalize(each): target for target in _TITLES for each in _TITLES[target]}
        with read_cells(path, work, sheet=None) as reading:
            sheet, header = find_table(reading, known, at=None)
            _check_header(header, decided=decided)
            grid = together(data_rows(sheet, header))
        return _read(grid, kind, decided=decided)
    except UnreadableFile as refusal:
        raise refusal.in_file(path.name) from refusal.__cause__


def _check_header(header: Header, *, decided: bool) -> None:
    wanted = [each for each in _TITLES if decided or each != "decision"]
    lacking = [each for each in wanted if each not in header.columns]
    if lacking:
        found = ", ".join(repr(each) for each in header.titles if each) or "–"
        listed = ", ".join(repr(each) for each in lacking)
        raise UnusableColumns("lacking-columns", lacking=listed, row=header.row + 1, found=found)


def _read(grid: Grid, kind: Kind, *, decided: bool) -> CrosswalkFile:
    declined, strange = 0, _NOTHING
    if decided:
        grid, declined, strange = _decided(grid)
    checked = [_of_scheme(grid, each, kind) for each in _schemes(grid)]
    refused = [*strange, *(cell for one in checked for cell in one.refused)]
    ordered = tuple(sorted(refused, key=lambda cell: (cell.row or 0, cell.column or "")))
    tables = [each.entries for each in checked if not ordered]
    entries = pl.concat([_ENTRIES, *tables]).sort("row")
    return CrosswalkFile(entries=entries, refused=ordered, declined=declined)


_NOTHING: tuple[RefusedCell, ...] = ()
_ENTRIES = pl.DataFrame(
    schema={"scheme": pl.String, "id": pl.String, "candidate": pl.String, "row": pl.Int64}
)


def _decided(grid: Grid) -> tuple[Grid, int, tuple[RefusedCell, ...]]:
    """The rows with yes, how many have no, and cells that are neither; empty ones wait."""
    column = grid.header.columns["decision"]
    said = grid.cells.with_columns(said=shown(column).str.to_lowercase())
    answer = pl.col("said").replace_strict(_DECISIONS, default=None, return_dtype=pl.Boolean)
    said = said.with_columns(answer=answer)
    strange = said.filter(pl.col("said").is_not_null() & pl.col("answer").is_null())
    faulty = strange.select("row", code=pl.lit("not-yes-or-no"), value="said")
    refused = _in_words(findings(faulty, column), _NO_LAYOUT, grid.header)
    kept = said.filter("answer").drop("said", "answer")
    return replace(grid, cells=kept), said.filter(~pl.col("answer")).height, refused


def _schemes(grid: Grid) -> Sequence[str | None]:
    column = grid.header.columns["scheme"]
    return (
        grid.cells.select(shown(column).alias("scheme"))["scheme"]
        .unique(maintain_order=True)
        .to_list()
    )


def _of_scheme(grid: Grid, scheme: str | None, kind: Kind) -> CrosswalkFile:
    """The rows of one scheme, each id and candidate checked against its own form."""
    columns = grid.header.columns
    rows = replace(grid, cells=grid.cells.filter(shown(columns["scheme"]).eq_missing(scheme)))
    if scheme not in kind.schemes:
        code = "required" if scheme is None else "scheme-unknown"
        faulty = rows.cells.select("row", code=pl.lit(code), value=pl.lit(scheme or ""))
        found = findings(faulty, columns["scheme"], more=pl.lit(", ".join(kind.schemes)))
        return _refused(_in_words(found, _NO_LAYOUT, grid.header))
    ids, faults = _identified(rows, kind.numbered_by(scheme), target="id")
    candidates, others = _identified(rows, kind, target="candidate")
    entries = rows.cells.select("row").with_columns(
        scheme=pl.lit(scheme), id=ids, candidate=candidates
    )
    own = entries.filter(pl.lit(scheme == kind.scheme) & (pl.col("id") == pl.col("candidate")))
    itself = findings(own.select("row", code=pl.lit("joins-itself"), value="id"), columns["id"])
    faults += _in_words(itself, _NO_LAYOUT, grid.header)
    table = entries.select("scheme", "id", "candidate", "row")
    return CrosswalkFile(entries=table, refused=faults + others, declined=0)


def _identified(
    grid: Grid, kind: Kind, *, target: str
) -> tuple[pl.Series, tuple[RefusedCell, ...]]:
    header = replace(grid.header, columns={"id": grid.header.columns[target]})
    numbered, layout = replace(grid, header=header), Layout(kind=kind)
    found = identify(numbered, kind)
    doubles = NONE
    if target == "id":  # while several numbers may be one candidate's
        known = known_ids(numbered, kind)
        doubles = find_doubles(lambda: iter([known]), layout, header=header)
    refused = _in_words(gathered([*found.faults, doubles]), layout, header)
    return found.values["id"], refused


def _in_words(found: pl.DataFrame, layout: Layout, header: Header) -> tuple[RefusedCell, ...]:
    return refused_cells(found.iter_rows(), layout, header=header)


def _refused(cells: tuple[RefusedCell, ...]) -> CrosswalkFile:
    return CrosswalkFile(entries=_ENTRIES, refused=cells, declined=0)


_NO_LAYOUT = Layout(
    kind=Kind(
        code="crosswalk",
        title={"en": "Crosswalk", "id": "Padanan"},
        scheme="scheme",
        id_title={"en": "Scheme", "id": "Skema"},
        id_pattern=".*",
        id_example="",
    )
)
