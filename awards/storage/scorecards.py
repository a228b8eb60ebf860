"""One candidate's scorecard, down to the source cells."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

import polars as pl

from awards.domain.published import (
    CriterionHead,
    CriterionScore,
    IndicatorValue,
    PublishedCategory,
    Scorecard,
    SourceCell,
)
from awards.storage.explained import read_goals, read_peers, read_policies
from awards.storage.listings import find_position, read_listing, read_values
from awards.storage.rankings import row_of, rows_near

REASONS = ("measured", "missing", "zero_denominator", "not_applicable", "off_scale")
Reason = Literal["measured", "missing", "zero_denominator", "not_applicable", "off_scale"]


def read_scorecard(folder: Path, category: PublishedCategory, candidate: str) -> Scorecard | None:
    """The published scorecard of *candidate*; None where there is none."""
    positions = find_position(folder, candidate)
    if positions.is_empty():
        return None
    own = pl.col("position") == positions.item()
    listed = read_listing(folder).filter(own).collect().row(0, named=True)
    if listed["withheld"]:
        return None
    parts = json.loads((folder / "parts.json").read_text("utf-8"))
    row = listed | read_values(folder).filter(own).collect().row(0, named=True)
    near = rows_near(folder, category, row["position"])
    return Scorecard(
        row=row_of(row, category),
        attributes=tuple((each.code, row[each.code] or "") for each in category.filters),
        scores=read_scores(row, category.criteria, parts),
        above=near.get(row["position"] - 1),
        below=near.get(row["position"] + 1),
        peers=read_peers(folder, row),
        goals=read_goals(folder, candidate),
        policies=read_policies(folder, candidate),
    )


def read_scores(
    row: Mapping[str, Any], criteria: Sequence[CriterionHead], parts: Sequence[Mapping[str, Any]]
) -> tuple[CriterionScore, ...]:
    """How each criterion counted, from a row of a sheet and the parts of its snapshot."""
    return tuple(_score(row, head, parts) for head in criteria)


def _score(
    row: Mapping[str, Any], head: CriterionHead, parts: Sequence[Mapping[str, Any]]
) -> CriterionScore:
    reason = cast(Reason, REASONS[row[f"reason:{head.code}"]])
    weight = row[f"weight:{head.code}"] or 0.0
    contribution = row[f"contribution:{head.code}"] or 0.0
    absent = head.not_applicable if reason == "not_applicable" else head.missing
    return CriterionScore(
        code=head.code,
        raw=row[f"raw:{head.code}"],
        points=row[f"points:{head.code}"],
        weight=weight,
        contribution=contribution,
        lost=weight - contribution,
        reason=reason,
        policy=None if reason == "measured" else absent,
        values=tuple(_value(row, each.code, parts) for each in head.indicators),
        treated=_treated(row, head.code),
    )


def _treated(row: Mapping[str, Any], code: str) -> float | None:
    """What an outlier was drawn in to."""
    after = cast(float | None, row.get(f"treated:{code}"))
    return after if after != row[f"raw:{code}"] else None


def _value(row: Mapping[str, Any], code: str, parts: Sequence[Mapping[str, Any]]) -> IndicatorValue:
    value = row.get(code)
    if value is None:
        return IndicatorValue(code=code, value=None, source=None)
    if f"records:{code}" in row:
        counted = row[f"records:{code}"] or {"count": 0, "column": code, "first": ()}
        first = tuple(_cell(each, counted["column"], parts) for each in counted["first"])
        return IndicatorValue(
            code=code, value=value, source=None, more_sources=first, records=counted["count"]
        )
    more = row.get(f"more:{code}") or ()
    source = _source(row, code, parts)
    if more and source:
        source = replace(source, value=value - (row.get(f"added:{code}") or 0))
    return IndicatorValue(
        code=code,
        value=value,
        source=source,
        more_sources=tuple(_cell(each, code, parts) for each in more),
    )


def _source(
    row: Mapping[str, Any], code: str, parts: Sequence[Mapping[str, Any]]
) -> SourceCell | None:
    if row.get(f"part:{code}") is None:
        return None
    return _cell({each: row[f"{each}:{code}"] for each in ("part", "file", "row")}, code, parts)


def _cell(cell: Mapping[str, Any], column: str, parts: Sequence[Mapping[str, Any]]) -> SourceCell:
    """A cell by its numbers: part in *parts*, file in the part's sources, and row."""
    part = parts[cell["part"]]
    file = part["sources"][cell["file"]]
    as_of = part.get("as_of")
    return SourceCell(
        file=file["name"],
        sheet=file["sheet"],
        address=f"{file['columns'].get(column, '')}{cell['row']}",
        part=part["name"],
        sender=part["sender"],
        as_of=date.fromisoformat(as_of) if as_of else None,
        value=cell.get("value"),
    )
