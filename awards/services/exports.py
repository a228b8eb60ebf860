"""The ranking as files for machines: the same rows and values as the page."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import polars as pl

from awards.domain.published import PublishedCategory
from awards.evaluation import columns
from awards.evaluation.contributions import contribution
from awards.storage.listings import INTERVAL, pieces

_FORMULA = r"^([=+\-@\t\r\n\x00＝＋－＠])"
"""How a text begins that a spreadsheet may take for a formula; East Asian ones included."""

_ROWS_AT_ONCE = 50_000


def write_exports(category: PublishedCategory, *, folder: Path) -> None:
    """Write ``ranking.csv`` and ``ranking.json`` into *folder*, which holds the listing,
    some rows at a time, best first.

    Text that a spreadsheet would take for a formula gets a leading apostrophe in
    the CSV; numbers stay numbers. The JSON is one array with an object a line; it does
    not name the values that are withheld from a row: of millions that is most of it.
    """
    always, values = _always(category), _of_values(category)
    with (folder / "ranking.csv").open("wb") as rows, (folder / "ranking.json").open("wb") as array:
        before = b"["
        for number, piece in enumerate(pieces(folder, at_once=_ROWS_AT_ONCE)):
            named = [name for name in (*always, *values) if name in piece.columns]
            table = piece.select(*named, "withheld")
            safe = without_formulas(table.drop("withheld").lazy()).collect()
            safe.write_csv(rows, include_header=number == 0)
            for run in _runs(table):
                kept = run.select(always) if run["withheld"][0] else run.drop("withheld")
                array.write(before + kept.write_ndjson().rstrip().replace("\n", ",\n").encode())
                before = b",\n"
        array.write(b"[]" if before == b"[" else b"]")


def _runs(table: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """*table* cut where values begin or cease to be withheld."""
    starts = table["withheld"].rle().struct.field("len").cum_sum().to_list()
    for start, end in pairwise([0, *starts]):
        yield table[start:end]


def without_formulas(table: pl.LazyFrame) -> pl.LazyFrame:
    """*table* with an apostrophe before each text that reads like a formula."""
    return table.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'$1"))


def without_formula(text: str) -> str:
    """*text* with an apostrophe in front if it reads like a formula."""
    return f"'{text}" if re.match(_FORMULA, text) else text


def _always(category: PublishedCategory) -> Sequence[str]:
    filters = [each.code for each in category.filters]
    return ["place", "id", "name", *filters, "total", "title", "class"]


def _of_values(category: PublishedCategory) -> Sequence[str]:
    wanted: list[str] = [*INTERVAL]
    for head in category.criteria:
        wanted += [columns.raw(head.code), columns.points(head.code)]
        wanted += [columns.weight(head.code), contribution(head.code)]
    return wanted
