"""Cells of records: numbers, dates, text, and ids of other candidates."""

from collections.abc import Collection
from dataclasses import replace

import polars as pl

from awards.intake.cells import DATE, EMPTY, ERROR, TEXT
from awards.intake.findings import findings
from awards.intake.grid import Grid, kind, shown
from awards.intake.ids import identify
from awards.intake.types import Layout, Numbers
from awards.intake.values import Checked, check_attribute, check_indicator
from awards.sdk.records import RecordColumn
from awards.sdk.types import Kind

_DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?: 00:00:00)?$"


def check_record(
    grid: Grid, layout: Layout, *, numbers: Numbers | None, mixed: Collection[int]
) -> list[Checked]:
    """The columns of the layout's type of record that the file has, in order."""
    found: list[Checked] = []
    for declared in layout.records.columns if layout.records else ():
        column = grid.header.columns.get(declared.code)
        if column is None:
            continue
        register = layout.registers.get(declared.register or "")
        if register:
            checked = _check_ids(grid, column, declared=declared, register=register)
        else:
            checked = _check_cells(
                grid.cells, column, declared=declared, numbers=numbers, mixed=column in mixed
            )
        found.append(_required(checked, grid.cells, column, declared=declared))
    return found


def _check_cells(
    cells: pl.DataFrame,
    column: int,
    *,
    declared: RecordColumn,
    numbers: Numbers | None,
    mixed: bool,
) -> Checked:
    if declared.is_number:
        return check_indicator(cells, column, indicator=declared, numbers=numbers, mixed=mixed)
    if declared.type is str:
        return check_attribute(cells, column, attribute=replace(declared, required=False))
    return _check_date(cells, column, code=declared.code)


def _check_date(cells: pl.DataFrame, column: int, *, code: str) -> Checked:
    """Dates as ISO text: a date cell, or text that is written so."""
    day = pl.col("value").str.extract(_DAY)
    written = pl.col("kind").is_in([DATE, TEXT]) & day.str.to_date(strict=False).is_not_null()
    read = cells.select("row", shown(column).alias("value"), kind(column).alias("kind"))
    read = read.with_columns(
        pl.when(written).then(day).alias(code),
        pl.when(pl.col("kind") == ERROR)
        .then(pl.lit("formula-error"))
        .when((pl.col("kind") != EMPTY) & ~written.fill_null(value=False))
        .then(pl.lit("not-a-date"))
        .alias("code"),
    )
    faults = findings(read.drop_nulls("code"), column)
    return Checked(values=read.select("row", code), faults=faults)


def _check_ids(grid: Grid, column: int, *, declared: RecordColumn, register: Kind) -> Checked:
    """Ids of candidates of the kind *register*, written as those of candidates are."""
    header = replace(grid.header, columns={"id": column})
    filled = replace(grid, cells=grid.cells.filter(kind(column) != EMPTY), header=header)
    identified = identify(filled, register)
    ids = identified.values.select("row", pl.col("id").alias(declared.code))
    values = grid.cells.select("row").join(ids, on="row", how="left", maintain_order="left")
    return Checked(values=values, faults=pl.concat(identified.faults))


def _required(
    checked: Checked, cells: pl.DataFrame, column: int, *, declared: RecordColumn
) -> Checked:
    if not declared.required:
        return checked
    empty = cells.filter(kind(column) == EMPTY)
    faulty = empty.select("row", code=pl.lit("required"), value=pl.lit(""))
    return replace(checked, faults=pl.concat([checked.faults, findings(faulty, column)]))
