"""Files of targets: one row a target, every fault with the address of its cell."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from awards.domain.regions import parse_region
from awards.domain.targets import Target
from awards.domain.text import LANGUAGES, Text
from awards.intake.cells import NUMBER, TEXT
from awards.intake.display import printable
from awards.intake.errors import UnreadableFile, UnusableColumns
from awards.intake.grid import data_rows, is_blank, kind, preview, shown, together
from awards.intake.headers import Header, find_header, normalize
from awards.intake.letters import column_letters
from awards.intake.limits import LIMITS, Limits
from awards.intake.numbers import cleaned, forms_of, parse_texts
from awards.intake.sandbox import Reading, Sheet, read_cells
from awards.intake.target_reasons import TARGET_REASONS
from awards.intake.types import Numbers, RefusedCell
from awards.sdk.types import Indicator, Kind

TITLES: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind", "jenis", "jenis kandidat"),
    "indicator": ("indicator", "indikator"),
    "of": ("of", "dari", "penyebut", "denominator"),
    "earlier": ("earlier", "sebelumnya", "indikator sebelumnya"),
    "region": ("region", "wilayah", "kode wilayah"),
    "sector": ("sector", "sektor"),
    "scale": ("scale", "skala", "skala usaha"),
    "month": ("month", "bulan", "period", "periode"),
    "value": ("value", "target", "nilai"),
    "source": ("source", "sumber"),
}
"""The columns of a file of targets, and how their titles may read."""

_NEEDED = ("kind", "indicator", "value", "source")
_MONTH = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(?:-01(?: 00:00:00)?)?")
"""A month, or the date of its first day, which spreadsheets make of it."""

_ATTRIBUTES = ("sector", "scale")


@dataclass(frozen=True, kw_only=True)
class TargetLayout:
    """What targets of an edition may be about: its kinds with their indicators."""

    kinds: Mapping[str, Kind]
    indicators: Mapping[str, Sequence[Indicator]]
    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class InspectedTargets:
    """The targets of a file, or why its cells are refused; with one, none is taken."""

    targets: tuple[Target, ...]
    refused: tuple[RefusedCell, ...]


class _Fault(Exception):
    """One cell cannot be accepted."""

    def __init__(self, column: str, code: str, **gaps: object) -> None:
        super().__init__(code)
        self.column, self.code, self.gaps = column, code, gaps


def inspect_targets(
    path: Path,
    layout: TargetLayout,
    *,
    numbers: Numbers | None,
    work: Path,
    limits: Limits = LIMITS,
) -> InspectedTargets:
    """Read *path* (CSV, XLSX or ODS) in a child process and check every cell.

    Raises `UnreadableFile` or `UnusableColumns` when nothing can be said of cells.
    """
    try:
        with read_cells(path, work, sheet=None, limits=limits) as reading:
            sheet, header = _find_table(reading)
            return _inspect(sheet, header, layout, numbers=numbers)
    except UnreadableFile as refusal:
        raise refusal.in_file(path.name) from refusal.__cause__


def _find_table(reading: Reading) -> tuple[Sheet, Header]:
    known = {normalize(title): name for name, titles in TITLES.items() for title in titles}
    filled = [sheet for sheet in reading.sheets if not is_blank(sheet)]
    if not filled:
        raise UnreadableFile("no-cells")
    found = [(sheet, find_header(preview(sheet, None), known, at=None)) for sheet in filled]
    sheet, header = max(found, key=lambda pair: len(pair[1].columns))
    if lacking := [name for name in _NEEDED if name not in header.columns]:
        titles = ", ".join(repr(title) for title in header.titles if title) or "–"
        raise UnusableColumns("target-columns", lacking=", ".join(lacking), found=titles)
    return sheet, header


def _inspect(
    sheet: Sheet, header: Header, layout: TargetLayout, *, numbers: Numbers | None
) -> InspectedTargets:
    reader = _Reader(layout=layout, header=header)
    for cells in _rows(sheet, header, numbers=numbers):
        reader.read(cells)
    refused = tuple(reader.refused)
    return InspectedTargets(targets=() if refused else tuple(reader.targets), refused=refused)


def _rows(sheet: Sheet, header: Header, *, numbers: Numbers | None) -> Iterator[dict[str, Any]]:
    """Each row's cells as text by column, with ``row`` and the parsed ``number``."""
    grid = together(data_rows(sheet, header))
    at = header.columns["value"]
    text = pl.when(kind(at) == TEXT).then(cleaned(pl.col(f"t{at}")))
    texts = grid.cells.select(text).to_series()
    mixed = {"point", "comma"} <= forms_of(texts)
    parsed = parse_texts(texts, numbers, mixed=mixed)["value"]
    number = pl.when(kind(at) == NUMBER).then(pl.col(f"n{at}")).otherwise(parsed)
    found = {name: shown(column).fill_null("") for name, column in header.columns.items()}
    yield from grid.cells.select("row", number=number, **found).iter_rows(named=True)


@dataclass
class _Reader:
    """Collects targets and faults, row by row."""

    layout: TargetLayout
    header: Header
    targets: list[Target] = field(default_factory=list)
    refused: list[RefusedCell] = field(default_factory=list)
    _seen: dict[tuple[str | None, ...], int] = field(default_factory=dict)

    def read(self, cells: dict[str, Any]) -> None:
        try:
            target = _target(cells, self.layout)
            before = self._seen.setdefault(target.subject, cells["row"])
            if before != cells["row"]:
                raise _Fault("indicator", "twice", other=before)
            self.targets.append(target)
        except _Fault as fault:
            self.refused.append(self._cell(fault, cells))

    def _cell(self, fault: _Fault, cells: dict[str, Any]) -> RefusedCell:
        column = self.header.columns.get(fault.column)
        return RefusedCell(
            row=cells["row"],
            column=None if column is None else column_letters(column),
            header=None if column is None else self.header.titles[column],
            value=printable(str(cells.get(fault.column, ""))[:200]),
            reason=_words(fault),
            code=fault.code,
        )


def _words(fault: _Fault) -> Text:
    return {
        language: TARGET_REASONS[fault.code][language].format_map(fault.gaps)
        for language in LANGUAGES
    }


def _target(cells: dict[str, Any], layout: TargetLayout) -> Target:
    for name in _NEEDED:
        if not cells[name]:
            raise _Fault(name, "empty", title=TITLES[name][0])
    code = _among(cells, "kind", {each.code: each.title for each in layout.kinds.values()}, "kind")
    assert code is not None
    indicators = {each.code: each.title for each in layout.indicators[code]}
    if cells["number"] is None or not math.isfinite(cells["number"]) or cells["number"] <= 0:
        raise _Fault("value", "value")
    return Target(
        kind=code,
        indicator=_among(cells, "indicator", indicators, "indicator") or "",
        value=float(cells["number"]),
        source=printable(cells["source"]),
        of=_among(cells, "of", indicators, "indicator"),
        earlier=_among(cells, "earlier", indicators, "indicator"),
        region=_region(cells, layout.kinds[code]),
        month=_month(cells, layout),
        **{name: _attribute(cells, name, layout.kinds[code]) for name in _ATTRIBUTES},
    )


def _among(
    cells: dict[str, Any], column: str, known: Mapping[str, Text], reason: str
) -> str | None:
    """The code that the cell names by code or title; None for an empty cell."""
    written = normalize(cells.get(column) or "")
    if not written:
        return None
    for code, title in known.items():
        if written in {normalize(code), *(normalize(each) for each in title.values())}:
            return code
    raise _Fault(column, reason, known=", ".join(known) or "–")


def _attribute(cells: dict[str, Any], name: str, kind: Kind) -> str | None:
    attribute = next((each for each in kind.attributes if each.code == name), None)
    text: str = cells.get(name) or ""
    if attribute is None and text:
        raise _Fault(name, "attribute", known="–")
    if attribute is None or not text or not attribute.values:
        return text or None
    return _among(cells, name, attribute.values, "attribute")


def _region(cells: dict[str, Any], kind: Kind) -> str | None:
    """A code as text; spreadsheets make 35.7 of 35.70, which is refused as no region."""
    text: str = (cells.get("region") or "").strip()
    if not text:
        return None
    parsed = parse_region(text)
    if parsed is None:
        raise _Fault("region", "region")
    if not has_regions(kind):
        raise _Fault("region", "attribute", known="–")
    return text


def has_regions(kind: Kind) -> bool:
    """Whether candidates of *kind* lie in regions: by an attribute, or by their own code."""
    named = any(each.code == "region" for each in kind.attributes)
    return named or parse_region(kind.id_example) is not None


def _month(cells: dict[str, Any], layout: TargetLayout) -> str | None:
    text: str = (cells.get("month") or "").strip()
    whole = str(layout.start.year) if layout.start.year == layout.end.year else ""
    if text in {"", whole}:
        return None
    first, last = f"{layout.start:%Y-%m}", f"{layout.end:%Y-%m}"
    found = _MONTH.fullmatch(text)
    if found is None or not first <= found[1] <= last:
        raise _Fault("month", "month", first=first)
    return found[1]
