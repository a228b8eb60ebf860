"""One-to-many facts about a candidate, and indicators that are computed from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from awards.domain.text import Text
from awards.sdk.errors import BadDeclaration
from awards.sdk.named import Named

TAKEN = frozenset(
    {"id", "name", "candidate", "part", "file", "row", "claims", "source_file", "source_row"}
)
"""Columns that every table of records has beside its own."""

ColumnType = type[str] | type[int] | type[float] | type[date]


@dataclass(frozen=True, kw_only=True)
class RecordColumn(Named):
    """One column of a record. ``values`` lists what is allowed, with words, or is
    empty when anything is; ``register`` names the kind of candidate whose id the
    column holds, where it holds one. ``unit``, ``minimum`` and ``maximum`` are
    those of a number."""

    code: str
    title: Text
    type: ColumnType = str
    values: Mapping[str, Text] = field(default_factory=dict)
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None
    register: str | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.code in TAKEN:
            raise BadDeclaration(f"RecordColumn {self.code!r}: every table of records has one")
        if self.type is not str and (self.values or self.register):
            raise BadDeclaration(f"RecordColumn {self.code!r}: only text has values or a register")

    @property
    def is_number(self) -> bool:
        return self.type in (int, float)


@dataclass(frozen=True, kw_only=True)
class RecordType(Named):
    """A second table keyed by candidate: regulations, partner enterprises, scores.

    ``key`` names the columns that tell one record from another; the same key
    twice for one candidate is refused. ``claimed_twice`` says what a key counts
    for when several candidates claim it: for each of them, for none, or not at
    all before people have settled it (``refuse``). None says that equal keys of
    different candidates have nothing to do with each other, as with numbers that
    each government gives its own regulations. A record that lacks a column of its
    key is compared with no other. What was counted goes on with a candidate to the
    next stage, unless it is not ``carried``: each panel gives its own scores.
    """

    code: str
    title: Text
    columns: tuple[RecordColumn, ...]
    key: tuple[str, ...]
    claimed_twice: Literal["each", "none", "refuse"] | None = "each"
    carried: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        unknown = set(self.key) - {column.code for column in self.columns}
        if unknown or not self.key:
            raise BadDeclaration(f"RecordType {self.code!r}: key must name some of its columns")

    def column(self, code: str) -> RecordColumn:
        return next(column for column in self.columns if column.code == code)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How an indicator comes out of records.

    ``count`` counts them, ``distinct`` counts different values of *column*,
    ``sum``, ``mean`` and ``maximum`` are over *column*. ``where`` keeps records whose column has
    one of the values; for a column with a ``register``, ``registered`` keeps
    those whose id is (True) or is not (False) in that register; a record without
    an id there is not in it.

    A candidate without records has a count or sum of 0 when records of the type
    were delivered at all, and a missing value otherwise; a mean or a maximum of
    nothing is missing.
    """

    record: RecordType
    how: Literal["count", "distinct", "sum", "mean", "maximum"] = "count"
    column: str | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    registered: Mapping[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        codes = {column.code for column in self.record.columns}
        named = {*self.where, *self.registered, *([self.column] if self.column else [])}
        if named - codes:
            raise self._bad(f"names columns it does not have: {', '.join(sorted(named - codes))}")
        if (self.column is None) != (self.how == "count"):
            raise self._bad(f"count takes no column, the others need one; this is {self.how}")
        if self.how in ("sum", "mean", "maximum") and not self._column().is_number:
            raise self._bad(f"{self.how} needs a column of numbers, not {self.column!r}")
        for code in self.registered:
            if self.record.column(code).register is None:
                raise self._bad(f"column {code!r} is matched with a register but names none")

    @property
    def yields(self) -> type[int] | type[float]:
        """The type of the indicator: counts are whole, a sum is what its column is."""
        if self.how in ("count", "distinct"):
            return int
        return float if self.how == "mean" or self._column().type is float else int

    def _column(self) -> RecordColumn:
        return self.record.column(self.column or "")

    def _bad(self, what: str) -> BadDeclaration:
        return BadDeclaration(f"A tally of {self.record.code!r}: {what}")
