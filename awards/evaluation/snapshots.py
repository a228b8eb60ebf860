"""Parts put together: one table of candidates, and the cell of every value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from awards.domain.records import Part
from awards.evaluation.errors import RunRefused

_LISTED = 5


class PartsDisagree(RunRefused):
    """Two parts give different values for one candidate and indicator."""


@dataclass(frozen=True)
class Combined:
    """``table``: id, name, attributes, indicators; sorted by id, ids unique.
    ``cells``: id and, for each indicator ``x``, ``part:x`` (Int8, position in the
    list of parts), ``file:x`` (Int8, position in the part's sources) and
    ``row:x`` (Int32, 1-based row of that file)."""

    table: pl.DataFrame
    cells: pl.DataFrame


def combine_parts(
    parts: Sequence[Part], tables: Mapping[str, pl.LazyFrame], *, indicators: Sequence[str]
) -> Combined:
    """Join *parts* (with their *tables* by part id) on the candidate's id.

    Raises `PartsDisagree`, naming candidates and both parts, when two parts give
    different values.
    """
    frames = [tables[part.id].collect() for part in parts]
    ids = pl.concat([frame.select("id") for frame in frames]).unique().sort("id")
    facts = [name for frame in frames for name in frame.columns]
    names = [name for name in dict.fromkeys(facts) if name not in _KEYS]
    table, cells = ids, ids
    for name in sorted(names, key=lambda each: (each in indicators, names.index(each))):
        column, origin = _combine(name, parts, frames, ids)
        table = table.with_columns(column)
        if name in indicators:
            cells = cells.with_columns(origin)
    return Combined(table, cells)


_KEYS = ("id", "source_row", "source_file")


def _combine(
    name: str, parts: Sequence[Part], frames: Sequence[pl.DataFrame], ids: pl.DataFrame
) -> tuple[pl.Series, list[pl.Series]]:
    """The values of one column for *ids*, and where each came from."""
    joined = ids
    given = [number for number, frame in enumerate(frames) if name in frame.columns]
    for number in given:
        theirs = frames[number].select(
            "id",
            pl.col(name).alias(f"value:{number}"),
            pl.col("source_file").cast(pl.Int8).alias(f"file:{number}"),
            pl.col("source_row").cast(pl.Int32).alias(f"row:{number}"),
        )
        joined = joined.join(theirs, on="id", how="left", maintain_order="left")
    if name != "name":
        _refuse_conflicts(name, joined, parts, given)
    has = {number: pl.col(f"value:{number}").is_not_null() for number in given}
    picked = joined.select(
        pl.coalesce(f"value:{number}" for number in given).alias(name),
        pl.coalesce(
            pl.when(has[number]).then(pl.lit(number, dtype=pl.Int8)) for number in given
        ).alias(f"part:{name}"),
        *(
            pl.coalesce(
                pl.when(has[number]).then(pl.col(f"{what}:{number}")) for number in given
            ).alias(f"{what}:{name}")
            for what in ("file", "row")
        ),
    )
    value, *origin = picked.get_columns()
    return value, origin


def _refuse_conflicts(
    name: str, joined: pl.DataFrame, parts: Sequence[Part], given: Sequence[int]
) -> None:
    for index, one in enumerate(given):
        for other in given[index + 1 :]:
            clash = joined.filter(pl.col(f"value:{one}") != pl.col(f"value:{other}"))
            if clash.height:
                shown = [
                    f"{row['id']}: {row[f'value:{one}']} (row {row[f'row:{one}']}) and "
                    f"{row[f'value:{other}']} (row {row[f'row:{other}']})"
                    for row in clash.head(_LISTED).iter_rows(named=True)
                ]
                raise PartsDisagree(
                    f"Parts {parts[one].name!r} and {parts[other].name!r} give different values "
                    f"of {name!r} for {clash.height} candidates, such as {'; '.join(shown)}. "
                    "Correct one of the files and import it again under the same part name."
                )
