"""The rows of a sheet as the checks see them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from awards.intake.cells import EMPTY, ERROR, NUMBER, PERCENT
from awards.intake.display import printable
from awards.intake.errors import UnreadableFile
from awards.intake.findings import findings
from awards.intake.headers import LOOKED_AT, Header
from awards.intake.sandbox import Sheet

FAILED = "#ERROR"
"""How a failed formula is shown: readers do not tell which error it was."""

_EXACT = 1e18
_SAMPLE = 10


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Data rows (``row`` counts from 1), the header above them, and where they were read."""

    cells: pl.DataFrame
    header: Header
    width: int


def shown(column: int) -> pl.Expr:
    """The text of a cell; a number with as many digits as it takes; null where empty.

    An apostrophe before what looks like a formula only says that it is text.
    """
    number = pl.col(f"n{column}")
    whole = (number == number.round()) & (number.abs() < _EXACT)
    digits = pl.when(whole).then(number.cast(pl.Int64, strict=False).cast(pl.String))
    text = pl.col(f"t{column}").str.strip_chars().str.replace(r"^'([=+@])", "${1}")
    is_number = pl.col(f"k{column}").is_in([NUMBER, PERCENT])
    return (
        pl.when(kind(column) == ERROR)
        .then(pl.lit(FAILED))
        .when(is_number)
        .then(digits.otherwise(number.cast(pl.String)))
        .otherwise(text)
    )


def kind(column: int) -> pl.Expr:
    return pl.col(f"k{column}")


def preview(sheet: Sheet, at: int | None) -> list[list[str]]:
    """The first rows as text, the first cell of merged ones repeated in all of them."""
    head = _first_rows(sheet, max(LOOKED_AT, at or 0))
    texts = head.select(
        shown(column).fill_null("").alias(str(column)) for column in range(sheet.width)
    )
    rows = [[printable(text) for text in row] for row in texts.iter_rows()]
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, sheet.width)):
                rows[row][column] = rows[top][left]
    return rows


def _first_rows(sheet: Sheet, rows: int) -> pl.DataFrame:
    found: list[pl.DataFrame] = []
    for batch in sheet.batches():
        found.append(batch.head(rows))
        rows -= batch.height
        if rows <= 0:
            break
    return pl.concat(found, how="diagonal")


def is_blank(sheet: Sheet) -> bool:
    """Whether no cell holds anything."""
    return not sheet.width or all(
        batch.filter(_any_filled(sheet.width)).is_empty() for batch in sheet.batches()
    )


def _any_filled(width: int) -> pl.Expr:
    return pl.any_horizontal(kind(column) != EMPTY for column in range(width))


def data_rows(sheet: Sheet, header: Header) -> Iterator[Grid]:
    """The rows below the header that hold anything, batch by batch, those without any
    left out. Raises `UnreadableFile` where there are none at all."""
    first, empty = 1, True
    for batch in sheet.batches():
        cells = batch.with_row_index("row", offset=first).cast({"row": pl.Int64})
        below = cells.filter((pl.col("row") > header.row + 1) & _any_filled(sheet.width))
        first += batch.height
        if not below.is_empty():
            empty = False
            yield Grid(cells=below, header=header, width=sheet.width)
    if empty:
        raise UnreadableFile("no-data", row=header.row + 1)


def matching(grids: Iterator[Grid], wanted: Mapping[str, str]) -> Iterator[Grid]:
    """The rows that have the wanted value under each title. Raises `UnreadableFile`
    where none has, with values that the first title without has instead."""
    others: dict[str, pl.Series] = {}
    matched: set[str] = set()
    for grid in grids:
        cells = grid.cells
        for title, value in wanted.items():
            text = shown(grid.header.column_of(title) or 0)
            if title not in matched:
                known = others.get(title, pl.Series(dtype=pl.String))
                found = cells.select(text.alias("text")).to_series()
                others[title] = known.append(found).unique().drop_nulls().sort().head(_SAMPLE)
            cells = cells.filter(text == value.strip())
            if cells.is_empty():
                break
            matched.add(title)
        else:
            yield Grid(cells=cells, header=grid.header, width=grid.width)
    for title, value in wanted.items():
        if title not in matched:
            listed = ", ".join(others[title])
            raise UnreadableFile("no-matching-rows", title=title, value=value, found=listed)


def together(grids: Iterator[Grid]) -> Grid:
    """All rows in one; there must be some."""
    first, *others = grids
    return replace(first, cells=pl.concat([first.cells, *(each.cells for each in others)]))


def only(grid: Grid, rows: pl.Series) -> Grid:
    """The rows of these numbers."""
    cells = grid.cells.filter(pl.col("row").is_in(rows.implode()))
    return Grid(cells=cells, header=grid.header, width=grid.width)


def without(grid: Grid, faulty: pl.DataFrame) -> Grid:
    """The rows that *faulty* does not name."""
    cells = grid.cells.filter(~pl.col("row").is_in(faulty["row"].implode()))
    return Grid(cells=cells, header=grid.header, width=grid.width)


def beyond_titles(grid: Grid) -> pl.DataFrame:
    """Findings: rows of a CSV with more cells than there are titles, so that the values
    may stand in the wrong columns."""
    extra = range(grid.header.width, grid.width)
    if not extra:
        return findings(grid.cells.head(0).select("row", code=pl.lit(""), value=pl.lit("")), None)
    first = pl.coalesce(shown(column) for column in extra)
    faulty = grid.cells.select("row", pl.lit("beyond-titles").alias("code"), first.alias("value"))
    return findings(faulty.drop_nulls("value"), None)


_TOTAL = (
    r"(?i)^\W*(grand\s*total|sub\s*-?\s*total|total|jumlah|jml|rata\s*-?\s*rata|rerata"
    r"|average|mean|sum)\b"
)


def totals(grid: Grid) -> pl.DataFrame:
    """Findings: rows that sum up others. The word stands as id or, where there is no
    id, as name or anywhere in the row."""
    id_column = grid.header.columns["id"]
    id_text = pl.col(f"t{id_column}")
    word = pl.when(id_text.str.contains(_TOTAL)).then(id_text)
    anywhere = [
        pl.when(pl.col(f"t{column}").str.contains(_TOTAL)).then(pl.col(f"t{column}"))
        for column in range(grid.width)
    ]
    suspects = grid.cells.filter((kind(id_column) == EMPTY) | id_text.str.contains(_TOTAL))
    faulty = suspects.select(
        "row", pl.lit("total-row").alias("code"), pl.coalesce(word, *anywhere).alias("value")
    )
    return findings(faulty.drop_nulls("value"), None)
