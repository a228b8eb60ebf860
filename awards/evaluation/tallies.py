"""Records put together, and the indicators that are counted out of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from awards.domain.records import Part
from awards.evaluation.errors import PartsDisagree
from awards.evaluation.exact import exact_sum
from awards.evaluation.settling import PARTS_OF_CELL, place_of
from awards.sdk.records import RecordType, Tally

_LISTED = 5


@dataclass(frozen=True)
class Register:
    """The ids of a kind of candidate; None where the edition has no data of it."""

    ids: pl.Series | None


def registered(column: str) -> str:
    """Name of the column that says whether the id in *column* is in its register."""
    return f"registered:{column}"


def gather_records(
    record: RecordType,
    tables: Sequence[tuple[int, pl.DataFrame]],
    *,
    registers: Mapping[str, Register],
    parts: Sequence[Part],
) -> pl.DataFrame:
    """All records of a type: ``candidate``, its columns, ``registered:x`` (Int8, 1 or 0)
    for columns with a register, ``claims`` (Int32: how many candidates claim the key;
    missing where keys are not compared), part, file and row; sorted by candidate.

    *tables* pairs positions in *parts* with their tables by candidate. Raises
    `PartsDisagree` for a key that one candidate has twice, or that several claim
    where the type refuses that.
    """
    columns = [each.code for each in record.columns]
    stacked = pl.concat(
        _complete(table, record).select(
            pl.col("id").alias("candidate"),
            *columns,
            part=pl.lit(number, dtype=pl.Int8),
            file=pl.col("source_file").cast(pl.Int8),
            row=pl.col("source_row").cast(pl.Int32),
        )
        for number, table in tables
    )
    table = stacked.with_columns(
        *_matches(record, registers), claims=_claims(record).cast(pl.Int32)
    ).sort("candidate", *PARTS_OF_CELL)
    _refuse_twice(table, record, parts)
    if record.claimed_twice == "refuse":
        _refuse_claims(table, record, parts)
    own = [name for name in table.columns if name not in PARTS_OF_CELL]
    return table.select(*own, *PARTS_OF_CELL)


def counted(table: pl.LazyFrame, tally: Tally) -> pl.LazyFrame:
    """The rows of *table* that *tally* counts, those without a value in its column
    included."""
    wanted = [
        pl.col(code).cast(pl.String).is_in(values).fill_null(value=False)
        for code, values in tally.where.items()
    ]
    wanted += [pl.col(registered(code)) == int(is_) for code, is_ in tally.registered.items()]
    if tally.record.claimed_twice == "none":
        wanted.append(pl.col("claims").fill_null(1) <= 1)
    return table.filter(*wanted) if wanted else table


def tally_up(table: pl.DataFrame | None, tally: Tally, *, ids: pl.Series) -> pl.Series:
    """The indicator's value for each of *ids*; see `Tally` for what is missing and what 0.

    *table* is None when no records of the type were delivered.
    """
    dtype = pl.Int64() if tally.yields is int else pl.Float64()
    if table is None or any(table[registered(each)].is_null().all() for each in tally.registered):
        return pl.Series([None] * len(ids), dtype=dtype)
    kept = counted(table.lazy(), tally).collect()
    found = kept.group_by("candidate").agg(_aggregate(tally, kept).alias("value"))
    joined = pl.DataFrame({"candidate": ids}).join(
        found, on="candidate", how="left", maintain_order="left"
    )
    value = joined["value"].cast(dtype)
    return value if tally.how in ("mean", "maximum") else value.fill_null(0)


def _aggregate(tally: Tally, kept: pl.DataFrame) -> pl.Expr:
    if tally.column is None:
        return pl.len()
    column = pl.col(tally.column).drop_nulls()
    if tally.how == "distinct":
        return column.n_unique()
    if tally.how == "maximum":
        return column.max()
    total = exact_sum(tally.column, kept.schema[tally.column])
    if tally.how == "sum":
        return total
    return pl.when(column.len() > 0).then(total / column.len())


def _complete(table: pl.DataFrame, record: RecordType) -> pl.DataFrame:
    """*table* with all columns of the type; those that the file lacked are missing."""
    types = {int: pl.Int64, float: pl.Float64}
    return table.with_columns(
        pl.lit(None, types.get(each.type, pl.String)).alias(each.code)
        for each in record.columns
        if each.code not in table.columns
    )


def _matches(record: RecordType, registers: Mapping[str, Register]) -> list[pl.Expr]:
    found: list[pl.Expr] = []
    for column in record.columns:
        if column.register is not None:
            ids = registers[column.register].ids
            known = pl.lit(None) if ids is None else pl.col(column.code).is_in(ids.implode())
            filled = known if ids is None else known.fill_null(value=False)
            found.append(filled.cast(pl.Int8).alias(registered(column.code)))
    return found


def _whole_key(record: RecordType) -> pl.Expr:
    return pl.all_horizontal(pl.col(each).is_not_null() for each in record.key)


def _claims(record: RecordType) -> pl.Expr:
    if record.claimed_twice is None:
        return pl.lit(None)
    return pl.when(_whole_key(record)).then(pl.col("candidate").n_unique().over(record.key))


def _refuse_twice(table: pl.DataFrame, record: RecordType, parts: Sequence[Part]) -> None:
    own = ["candidate", *record.key]
    twice = table.filter(_whole_key(record)).filter(pl.len().over(own) > 1)
    if twice.height:
        raise PartsDisagree(
            f"{record.code}: {_told(twice, record, parts, by=own)} Keep one of them, and import "
            "the file again under the same part name."
        )


def _refuse_claims(table: pl.DataFrame, record: RecordType, parts: Sequence[Part]) -> None:
    claimed = table.filter(pl.col("claims") > 1)
    if claimed.height:
        raise PartsDisagree(
            f"{record.code}: {_told(claimed, record, parts, by=list(record.key))} Several "
            "candidates claim the same; settle whose it is, and correct the other file."
        )


def _told(rows: pl.DataFrame, record: RecordType, parts: Sequence[Part], *, by: list[str]) -> str:
    groups = rows.sort(*by, *PARTS_OF_CELL).partition_by(by, maintain_order=True)
    shown = []
    for group in groups[:_LISTED]:
        first = group.row(0, named=True)
        key = " ".join(str(first[each]) for each in record.key)
        cells = group.to_dicts()[:2]
        places = " and ".join(f"{one['candidate']} in {place_of(one, parts)}" for one in cells)
        shown.append(f"{key}: {places}")
    return f"{len(groups)} records are given twice, such as {'; '.join(shown)}."
