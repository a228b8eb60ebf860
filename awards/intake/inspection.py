"""A file inspected: what can be accepted, what cannot and why."""

from pathlib import Path

import polars as pl

from awards.intake.doubles import same_rows
from awards.intake.errors import UnreadableFile, UnusableColumns
from awards.intake.findings import gathered
from awards.intake.grid import (
    Grid,
    beyond_titles,
    data_rows,
    is_blank,
    matching,
    only,
    preview,
    totals,
    without,
)
from awards.intake.headers import Header, check_header, find_header, known_titles, normalize
from awards.intake.ids import Identified, identify
from awards.intake.letters import column_letters
from awards.intake.limits import LIMITS, Limits
from awards.intake.reasons import refused_cells
from awards.intake.record_values import check_record
from awards.intake.refused_rows import write_refused_rows
from awards.intake.sandbox import Reading, Sheet, read_cells
from awards.intake.types import LISTED, ColumnMap, Inspection, Layout, Numbers
from awards.intake.values import Checked, check_attribute, check_indicator
from awards.sdk.types import Attribute

ACCEPTED = "accepted.parquet"
REFUSED = "refused-rows.csv"


def inspect_file(
    path: Path, layout: Layout, column_map: ColumnMap, *, work: Path, limits: Limits = LIMITS
) -> Inspection:
    """Read *path* in a child process and check every cell against *layout*.

    Leaves the accepted rows, and the refused ones if there are any, in the
    folder *work*; *path* is only read. Raises `UnreadableFile`, `UnusableColumns`
    or `BadColumnMap` when nothing can be said about single cells; then nothing is left.
    """
    try:
        known_titles(layout, column_map)  # a map that asks for nonsense need not wait for the file
        reading = read_cells(path, work, sheet=column_map.sheet, limits=limits)
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
    grid = matching(data_rows(sheet, header), column_map.rows)
    return _inspect(grid, layout, reading=reading, sheet=sheet, column_map=column_map, work=work)


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


def _inspect(
    grid: Grid,
    layout: Layout,
    *,
    reading: Reading,
    sheet: Sheet,
    column_map: ColumnMap,
    work: Path,
) -> Inspection:
    accepted, found = _check(grid, layout, numbers=column_map.numbers, format_=reading.format)
    work.mkdir(parents=True, exist_ok=True)
    accepted.sort("id", "source_row").write_parquet(work / ACCEPTED)
    listed = refused_cells(found.head(LISTED).iter_rows(), layout, header=grid.header)
    refused = only(grid, found["row"])
    (work / REFUSED).unlink(missing_ok=True)
    rows_file = None if refused.cells.is_empty() else work / REFUSED
    if rows_file:
        write_refused_rows(rows_file, refused, layout, listed=listed, column_map=column_map)
    columns = grid.header.columns
    return Inspection(
        accepted=work / ACCEPTED,
        columns={target: column_letters(columns[target]) for target in columns},
        headers={target: grid.header.titles[columns[target]] for target in columns},
        ignored=_ignored(grid.header, column_map),
        refused=listed,
        refused_cells=found.height,
        refused_rows=refused.cells.height,
        rows_read=grid.cells.height,
        rows_accepted=accepted.height,
        refused_rows_file=rows_file,
        sheet=sheet.name,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        numbers=column_map.numbers,
    )


def _ignored(header: Header, column_map: ColumnMap) -> tuple[str, ...]:
    """Titles that nothing was read from, not even to choose the rows."""
    chosen = {normalize(title) for title in column_map.rows}
    return tuple(title for title in header.ignored if normalize(title) not in chosen)


def _check(
    grid: Grid, layout: Layout, *, numbers: Numbers | None, format_: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows without a fault, in the layout's columns, and all findings."""
    whole_rows = [totals(grid)]
    if format_ == "csv":
        whole_rows.append(beyond_titles(grid))
    rest = without(grid, pl.concat(whole_rows))
    several = layout.takes_several(rest.header.columns)
    identified = identify(rest, layout.kind, several=several)
    checked = _check_values(rest, layout, numbers=numbers)
    faults = [each.faults for each in checked]
    table = _table(identified, checked, layout)
    doubles = same_rows(table, layout, header=rest.header) if several else []
    found = gathered([*whole_rows, *identified.faults, *faults, *doubles])
    return table.filter(~pl.col("source_row").is_in(found["row"].implode())), found


def _check_values(grid: Grid, layout: Layout, *, numbers: Numbers | None) -> list[Checked]:
    columns, cells = grid.header.columns, grid.cells
    if layout.records:
        return check_record(grid, layout, numbers=numbers)
    attributes = [
        check_attribute(cells, columns[attribute.code], attribute=attribute)
        for attribute in layout.attributes
        if attribute.code in columns
    ]
    return attributes + [
        check_indicator(cells, columns[indicator.code], indicator=indicator, numbers=numbers)
        for indicator in layout.measured
        if indicator.code in columns
    ]


def _table(identified: Identified, checked: list[Checked], layout: Layout) -> pl.DataFrame:
    """All columns of the layout in order; those that the file lacks are null."""
    table = pl.concat(
        [identified.values, *(each.values.drop("row") for each in checked)], how="horizontal"
    )
    types = {each.code: each.type for each in layout.columns if not isinstance(each, Attribute)}
    absent = [
        pl.lit(
            None,
            {int: pl.Int64, float: pl.Float64}.get(types.get(target, str), pl.String),
        ).alias(target)
        for target in layout.targets
        if target not in table.columns
    ]
    ordered = table.with_columns(absent).rename({"row": "source_row"})
    return ordered.select(*layout.targets, "source_row")
