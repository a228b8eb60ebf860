"""What crosses the border of intake."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from awards.domain.text import Text
from awards.sdk.records import RecordColumn, RecordType
from awards.sdk.types import Attribute, Indicator, Kind

Numbers = Literal["id", "en"]
"""How numbers in text cells are written: ``1.234,5`` (id) or ``1,234.5`` (en)."""


Declared = Indicator | Attribute | RecordColumn
"""What a column may be declared as, beside id and name."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What a file for one kind of candidate may contain: indicators and attributes,
    or, with *records*, the columns of that type.

    ``kind`` is numbered as the sender numbers it; ``registers`` gives the kinds
    that columns of records hold ids of.
    """

    kind: Kind
    indicators: tuple[Indicator, ...] = ()
    records: RecordType | None = None
    registers: Mapping[str, Kind] = field(default_factory=dict)

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """The attributes that are sent; others follow from the id."""
        sent = () if self.records else self.kind.attributes
        return tuple(each for each in sent if each.derived is None)

    @property
    def measured(self) -> tuple[Indicator, ...]:
        """The indicators that are sent; others are computed from records."""
        return tuple(each for each in self.indicators if each.tally is None)

    @property
    def columns(self) -> tuple[Declared, ...]:
        """Everything that is sent, in the order of the accepted table."""
        own = self.records.columns if self.records else ()
        return (*self.attributes, *self.measured, *own)

    @property
    def targets(self) -> tuple[str, ...]:
        """What columns can be matched to, in the order of the accepted table."""
        return ("id", "name", *(each.code for each in self.columns))

    def declared(self, target: str | None) -> Declared | None:
        """What is declared under that code; None for ``id`` and ``name``."""
        return next((each for each in self.columns if each.code == target), None)

    def identified_by(self, target: str | None) -> Kind:
        """The kind of candidate whose ids the column of *target* holds."""
        declared = self.declared(target)
        register = declared.register if isinstance(declared, RecordColumn) else None
        return self.registers.get(register or "", self.kind)

    def takes_several(self, targets: Iterable[str]) -> bool:
        """Whether a file with these *targets* may have several rows for one id: all
        its indicators are added up, or its rows are records."""
        found = [each for each in self.measured if each.code in targets]
        added_up = bool(found) and all(each.combine == "sum" for each in found)
        return self.records is not None or added_up


@dataclass(frozen=True, kw_only=True)
class ColumnMap:
    """What the sender says about a file: all of it optional.

    ``columns`` gives the title in the file for a target (``id``, ``name``, an
    attribute, an indicator); ``rows`` the value that a row must have under a
    title to be read at all; ``header_row`` counts from 1 and, where titles take
    two rows, names the lower one.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    numbers: Numbers | None = None

    def with_numbers(self, numbers: Numbers) -> "ColumnMap":
        """The same map with a number format, which wins over its own."""
        return replace(self, numbers=numbers)


@dataclass(frozen=True, kw_only=True)
class RefusedCell:
    """One cell, or with no column one row, and why it is refused."""

    row: int | None
    column: str | None
    header: str | None
    value: str
    reason: Text
    code: str

    @property
    def address(self) -> str:
        """``D17``; the row alone where no one cell is to blame."""
        return f"{self.column or ''}{self.row or ''}"


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """What was found in a file.

    ``accepted`` is a Parquet file: ``id``, ``name`` and the attributes (text),
    every indicator that is sent (Int64 or Float64; null where the cell or the
    whole column is missing) or, for records, their columns (dates as ISO text),
    ``source_row`` (Int64, counted from 1), sorted by id and, where an id may have
    several rows, by row. ``columns`` and ``headers`` give the column letters and the
    title that each target was read from; a target that is in neither was not in
    the file. ``refused`` lists at most `LISTED` cells, ``refused_rows`` counts
    all rows that have one; ``refused_rows_file`` is a CSV with these rows as
    they were received and the reasons, to correct and send again.
    """

    accepted: Path
    columns: Mapping[str, str]
    headers: Mapping[str, str]
    ignored: tuple[str, ...]
    refused: tuple[RefusedCell, ...]
    refused_cells: int
    refused_rows: int
    rows_read: int
    rows_accepted: int
    refused_rows_file: Path | None
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    numbers: Numbers | None


LISTED = 10_000
