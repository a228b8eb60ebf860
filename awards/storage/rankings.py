"""Rows of a published ranking, read from its Parquet file a page at a time."""

import difflib
from collections.abc import Iterator, Mapping
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
from awards.storage.listings import (
    BY_NAME,
    FOLDED_NAME,
    INTERVAL,
    find_position,
    find_positions,
    read_listing,
    read_values,
)

MOST_ROWS = 200
_COMPARED = 5_000
_ROWS_AT_ONCE = 20_000
_SHOWN = ("position", "id", "name", "place", "shared", "total", "title", "class", "withheld")


def read_page(folder: Path, category: PublishedCategory, query: RankingQuery) -> RankingPage:
    """The rows that *query* asks for. Nobody else's are read, but for the columns that
    they are found by."""
    ordered = _ordered(folder, category, query)
    total: int = ordered.select(pl.len()).collect().item()
    size = min(max(query.size, 1), MOST_ROWS)
    pages = max(1, -(-total // size))
    page = min(max(query.page, 1), pages)
    positions = ordered.slice((page - 1) * size, size).collect()["position"]
    return RankingPage(
        rows=tuple(row_of(each, category) for each in _at(folder, category, positions)),
        total=total,
        page=page,
        pages=pages,
        nearest=_nearest(folder, query.search) if query.search and not total else None,
    )


def read_rows(
    folder: Path, category: PublishedCategory, query: RankingQuery
) -> Iterator[RankingRow]:
    """Every row that *query* asks for, looked for once, then read some at a time."""
    positions = _ordered(folder, category, query).select("position").collect()["position"]
    for start in range(0, len(positions), _ROWS_AT_ONCE):
        some = positions[start : start + _ROWS_AT_ONCE]
        yield from (row_of(each, category) for each in _at(folder, category, some))


def _ordered(folder: Path, category: PublishedCategory, query: RankingQuery) -> pl.LazyFrame:
    """The positions that *query* asks for, in the order it asks for."""
    listed, conditions = read_listing(folder), _conditions(folder, category, query)
    found = listed.filter(*conditions) if conditions else listed
    ordered = _sorted(found, folder, category, query.sort)
    # Looked for once, both for how many there are and for the page.
    return ordered.collect().lazy() if conditions else ordered


def read_holders(folder: Path, category: PublishedCategory) -> tuple[RankingRow, ...]:
    """Holders of a title, best first."""
    titled = read_listing(folder).filter(pl.col("title").is_not_null()).select("position")
    positions = titled.collect()["position"]
    return tuple(row_of(each, category) for each in _at(folder, category, positions))


def read_row(folder: Path, category: PublishedCategory, candidate: str) -> RankingRow | None:
    """The row of one candidate."""
    found = _at(folder, category, find_position(folder, candidate))
    return row_of(found[0], category) if found else None


def rows_near(folder: Path, category: PublishedCategory, position: int) -> Mapping[int, RankingRow]:
    """The rows just before and after *position*, where there are any."""
    beside = pl.Series([position - 1, position + 1])
    found = _at(folder, category, beside)
    return {each["position"]: row_of(each, category) for each in found}


def read_map_values(folder: Path, criterion: str | None) -> tuple[MapValue, ...]:
    """Totals, or raw values of *criterion*, by place; nothing for an unknown criterion."""
    frame = read_listing(folder)
    name = "total" if criterion is None else f"raw:{criterion}"
    if criterion is not None:
        values = read_values(folder)
        if name not in values.collect_schema():
            return ()
        frame = frame.join(values.select("position", name), on="position", how="left")
    rows = frame.sort("position").select("id", "name", "place", name).collect().iter_rows()
    return tuple(
        MapValue(id=one, name=title, place=place, value=value) for one, title, place, value in rows
    )


def row_of(values: Mapping[str, Any], category: PublishedCategory) -> RankingRow:
    """One row of the file as the page shows it."""
    withheld = values["withheld"]
    segments = () if withheld else category.segments
    return RankingRow(
        id=values["id"],
        name=values["name"],
        place=values["place"],
        shared=values["shared"],
        total=values["total"],
        title=_words(values["title"], category.titles),
        class_=_words(values["class"], category.classes),
        contributions=tuple(values[f"contribution:{each.code}"] for each in segments),
        has_scorecard=not withheld,
        interval=_interval(values) if category.robustness else None,
    )


def _interval(values: Mapping[str, Any]) -> tuple[int, int] | None:
    low, high = (values[name] for name in INTERVAL)
    return None if low is None else (low, high)


def _words(code: str | None, heads: tuple[Any, ...]) -> Text | None:
    return next((each.words for each in heads if each.code == code), None)


def _conditions(folder: Path, category: PublishedCategory, query: RankingQuery) -> list[pl.Expr]:
    known = {each.code for each in category.filters}
    conditions = [pl.col(code) == value for code, value in query.filters if code in known]
    if query.titled:
        conditions.append(pl.col("title").is_not_null())
    wanted = query.search.strip().casefold()
    if wanted:
        named = pl.col(FOLDED_NAME).str.contains(wanted, literal=True)
        numbered = find_positions(folder, wanted)
        found = pl.col("position").is_in(numbered.implode())
        conditions.append(named if numbered.is_empty() else named | found)
    return conditions


def _sorted(
    frame: pl.LazyFrame, folder: Path, category: PublishedCategory, by: str
) -> pl.LazyFrame:
    """The positions of *frame*, in the order asked for."""
    if by == "name":
        return frame.select("position", BY_NAME).sort(BY_NAME)
    if by in {each.code for each in category.segments}:
        column = f"contribution:{by}"
        values = read_values(folder).select("position", column)
        narrow = frame.select("position").join(values, on="position", how="left")
        return narrow.sort(column, "position", descending=[True, False], nulls_last=True)
    return frame.select("position")


def _nearest(folder: Path, search: str) -> str | None:
    """The name nearest to what was typed, among those that begin alike first."""
    wanted = search.strip().casefold()
    alike = pl.col(FOLDED_NAME).str.contains(wanted[:1], literal=True)
    names = read_listing(folder).filter(alike).select("name").head(_COMPARED).collect()["name"]
    folded = {name.casefold(): name for name in names}
    words = {word: name for key, name in folded.items() for word in (key, *key.split())}
    near = difflib.get_close_matches(wanted, words, n=1, cutoff=0.6)
    return words[near[0]] if near else None


def _at(folder: Path, category: PublishedCategory, positions: pl.Series) -> list[dict[str, Any]]:
    """What a page shows of the rows at *positions*, in that order."""
    if positions.is_empty():
        return []
    within = pl.col("position").is_between(positions.min(), positions.max())
    named = within & pl.col("position").is_in(positions.implode())
    shown = [f"contribution:{each.code}" for each in category.segments]
    shown += INTERVAL if category.robustness else ()
    found = read_listing(folder).filter(named).select(_SHOWN).collect()
    values = read_values(folder).filter(named).select("position", *shown).collect()
    rows = found.join(values, on="position", how="left").to_dicts()
    by_position = {each["position"]: each for each in rows}
    return [by_position[each] for each in positions if each in by_position]
