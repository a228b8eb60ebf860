"""The refused rows as they came, with the reasons, to correct and send again."""

import csv
from collections import defaultdict
from pathlib import Path

import polars as pl

from awards.domain.text import localized
from awards.intake.cells import ERROR, NUMBER, PERCENT, TEXT
from awards.intake.grid import Grid, kind, shown
from awards.intake.ids import LONGEST_ID
from awards.intake.types import ColumnMap, Layout, Numbers, RefusedCell
from awards.sdk.records import RecordColumn
from awards.sdk.types import Attribute, Indicator

ROW, REASON = "source_row", "refused_because"
_RISKY = ("=", "+", "@", "\t", "\r")


def write_refused_rows(
    path: Path,
    refused: Grid,
    layout: Layout,
    *,
    listed: tuple[RefusedCell, ...],
    column_map: ColumnMap,
) -> None:
    """Write the rows of *refused* under their titles, after their number and reasons;
    below those that are there already.

    What was a number in the file is written so that the same map reads it as the
    same number; what was refused for being none is refused again if nobody
    corrects it. Titles stand in the row that the map declares, if it does.
    """
    header, reasons, begun = refused.header, _by_row(listed), path.exists()
    with path.open("a", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        if not begun:
            writer.writerows([[]] * (header.row if column_map.header_row else 0))
            writer.writerow([ROW, REASON, *header.titles])
        for row, *values in _texts(refused, layout, column_map.numbers).iter_rows():
            writer.writerow([row, "; ".join(reasons[row]), *map(harmless, values)])


def harmless(text: str) -> str:
    """*text* so that a spreadsheet program does not take it for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _by_row(refused: tuple[RefusedCell, ...]) -> defaultdict[int | None, list[str]]:
    reasons: defaultdict[int | None, list[str]] = defaultdict(list)
    for cell in refused:
        reasons[cell.row].append(f"{cell.address}: {localized(cell.reason, 'en')}")
    return reasons


def _texts(refused: Grid, layout: Layout, numbers: Numbers | None) -> pl.DataFrame:
    targets = {column: target for target, column in refused.header.columns.items()}
    texts = []
    for column in range(refused.width):
        target = targets.get(column)
        declared = layout.declared(target)
        if target == "id" or (isinstance(declared, RecordColumn) and declared.register):
            text = _id(column)
        elif isinstance(declared, Attribute) or (declared and declared.type is str):
            text = _attribute(column)
        else:
            text = _value(column, declared, numbers)
        texts.append(text.fill_null("").alias(str(column)))
    return refused.cells.select("row", *texts)


def _id(column: int) -> pl.Expr:
    """A number that is too long keeps the look of one, so that it is refused again."""
    number = pl.col(f"n{column}")
    return pl.when(number.abs() >= LONGEST_ID).then(number.cast(pl.String)).otherwise(shown(column))


def _attribute(column: int) -> pl.Expr:
    """What is no text is marked, or it would be accepted as the text it is written as."""
    text = shown(column)
    whole = (kind(column) == NUMBER) & ~text.str.contains(r"\D")
    is_text = kind(column).is_in([TEXT, ERROR]) | whole
    return pl.when(is_text).then(text).otherwise(pl.format("#{}", text))


def _value(
    column: int, declared: Indicator | RecordColumn | None, numbers: Numbers | None
) -> pl.Expr:
    text = shown(column)
    is_ratio = declared is not None and declared.unit == "ratio"
    percent = pl.format("{}%", (pl.col(f"n{column}") * 100).round(10))
    return (
        pl.when((kind(column) == PERCENT) & pl.lit(not is_ratio))
        .then(percent)
        .when(kind(column).is_in([NUMBER, PERCENT]))
        .then(_number(text, numbers))
        .otherwise(text)
    )


def _number(text: pl.Expr, numbers: Numbers | None) -> pl.Expr:
    """A number with its point or comma as declared; without a declaration one more
    zero where three decimals could be taken for thousands."""
    if numbers == "id":
        return text.str.replace(".", ",", literal=True)
    if numbers == "en":
        return text
    return text.str.replace(r"^(-?[1-9][0-9]{0,2}\.[0-9]{3})$", "${1}0")
