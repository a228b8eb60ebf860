"""Rows of a published ranking, read from its Parquet file a page at a time."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from awards.domain.published import (
    MapValue,
    PublishedCategory,
    RankingPage,
    RankingQuery,
    RankingRow,
)
from awards.domain.text import Text

MOST_ROWS = 200
_COMPARED = 5_000


def read_page(folder: Path, category: PublishedCategory, query: RankingQuery) -> RankingPage:
    """The rows that *query* asks for."""
    found = _filtered(scan(folder), category, query)
    total: int = found.select(pl.len()).collect().item()
    size = min(max(query.size, 1), MOST_ROWS)
    pages = max(1, -(-total // size))
    page = min(max(query.page, 1), pages)
    rows = _sorted(found, category, query.sort).slice((page - 1) * size, size)
    return RankingPage(
        rows=tuple(row_of(each, category) for each in _dicts(rows)),
        total=total,
        page=page,
        pages=pages,
        nearest=_nearest(folder, query.search) if query.search and not total else None,
    )


def read_holders(folder: Path, category: PublishedCategory) -> tuple[RankingRow, ...]:
    """Holders of a title, best first."""
    titled = scan(folder).filter(pl.col("title").is_not_null()).sort("position")
    return tuple(row_of(each, category) for each in _dicts(titled))


def read_row(folder: Path, category: PublishedCategory, candidate: str) -> RankingRow | None:
    """The row of one candidate."""
    found = _dicts(scan(folder).filter(pl.col("id") == candidate))
    return row_of(found[0], category) if found else None


def read_map_values(folder: Path, criterion: str | None) -> tuple[MapValue, ...]:
    """Totals, or raw values of *criterion*, by place; nothing for an unknown criterion."""
    frame = scan(folder)
    name = "total" if criterion is None else f"raw:{criterion}"
    if name not in frame.collect_schema():
        return ()
    rows = frame.sort("position").select("id", "name", "place", name).collect().iter_rows()
    return tuple(
        MapValue(id=one, name=title, place=place, value=value) for one, title, place, value in rows
    )


def scan(folder: Path) -> pl.LazyFrame:
    """The published candidates of a category."""
    return pl.scan_parquet(folder / "candidates.parquet")


def row_of(values: Mapping[str, Any], category: PublishedCategory) -> RankingRow:
    """One row of the file as the page shows it."""
    withheld = values["withheld"]
    contributions = (values[f"contribution:{each.code}"] for each in category.segments)
    return RankingRow(
        id=values["id"],
        name=values["name"],
        place=values["place"],
        shared=values["shared"],
        total=values["total"],
        title=_words(values["title"], category.titles),
        class_=_words(values["class"], category.classes),
        contributions=() if withheld else tuple(contributions),
        has_scorecard=not withheld,
    )


def _words(code: str | None, heads: tuple[Any, ...]) -> Text | None:
    return next((each.words for each in heads if each.code == code), None)


def _filtered(
    frame: pl.LazyFrame, category: PublishedCategory, query: RankingQuery
) -> pl.LazyFrame:
    known = {each.code for each in category.filters}
    conditions = [pl.col(code) == value for code, value in query.filters if code in known]
    if query.titled:
        conditions.append(pl.col("title").is_not_null())
    wanted = query.search.strip().casefold()
    if wanted:
        named = pl.col("name").str.to_lowercase().str.contains(wanted, literal=True)
        numbered = pl.col("id").str.to_lowercase().str.starts_with(wanted)
        conditions.append(named | numbered)
    return frame.filter(*conditions) if conditions else frame


def _sorted(frame: pl.LazyFrame, category: PublishedCategory, by: str) -> pl.LazyFrame:
    if by == "name":
        return frame.sort("name", "position")
    if by in {each.code for each in category.segments}:
        column = pl.col(f"contribution:{by}")
        return frame.sort(column, "position", descending=[True, False], nulls_last=True)
    return frame.sort("position")


def _nearest(folder: Path, search: str) -> str | None:
    """The name nearest to what was typed, among those that begin alike first."""
    wanted = search.strip().casefold()
    alike = pl.col("name").str.to_lowercase().str.contains(wanted[:1], literal=True)
    names = scan(folder).filter(alike).select("name").head(_COMPARED).collect()["name"]
    folded = {name.casefold(): name for name in names}
    words = {word: name for key, name in folded.items() for word in (key, *key.split())}
    near = difflib.get_close_matches(wanted, words, n=1, cutoff=0.6)
    return words[near[0]] if near else None


def _dicts(frame: pl.LazyFrame) -> list[dict[str, Any]]:
    return frame.collect().to_dicts()
