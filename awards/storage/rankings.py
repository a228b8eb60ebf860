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
_LEAST_GROUP, _MOST_GROUPS = 4_096, 64
_SHOWN = ("position", "id", "name", "place", "shared", "total", "title", "class", "withheld")


def read_page(folder: Path, category: PublishedCategory, query: RankingQuery) -> RankingPage:
    """The rows that *query* asks for."""
    found = _filtered(scan(folder), category, query)
    total: int = found.select(pl.len()).collect().item()
    size = min(max(query.size, 1), MOST_ROWS)
    pages = max(1, -(-total // size))
    page = min(max(query.page, 1), pages)
    asked = _sorted(found, category, query.sort).slice((page - 1) * size, size)
    positions = asked.select("position").collect()["position"]
    return RankingPage(
        rows=tuple(row_of(each, category) for each in _at(folder, category, positions)),
        total=total,
        page=page,
        pages=pages,
        nearest=_nearest(folder, query.search) if query.search and not total else None,
    )


def read_holders(folder: Path, category: PublishedCategory) -> tuple[RankingRow, ...]:
    """Holders of a title, best first."""
    titled = scan(folder).filter(pl.col("title").is_not_null()).select("position").sort("position")
    positions = titled.collect()["position"]
    return tuple(row_of(each, category) for each in _at(folder, category, positions))


def read_row(folder: Path, category: PublishedCategory, candidate: str) -> RankingRow | None:
    """The row of one candidate."""
    found = _at(folder, category, find_position(folder, candidate))
    return row_of(found[0], category) if found else None


def find_position(folder: Path, candidate: str) -> pl.Series:
    """The position of *candidate*, or nothing."""
    return scan(folder).filter(pl.col("id") == candidate).select("position").collect()["position"]


def rows_near(folder: Path, category: PublishedCategory, position: int) -> Mapping[int, RankingRow]:
    """The rows just before and after *position*, where there are any."""
    beside = pl.Series([position - 1, position + 1])
    found = _at(folder, category, beside)
    return {each["position"]: row_of(each, category) for each in found}


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
    """The published candidates of a category, by position."""
    return pl.scan_parquet(folder / "candidates.parquet")


def write_candidates(listed: pl.DataFrame, folder: Path) -> None:
    """Write what `scan` reads: by position, in groups of rows that are told apart by
    their lowest and highest position, so that few of them are read for a page."""
    rows = max(_LEAST_GROUP, -(-listed.height // _MOST_GROUPS))
    listed.sort("position").write_parquet(
        folder / "candidates.parquet", row_group_size=rows, statistics=True
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


def _at(folder: Path, category: PublishedCategory, positions: pl.Series) -> list[dict[str, Any]]:
    """What a page shows of the rows at *positions*, in that order."""
    if positions.is_empty():
        return []
    within = pl.col("position").is_between(positions.min(), positions.max())
    named = pl.col("position").is_in(positions.to_list())
    shown = [*_SHOWN, *(f"contribution:{each.code}" for each in category.segments)]
    found = scan(folder).filter(within, named).select(shown).collect().to_dicts()
    by_position = {each["position"]: each for each in found}
    return [by_position[each] for each in positions if each in by_position]
