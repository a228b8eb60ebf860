"""What crosses the border of intake."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from awards.domain.text import Text
from awards.sdk.types import Attribute, Indicator, Kind

Numbers = Literal["id", "en"]
"""How numbers in text cells are written: ``1.234,5`` (id) or ``1,234.5`` (en)."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What a file for one kind of candidate may contain."""

    kind: Kind
    indicators: tuple[Indicator, ...]

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """The attributes that are sent; others follow from the id."""
        return tuple(each for each in self.kind.attributes if each.derived is None)

    @property
    def measured(self) -> tuple[Indicator, ...]:
        """The indicators that are sent; others are computed from records."""
        return tuple(each for each in self.indicators if each.tally is None)

    @property
    def targets(self) -> tuple[str, ...]:
        """What columns can be matched to, in the order of the accepted table."""
        declared = (*self.attributes, *self.measured)
        return ("id", "name", *(each.code for each in declared))

    def declared(self, target: str | None) -> Indicator | Attribute | None:
        """The indicator or attribute of that code; None for ``id`` and ``name``."""
        for attribute in self.attributes:
            if attribute.code == target:
                return attribute
        return next((each for each in self.measured if each.code == target), None)


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
    whole column is missing), ``source_row`` (Int64, counted from 1), sorted by
    id, ids unique. ``columns`` and ``headers`` give the column letters and the
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
