"""The ranking as files for machines: the same rows and values as the page."""

import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from awards.domain.published import PublishedCategory
from awards.evaluation import columns
from awards.evaluation.contributions import contribution
from awards.storage.listings import INTERVAL

_FORMULA = r"^([=+\-@\t\r\n\x00＝＋－＠])"
"""How a text begins that a spreadsheet may take for a formula; East Asian ones included."""

_ROWS_AT_ONCE = 50_000


def write_exports(listed: pl.LazyFrame, category: PublishedCategory, *, folder: Path) -> None:
    """Write ``ranking.csv`` and ``ranking.json`` into *folder*, chunk by chunk; *listed*
    is best first.

    Text that a spreadsheet would take for a formula gets a leading apostrophe in
    the CSV; numbers stay numbers. The JSON does not name the values that are
    withheld from a row: of millions that is most of it.
    """
    table = listed.select(*_wanted(listed, category), "withheld")
    _write_json(table, folder / "ranking.json", always=_always(category))
    without_formulas(table.drop("withheld")).sink_csv(folder / "ranking.csv")


def _write_json(table: pl.LazyFrame, path: Path, *, always: Sequence[str]) -> None:
    """Write one array of all rows, those whose values are withheld with *always* alone."""
    with path.open("wb") as file:
        before = b"["
        for chunk in table.collect_batches(chunk_size=_ROWS_AT_ONCE, maintain_order=True):
            runs = chunk.with_columns(run=pl.col("withheld").rle_id())
            for run in runs.partition_by("run", maintain_order=True, include_key=False):
                kept = run.select(always) if run["withheld"][0] else run.drop("withheld")
                file.write(before + kept.write_json().encode()[1:-1])
                before = b","
        file.write(b"[]" if before == b"[" else b"]")


def without_formulas(table: pl.LazyFrame) -> pl.LazyFrame:
    """*table* with an apostrophe before each text that reads like a formula."""
    return table.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'$1"))


def without_formula(text: str) -> str:
    """*text* with an apostrophe in front if it reads like a formula."""
    return f"'{text}" if re.match(_FORMULA, text) else text


def _always(category: PublishedCategory) -> Sequence[str]:
    filters = [each.code for each in category.filters]
    return ["place", "id", "name", *filters, "total", "title", "class"]


def _wanted(listed: pl.LazyFrame, category: PublishedCategory) -> Sequence[str]:
    wanted = [*_always(category), *INTERVAL]
    for head in category.criteria:
        wanted += [columns.raw(head.code), columns.points(head.code)]
        wanted += [columns.weight(head.code), contribution(head.code)]
    present = listed.collect_schema()
    return [name for name in wanted if name in present]
