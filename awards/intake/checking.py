"""The cells of some rows checked: values where they can be accepted, findings where not."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from awards.intake.findings import gathered
from awards.intake.grid import Grid, beyond_titles, totals, without
from awards.intake.ids import identify
from awards.intake.record_values import check_record
from awards.intake.types import Layout, Numbers
from awards.intake.values import Checked, check_attribute, check_indicator
from awards.sdk.types import Attribute


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What cells are checked against: the *layout*, and how numbers are written; ``mixed``
    are the columns that write some decimals with a point and others with a comma."""

    layout: Layout
    numbers: Numbers | None
    mixed: Collection[int] = ()


@dataclass(frozen=True, kw_only=True)
class CheckedRows:
    """``table``: all columns of the layout and ``source_row``, null where missing or
    refused; ``found``: the findings, at most one a cell."""

    table: pl.DataFrame
    found: pl.DataFrame


def sound_rows(grid: Grid, *, written_as: str) -> tuple[Grid, pl.DataFrame]:
    """The rows that may be about a candidate, and findings about the others."""
    whole_rows = [totals(grid)]
    if written_as == "csv":
        whole_rows.append(beyond_titles(grid))
    others = pl.concat(whole_rows)
    return (grid if others.is_empty() else without(grid, others)), others


def check_rows(grid: Grid, rules: Rules) -> CheckedRows:
    """Check every cell of *grid*; what only the whole file tells is left out."""
    identified = identify(grid, rules.layout.kind)
    checked = _check_values(grid, rules)
    table = _table([identified.values, *(each.values.drop("row") for each in checked)], rules)
    found = gathered([*identified.faults, *(each.faults for each in checked)])
    return CheckedRows(table=table, found=found)


def _check_values(grid: Grid, rules: Rules) -> list[Checked]:
    columns, cells, layout = grid.header.columns, grid.cells, rules.layout
    if layout.records:
        return check_record(grid, layout, numbers=rules.numbers, mixed=rules.mixed)
    attributes = [
        check_attribute(cells, columns[attribute.code], attribute=attribute)
        for attribute in layout.attributes
        if attribute.code in columns
    ]
    return attributes + [
        check_indicator(
            cells,
            columns[indicator.code],
            indicator=indicator,
            numbers=rules.numbers,
            mixed=columns[indicator.code] in rules.mixed,
        )
        for indicator in layout.measured
        if indicator.code in columns
    ]


def _table(columns: list[pl.DataFrame], rules: Rules) -> pl.DataFrame:
    """All columns of the layout in order; those that the file lacks are null."""
    layout = rules.layout
    table = pl.concat(columns, how="horizontal")
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
