"""The refused rows as they came, with the reasons, to correct and send again."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from awards.domain.text import localized
from awards.intake.cells import NUMBER, PERCENT
from awards.intake.grid import shown
from awards.intake.headers import Header
from awards.intake.types import Numbers, RefusedCell

ROW, REASON = "source_row", "refused_because"
_RISKY = ("=", "+", "@", "\t", "\r")


def write_refused_rows(
    path: Path,
    cells: pl.DataFrame,
    *,
    header: Header,
    listed: tuple[RefusedCell, ...],
    numbers: Numbers | None,
) -> None:
    """Write the rows of *cells* under their titles, row number and reasons at the end.

    What was a number in the file is written so that it is read as the same
    number under the same declaration, also under none.
    """
    reasons = _by_row(listed)
    width = header.width
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*header.titles[:width], ROW, REASON])
        for values in _rows(cells, width, numbers):
            row = int(values[-1])
            safe = [harmless(value) for value in values[:-1]]
            writer.writerow([*safe, row, "; ".join(reasons[row])])


def harmless(text: str) -> str:
    """*text* so that a spreadsheet program does not take it for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _by_row(refused: tuple[RefusedCell, ...]) -> defaultdict[int | None, list[str]]:
    reasons: defaultdict[int | None, list[str]] = defaultdict(list)
    for cell in refused:
        reasons[cell.row].append(f"{cell.address}: {localized(cell.reason, 'en')}")
    return reasons


def _rows(cells: pl.DataFrame, width: int, numbers: Numbers | None) -> Iterator[tuple[str, ...]]:
    texts = [_written(column, numbers).fill_null("").alias(str(column)) for column in range(width)]
    return cells.select(*texts, pl.col("row").cast(pl.String)).iter_rows()


def _written(column: int, numbers: Numbers | None) -> pl.Expr:
    text = shown(column)
    number = pl.col(f"k{column}").is_in([NUMBER, PERCENT])
    if numbers == "id":
        written = text.str.replace(".", ",", literal=True)
    elif numbers is None:
        written = text.str.replace(r"^(-?[1-9][0-9]{0,2}\.[0-9]{3})$", "${1}0")
    else:
        written = text
    return pl.when(number).then(written).otherwise(text)
