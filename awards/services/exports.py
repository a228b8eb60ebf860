"""The ranking as files for machines: the same rows and values as the page."""

import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from awards.domain.published import PublishedCategory
from awards.evaluation import columns
from awards.evaluation.contributions import contribution

_FORMULA = r"^([=+\-@\t\r\n\x00＝＋－＠])"
"""How a text begins that a spreadsheet may take for a formula; East Asian ones included."""


def write_exports(listed: pl.DataFrame, category: PublishedCategory, *, folder: Path) -> None:
    """Write ``ranking.csv`` and ``ranking.json`` into *folder*.

    Text that a spreadsheet would take for a formula gets a leading apostrophe in
    the CSV; numbers stay numbers.
    """
    table = listed.sort("position").select(_wanted(listed, category))
    table.write_json(folder / "ranking.json")
    without_formulas(table).write_csv(folder / "ranking.csv")


def without_formulas(table: pl.DataFrame) -> pl.DataFrame:
    """*table* with an apostrophe before each text that reads like a formula."""
    return table.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'$1"))


def without_formula(text: str) -> str:
    """*text* with an apostrophe in front if it reads like a formula."""
    return f"'{text}" if re.match(_FORMULA, text) else text


def _wanted(listed: pl.DataFrame, category: PublishedCategory) -> Sequence[str]:
    filters = [each.code for each in category.filters]
    wanted = ["place", "id", "name", *filters, "total", "title", "class"]
    for head in category.criteria:
        wanted += [columns.raw(head.code), columns.points(head.code)]
        wanted += [columns.weight(head.code), contribution(head.code)]
    return [name for name in wanted if name in listed.columns]
