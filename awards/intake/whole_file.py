"""What only the whole file tells about a cell: ids in other rows, numbers in other rows."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import polars as pl

from awards.intake.cells import TEXT
from awards.intake.checking import Rules, check_rows
from awards.intake.doubles import find_doubles
from awards.intake.grid import Grid, kind
from awards.intake.headers import Header
from awards.intake.ids import known_ids
from awards.intake.numbers import cleaned, forms_of
from awards.sdk.types import Attribute

Grids = Callable[[], Iterator[Grid]]
"""The sound rows of a file, batch by batch, as often as asked."""


def look_for_mixed(grids: Grids, rules: Rules, *, header: Header) -> Rules:
    """*rules* with the columns that write decimals both ways, where no way is declared."""
    if rules.numbers is not None:
        return rules
    likely = _with_both_signs(grids, _number_columns(rules, header))
    forms: dict[int, set[str]] = {column: set() for column in likely}
    for grid in grids() if likely else ():
        for column in likely:
            texts = grid.cells.select(cleaned(_text(column))).to_series()
            forms[column] |= forms_of(texts)
    mixed = {column for column, found in forms.items() if {"point", "comma"} <= found}
    return replace(rules, mixed=frozenset(mixed))


def _number_columns(rules: Rules, header: Header) -> list[int]:
    declared = [
        each
        for each in rules.layout.columns
        if not isinstance(each, Attribute) and each.type in (int, float)
    ]
    return [header.columns[each.code] for each in declared if each.code in header.columns]


def _with_both_signs(grids: Grids, columns: list[int]) -> list[int]:
    """The columns in which both a point and a comma stand: far quicker than reading numbers."""
    signs: dict[str, set[int]] = {".": set(), ",": set()}
    for grid in grids():
        for sign, found in signs.items():
            there = grid.cells.select(
                _text(column).str.contains(sign, literal=True).any().alias(str(column))
                for column in columns
                if column not in found
            )
            found |= {int(name) for name in there.columns if there[name].item()}
    return sorted(signs["."] & signs[","])


def _text(column: int) -> pl.Expr:
    return pl.when(kind(column) == TEXT).then(pl.col(f"t{column}"))


def look_for_doubles(grids: Grids, rules: Rules, *, header: Header) -> pl.DataFrame:
    """Findings: rows that repeat others; see `find_doubles`."""
    several = rules.layout.takes_several(header.columns)

    def tables() -> Iterator[pl.DataFrame]:
        for grid in grids():
            if several:
                yield check_rows(grid, rules).table.with_columns(value=pl.col("id"))
            else:
                yield known_ids(grid, rules.layout.kind)

    return find_doubles(tables, rules.layout, header=header)
