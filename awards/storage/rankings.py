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
from awards.storage.listings import BY_NAME, FOLDED_ID, FOLDED_NAME, read_listing

MOST_ROWS = 200
_COMPARED = 5_000


def read_page(folder: Path, category: PublishedCategory, query: RankingQuery) -> RankingPage:
    """The rows that *query* asks for. Nobody else's are read, but for the columns that
    they are found by."""
    conditions = _conditions(category, query)
    found = read_listing(folder).filter(*conditions) if conditions else read_listing(folder)
    total: int = found.select(pl.len()).collect().item()
    size = min(max(query.size, 1), MOST_ROWS)
    pages = max(1, -(-total // size))
    page = min(max(query.page, 1), pages)
    keys = _sort_keys(category, query.sort)
    first = (page - 1) * size
    if conditions or keys:
        rows = _at(folder, _sorted(found, keys).slice(first, size).collect()["position"])
    else:
        rows = _dicts(found.slice(first, size))
    return RankingPage(
        rows=tuple(row_of(each, category) for each in rows),
        total=total,
        page=page,
        pages=pages,
        nearest=_nearest(folder, query.search) if query.search and not total else None,
    )


def read_holders(folder: Path, category: PublishedCategory) -> tuple[RankingRow, ...]:
    """Holders of a title, best first."""
    titled = read_listing(folder).filter(pl.col("title").is_not_null())
    return tuple(row_of(each, category) for each in _dicts(titled))


def read_row(folder: Path, category: PublishedCategory, candidate: str) -> RankingRow | None:
    """The row of one candidate."""
    found = _dicts(read_listing(folder).filter(pl.col("id") == candidate))
    return row_of(found[0], category) if found else None


def read_map_values(folder: Path, criterion: str | None) -> tuple[MapValue, ...]:
    """Totals, or raw values of *criterion*, by place; nothing for an unknown criterion."""
    frame = read_listing(folder)
    name = "total" if criterion is None else f"raw:{criterion}"
    if name not in frame.collect_schema():
        return ()
    rows = frame.sort("position").select("id", "name", "place", name).collect().iter_rows()
    return tuple(
        MapValue(id=one, name=title, place=place, value=value) for one, title, place, value in rows
    )


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


def _conditions(category: PublishedCategory, query: RankingQuery) -> list[pl.Expr]:
    known = {each.code for each in category.filters}
    conditions = [pl.col(code) == value for code, value in query.filters if code in known]
    if query.titled:
        conditions.append(pl.col("title").is_not_null())
    wanted = query.search.strip().casefold()
    if wanted:
        named = pl.col(FOLDED_NAME).str.contains(wanted, literal=True)
        conditions.append(named | pl.col(FOLDED_ID).str.starts_with(wanted))
    return conditions


def _sort_keys(category: PublishedCategory, by: str) -> list[pl.Expr]:
    """What rows are sorted by, lowest first; nothing for the order that they are in."""
    if by == "name":
        return [pl.col(BY_NAME)]
    if by in {each.code for each in category.segments}:
        return [-pl.col(f"contribution:{by}"), pl.col("position")]
    return []


def _sorted(found: pl.LazyFrame, keys: list[pl.Expr]) -> pl.LazyFrame:
    """The positions of *found* in the order of *keys*."""
    named = {f"key:{number}": key for number, key in enumerate(keys)}
    narrow = found.select("position", **named)
    return narrow.sort(*named, nulls_last=True) if keys else narrow


def _at(folder: Path, positions: pl.Series) -> list[dict[str, Any]]:
    """The rows at *positions*, in that order."""
    if positions.is_empty():
        return []
    at = pl.col("position")
    within = at.is_between(positions.min(), positions.max())
    rows = _dicts(read_listing(folder).filter(within & at.is_in(positions.implode())))
    found = {row["position"]: row for row in rows}
    return [found[position] for position in positions]


def _nearest(folder: Path, search: str) -> str | None:
    """The name nearest to what was typed, among those that begin alike first."""
    wanted = search.strip().casefold()
    alike = pl.col(FOLDED_NAME).str.contains(wanted[:1], literal=True)
    names = read_listing(folder).filter(alike).select("name").head(_COMPARED).collect()["name"]
    folded = {name.casefold(): name for name in names}
    words = {word: name for key, name in folded.items() for word in (key, *key.split())}
    near = difflib.get_close_matches(wanted, words, n=1, cutoff=0.6)
    return words[near[0]] if near else None


def _dicts(frame: pl.LazyFrame) -> list[dict[str, Any]]:
    return frame.collect().to_dicts()
