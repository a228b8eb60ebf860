"""Parts put together: one table of candidates, and the cells of every value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from awards.domain.records import Part
from awards.evaluation.settling import PARTS_OF_CELL, Settled, settle_fact, settle_indicator
from awards.sdk.types import Indicator

MORE = pl.Schema(
    {"id": pl.String, "indicator": pl.String}
    | {"part": pl.Int8, "file": pl.Int8, "row": pl.Int32, "value": pl.Float64}
)


@dataclass(frozen=True)
class Combined:
    """``table``: id, name, attributes, indicators; sorted by id, ids unique.
    ``cells``: id and, for each indicator ``x``, ``part:x`` (Int8, position in the
    list of parts), ``file:x`` (Int8, position in the part's sources) and
    ``row:x`` (Int32, 1-based row of that file). ``more_cells``: the cells beside that
    first one, of the few values that have several (see `MORE`), sorted; ``value`` is
    what stands in the cell."""

    table: pl.DataFrame
    cells: pl.DataFrame
    more_cells: pl.DataFrame


def combine_parts(
    parts: Sequence[Part], tables: Mapping[str, pl.DataFrame], *, indicators: Sequence[Indicator]
) -> Combined:
    """Put *parts* together, with their *tables* by part id: candidates as ``id`` and,
    where a crosswalk was used, ``second`` (see `awards.evaluation.joining.Joined`).

    Where a candidate has several values of an indicator, its `Indicator.combine`
    decides. Attributes and names are those under the candidate's main number; what
    they lack is filled from its other numbers. Raises `PartsDisagree`, naming
    candidates and both sources, when values differ that must not.
    """
    stacked = _stacked([(number, tables[part.id]) for number, part in enumerate(parts)])
    once = stacked["id"].n_unique() == stacked.height
    ids = stacked.select("id") if once else stacked.select(pl.col("id").unique(maintain_order=True))
    rules = {each.code: each for each in indicators}
    names = [name for name in stacked.columns if name not in _KEYS]
    table, cells, more = ids, ids, [MORE.to_frame()]
    for name in sorted(names, key=lambda each: (each in rules, names.index(each))):
        rows = stacked.select("id", *PARTS_OF_CELL, "second", value=pl.col(name))
        settled = _as_it_is(rows) if once else _settle(name, rows, rules, ids=ids, parts=parts)
        table = table.with_columns(settled.cells["value"].alias(name))
        if name in rules:
            cells = cells.with_columns(
                settled.cells[what].alias(f"{what}:{name}") for what in PARTS_OF_CELL
            )
            more.append(_more(settled.others, name))
    ordered = pl.concat(more).sort("id", "indicator", *PARTS_OF_CELL)
    return Combined(table, cells, ordered)


_KEYS = ("id", "second", *PARTS_OF_CELL)


def _stacked(tables: Sequence[tuple[int, pl.DataFrame]]) -> pl.DataFrame:
    """All rows of all parts, sorted by candidate, then as the parts have them."""
    named = [
        table.with_columns(
            part=pl.lit(number, dtype=pl.Int8),
            file=pl.col("source_file").cast(pl.Int8),
            row=pl.col("source_row").cast(pl.Int32),
        ).drop("source_file", "source_row")
        for number, table in tables
    ]
    joined = pl.concat(named, how="diagonal") if len(named) > 1 else named[0]
    if "second" not in joined.columns:
        joined = joined.with_columns(second=pl.lit(value=False))
    return joined.sort("id", *PARTS_OF_CELL)


def _as_it_is(rows: pl.DataFrame) -> Settled:
    there = pl.col("value").is_not_null()
    cells = rows.with_columns(pl.when(there).then(pl.col(what)) for what in PARTS_OF_CELL)
    return Settled(cells, rows.clear())


def _settle(
    name: str,
    rows: pl.DataFrame,
    rules: Mapping[str, Indicator],
    *,
    ids: pl.DataFrame,
    parts: Sequence[Part],
) -> Settled:
    given = rows.drop_nulls("value")
    if name in rules:
        settled = settle_indicator(given, rules[name], parts=parts)
    else:
        settled = settle_fact(given, name, parts=parts)
    filled = ids.join(settled.cells, on="id", how="left", maintain_order="left")
    return Settled(filled, settled.others)


def _more(others: pl.DataFrame, name: str) -> pl.DataFrame:
    named = others.select("id", *PARTS_OF_CELL, "value", indicator=pl.lit(name))
    return named.select(MORE.names()).cast(MORE)
