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
    ``row:x`` (Int32, 1-based row of that file); where every candidate stands in one row
    only, ``part:*``, ``file:*`` and ``row:*`` for all that stands there (see `spread`).
    ``more_cells``: the cells beside that first one, of the few values that have several
    (see `MORE`), sorted; ``value`` is what stands in the cell."""

    table: pl.LazyFrame
    cells: pl.LazyFrame
    more_cells: pl.DataFrame


def combine_parts(
    parts: Sequence[Part], tables: Mapping[str, pl.LazyFrame], *, indicators: Sequence[Indicator]
) -> Combined:
    """Put *parts* together, with their *tables* by part id: candidates as ``id`` and,
    where a crosswalk was used, ``second`` (see `awards.evaluation.joining.Joined`).

    Where a candidate has several values of an indicator, its `Indicator.combine`
    decides. Attributes and names are those under the candidate's main number; what
    they lack is filled from its other numbers. Raises `PartsDisagree`, naming
    candidates and both sources, when values differ that must not. One part with one
    row a candidate is not read into memory.
    """
    located = [_located(number, tables[part.id]) for number, part in enumerate(parts)]
    rules = {each.code: each for each in indicators}
    if len(located) == 1 and _ascending(located[0].select("id").collect()["id"]):
        return _as_it_is(located[0], rules)
    stacked = _stacked(located)
    ids = stacked.select(pl.col("id").unique(maintain_order=True))
    if ids.height == stacked.height:
        return _as_it_is(stacked.lazy(), rules)
    table, cells, more = ids, ids, [MORE.to_frame()]
    for name in _ordered(stacked.columns, rules):
        rows = stacked.select("id", *PARTS_OF_CELL, "second", value=pl.col(name))
        settled = _settle(name, rows, rules, ids=ids, parts=parts)
        table = table.with_columns(settled.cells["value"].alias(name))
        if name in rules:
            cells = cells.with_columns(
                settled.cells[what].alias(f"{what}:{name}") for what in PARTS_OF_CELL
            )
            more.append(_more(settled.others, name))
    ordered = pl.concat(more).sort("id", "indicator", *PARTS_OF_CELL)
    return Combined(table.lazy(), cells.lazy(), ordered)


def spread(table: pl.LazyFrame, indicators: Sequence[str]) -> pl.LazyFrame:
    """*table*, which has the columns of a snapshot's table and of its cells, with the cell
    of every one of *indicators*: what stands for all in the snapshot, spelled out."""
    names = table.collect_schema().names()
    if f"{PARTS_OF_CELL[0]}:*" not in names:
        return table
    cells = [
        pl.when(pl.col(code).is_not_null()).then(f"{what}:*").alias(f"{what}:{code}")
        for code in indicators
        if code in names
        for what in PARTS_OF_CELL
    ]
    return table.with_columns(cells).drop(f"{what}:*" for what in PARTS_OF_CELL)


_KEYS = ("id", "second", *PARTS_OF_CELL)


def _ordered(names: Sequence[str], rules: Mapping[str, Indicator]) -> list[str]:
    """The columns of the table after the id: first what is no indicator."""
    facts = [name for name in names if name not in _KEYS]
    return sorted(facts, key=lambda name: name in rules)


def _located(number: int, table: pl.LazyFrame) -> pl.LazyFrame:
    return table.with_columns(
        part=pl.lit(number, dtype=pl.Int8),
        file=pl.col("source_file").cast(pl.Int8),
        row=pl.col("source_row").cast(pl.Int32),
    ).drop("source_file", "source_row")


def _ascending(ids: pl.Series) -> bool:
    return bool((ids.shift(1) < ids).all())


def _stacked(tables: Sequence[pl.LazyFrame]) -> pl.DataFrame:
    """All rows of all parts, sorted by candidate, then as the parts have them."""
    joined = pl.concat(tables, how="diagonal").collect()
    if "second" not in joined.columns:
        joined = joined.with_columns(second=pl.lit(value=False))
    return joined.sort("id", *PARTS_OF_CELL)


def _as_it_is(rows: pl.LazyFrame, rules: Mapping[str, Indicator]) -> Combined:
    """*rows*, one a candidate, sorted: the values as they are, one cell for all of a row."""
    names = rows.collect_schema().names()
    cells = rows.select("id", *(pl.col(what).alias(f"{what}:*") for what in PARTS_OF_CELL))
    return Combined(rows.select("id", *_ordered(names, rules)), cells, MORE.to_frame())


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
