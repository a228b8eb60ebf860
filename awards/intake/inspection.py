"""A file inspected: what can be accepted, what cannot and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from awards.intake.checking import Rules, check_rows, sound_rows
from awards.intake.errors import UnreadableFile, UnusableColumns
from awards.intake.findings import gathered
from awards.intake.grid import Grid, data_rows, is_blank, matching, only, preview
from awards.intake.headers import Header, check_header, find_header, known_titles, normalize
from awards.intake.letters import column_letters
from awards.intake.limits import Limits
from awards.intake.merging import GROUP, merge_by_id
from awards.intake.reasons import refused_cells
from awards.intake.refused_rows import write_refused_rows
from awards.intake.sandbox import Reading, Sheet, read_cells
from awards.intake.types import LISTED, ColumnMap, Inspection, Layout, RefusedCell
from awards.intake.whole_file import look_for_doubles, look_for_mixed

ACCEPTED = "accepted.parquet"
REFUSED = "refused-rows.csv"
_SORTED_BY = ("id", "source_row")


def inspect_file(
    path: Path,
    layout: Layout,
    column_map: ColumnMap,
    *,
    work: Path,
    limits: Limits | None = None,
) -> Inspection:
    """Read *path* in a child process and check every cell against *layout*.

    Leaves the accepted rows, and the refused ones if there are any, in the
    folder *work*; *path* is only read. The usual *limits* are those of the kind of
    file; of a text, some rows at a time are in memory. Raises `UnreadableFile`,
    `UnusableColumns` or `BadColumnMap` when nothing can be said about single cells;
    then nothing is left.
    """
    try:
        known_titles(layout, column_map)  # a map that asks for nonsense need not wait for the file
        with read_cells(path, work, sheet=column_map.sheet, limits=limits) as reading:
            return inspect_reading(reading, layout, column_map, work=work)
    except UnreadableFile as refusal:
        raise refusal.in_file(path.name) from refusal.__cause__


def inspect_reading(
    reading: Reading, layout: Layout, column_map: ColumnMap, *, work: Path
) -> Inspection:
    """Check cells that were read; see `inspect_file`."""
    known = known_titles(layout, column_map)
    sheet, header = find_table(reading, known, at=column_map.header_row)
    check_header(header, layout, column_map)
    table = _Table(reading=reading, sheet=sheet, header=header, column_map=column_map)
    rules = Rules(layout=layout, numbers=column_map.numbers)
    rules = look_for_mixed(table.sound, rules, header=header)
    doubles = look_for_doubles(table.sound, rules, header=header)
    work.mkdir(parents=True, exist_ok=True)
    (work / REFUSED).unlink(missing_ok=True)
    outcome = _Outcome()
    with TemporaryDirectory(dir=work, prefix="accepted-") as sorted_tables:
        for grid in table.grids():
            accepted, found = _check(grid, rules, doubles=doubles, written_as=reading.format)
            outcome.accept(accepted, Path(sorted_tables))
            outcome.refuse(grid, found, table=table, layout=layout, path=work / REFUSED)
        merge_by_id(outcome.scans(), work / ACCEPTED, by=_SORTED_BY)
    return _inspection(outcome, table, work=work)


@dataclass(frozen=True, kw_only=True)
class _Table:
    """The table in a sheet, below its titles."""

    reading: Reading
    sheet: Sheet
    header: Header
    column_map: ColumnMap

    def grids(self) -> Iterator[Grid]:
        """The rows that are asked for, batch by batch. Raises `UnreadableFile` for none."""
        return matching(data_rows(self.sheet, self.header), self.column_map.rows)

    def sound(self) -> Iterator[Grid]:
        """Of these, the rows that may be about a candidate."""
        for grid in self.grids():
            yield sound_rows(grid, written_as=self.reading.format)[0]


@dataclass
class _Outcome:
    """What the batches come to: counts of all, a list of the first refused cells."""

    tables: list[Path] = field(default_factory=list)
    listed: list[RefusedCell] = field(default_factory=list)
    rows_read: int = 0
    rows_accepted: int = 0
    refused_rows: int = 0
    refused_cells: int = 0

    def accept(self, rows: pl.DataFrame, folder: Path) -> None:
        self.tables.append(folder / f"{len(self.tables)}.parquet")
        rows.sort(_SORTED_BY).write_parquet(self.tables[-1], row_group_size=GROUP)
        self.rows_accepted += rows.height

    def scans(self) -> list[pl.LazyFrame]:
        return [pl.scan_parquet(table) for table in self.tables]

    def refuse(
        self, grid: Grid, found: pl.DataFrame, *, table: _Table, layout: Layout, path: Path
    ) -> None:
        """Count what was *found*, list what there is room for, and keep the rows in *path*."""
        self.rows_read += grid.cells.height
        self.refused_cells += found.height
        if found.is_empty():
            return
        new = found.head(LISTED - len(self.listed)).iter_rows()
        listed = refused_cells(new, layout, header=table.header)
        self.listed += listed
        refused = only(grid, found["row"])
        self.refused_rows += refused.cells.height
        write_refused_rows(path, refused, layout, listed=listed, column_map=table.column_map)


def _check(
    grid: Grid, rules: Rules, *, doubles: pl.DataFrame, written_as: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows without a fault, in the layout's columns, and all findings."""
    sound, others = sound_rows(grid, written_as=written_as)
    checked = check_rows(sound, rules)
    first, last = grid.cells["row"][0], grid.cells["row"][-1]
    own = doubles.filter(pl.col("row").is_between(first, last))
    found = gathered([others, checked.found, own])
    if found.is_empty():
        return checked.table, found
    return checked.table.filter(~pl.col("source_row").is_in(found["row"].implode())), found


def _inspection(outcome: _Outcome, table: _Table, *, work: Path) -> Inspection:
    columns, titles = table.header.columns, table.header.titles
    return Inspection(
        accepted=work / ACCEPTED,
        columns={target: column_letters(columns[target]) for target in columns},
        headers={target: titles[columns[target]] for target in columns},
        ignored=_ignored(table.header, table.column_map),
        refused=tuple(outcome.listed),
        refused_cells=outcome.refused_cells,
        refused_rows=outcome.refused_rows,
        rows_read=outcome.rows_read,
        rows_accepted=outcome.rows_accepted,
        refused_rows_file=work / REFUSED if outcome.refused_rows else None,
        sheet=table.sheet.name,
        encoding=table.reading.encoding,
        delimiter=table.reading.delimiter,
        numbers=table.column_map.numbers,
    )


def find_table(reading: Reading, known: dict[str, str], *, at: int | None) -> tuple[Sheet, Header]:
    """The one sheet with the titles of the table, or the likeliest where none has them.

    Raises `UnusableColumns` when several have, `UnreadableFile` when all are empty.
    """
    filled = [sheet for sheet in reading.sheets if not is_blank(sheet)]
    sheets = [(sheet, find_header(preview(sheet, at), known, at=at)) for sheet in filled]
    if not sheets:
        raise UnreadableFile("no-cells")
    tables = [pair for pair in sheets if pair[1].is_table]
    if len(tables) > 1:
        names = ", ".join(repr(sheet.name) for sheet, _ in tables)
        raise UnusableColumns("several-sheets", found=names)
    return tables[0] if tables else max(sheets, key=lambda pair: len(pair[1].columns))


def _ignored(header: Header, column_map: ColumnMap) -> tuple[str, ...]:
    """Titles that nothing was read from, not even to choose the rows."""
    chosen = {normalize(title) for title in column_map.rows}
    return tuple(title for title in header.ignored if normalize(title) not in chosen)
