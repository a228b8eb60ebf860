"""Several values for one candidate: which holds, or why none can."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from awards.domain.records import Part
from awards.evaluation.errors import PartsDisagree
from awards.evaluation.exact import exact_sum
from awards.sdk.types import Indicator

PARTS_OF_CELL = ("part", "file", "row")
_LISTED = 5


@dataclass(frozen=True)
class Settled:
    """``cells``: id, ``value`` and where it first came from, one row a candidate;
    ``others``: the cells beside that one."""

    cells: pl.DataFrame
    others: pl.DataFrame


def settle_indicator(
    given: pl.DataFrame, indicator: Indicator, *, parts: Sequence[Part]
) -> Settled:
    """Apply the indicator's rule to *given*: id, part, file, row and value, none missing,
    sorted. Raises `PartsDisagree`, naming candidates and both sources."""
    if indicator.combine == "latest":
        given = _latest_first(given, indicator.code, parts)
    elif indicator.combine == "refuse":
        _refuse(_differing(given), indicator.code, parts=parts, advice=_CORRECT)
    settled = _first_of_each(given)
    if indicator.combine == "sum" and settled.others.height:
        return _added_up(given, settled)
    return settled


def settle_fact(given: pl.DataFrame, name: str, *, parts: Sequence[Part]) -> Settled:
    """A name or an attribute: what stands under the main number goes before what
    stands under others. Names may be written differently; attributes may not differ."""
    preferred = given.sort("id", pl.col("second").fill_null(value=False), maintain_order=True)
    if name != "name":
        best = preferred.filter(pl.col("second") == pl.col("second").first().over("id"))
        _refuse(_differing(best), name, parts=parts, advice=_CORRECT)
    return _first_of_each(preferred)


_CORRECT = "Correct one of the files and import it again under the same part name."
_DATES = (
    "The one of the later date would hold: import the parts with different dates, --as-of, or "
    "correct one of the files."
)


def _first_of_each(rows: pl.DataFrame) -> Settled:
    first = pl.col("id").is_first_distinct()
    return Settled(rows.filter(first).drop("second"), rows.filter(~first))


def _differing(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("value").n_unique().over("id") > 1)


def _added_up(given: pl.DataFrame, settled: Settled) -> Settled:
    totals = given.group_by("id").agg(exact_sum("value", given.schema["value"]))
    cells = settled.cells.drop("value").join(totals, on="id", how="left", maintain_order="left")
    return Settled(cells, settled.others)


def _latest_first(given: pl.DataFrame, name: str, parts: Sequence[Part]) -> pl.DataFrame:
    """*given* with the latest value of each candidate first; refused where it is not
    the only latest, or a date is missing."""
    dates = dict(enumerate(each.as_of for each in parts))
    dated = given.with_columns(
        as_of=pl.col("part").replace_strict(dates, return_dtype=pl.Date())
    ).sort("id", "as_of", *PARTS_OF_CELL, descending=[False, True, False, False, False])
    differing = _differing(dated)
    last = pl.col("as_of").max().over("id")
    undated = pl.col("as_of").is_null().any().over("id")
    open_ = differing.filter(undated | (pl.col("as_of") == last))
    _refuse(_differing(open_), name, parts=parts, advice=_DATES)
    return dated.drop("as_of")


def _refuse(rows: pl.DataFrame, name: str, *, parts: Sequence[Part], advice: str) -> None:
    if rows.is_empty():
        return
    candidates = rows["id"].unique(maintain_order=True)
    shown = [
        f"{one}: " + " and ".join(_told(row, parts) for row in _of(rows, one))
        for one in candidates.head(_LISTED)
    ]
    raise PartsDisagree(
        f"Different values of {name!r} are given for {len(candidates)} candidates, such as "
        f"{'; '.join(shown)}. {advice}"
    )


def _of(rows: pl.DataFrame, candidate: str) -> list[dict[str, object]]:
    """The first two cells of *candidate* that differ."""
    own = rows.filter(pl.col("id") == candidate)
    return own.unique("value", keep="first", maintain_order=True).head(2).to_dicts()


def _told(row: dict[str, object], parts: Sequence[Part]) -> str:
    return f"{row['value']} ({place_of(row, parts)})"


def place_of(cell: dict[str, object], parts: Sequence[Part]) -> str:
    """Where *cell* stands, in words: part, file, row, and the part's date."""
    part = parts[int(str(cell["part"]))]
    file = part.sources[int(str(cell["file"]))]
    dated = f", {_day(part.as_of)}" if part.as_of else ""
    return f"part {part.name!r}, {file.name} row {cell['row']}{dated}"


def _day(day: date) -> str:
    return f"as of {day.isoformat()}"
