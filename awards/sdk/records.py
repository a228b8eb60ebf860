"""One-to-many facts about a candidate, and indicators that are computed from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from awards.domain.text import Text
from awards.sdk.errors import BadDeclaration
from awards.sdk.named import Named

ColumnType = type[str] | type[int] | type[float] | type[date]


@dataclass(frozen=True, kw_only=True)
class RecordColumn(Named):
    """One column of a record. ``values`` lists what is allowed, with words, or is
    empty when anything is; ``register`` names the kind of candidate whose id the
    column holds, where it holds one."""

    code: str
    title: Text
    type: ColumnType = str
    values: Mapping[str, Text] = field(default_factory=dict)
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None
    register: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordType(Named):
    """A second table keyed by candidate: regulations, partner enterprises, scores.

    ``key`` names the columns that tell one record from another; the same key
    twice for one candidate is refused. ``claimed_twice`` says what a key counts
    for when several candidates claim it: for each of them, for none, or not at
    all before people have settled it (``refuse``).
    """

    code: str
    title: Text
    columns: tuple[RecordColumn, ...]
    key: tuple[str, ...]
    claimed_twice: Literal["each", "none", "refuse"] = "each"

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
    those whose id is (True) or is not (False) in that register.

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
            raise BadDeclaration(
                f"A tally of {self.record.code!r} names columns it does not have: "
                f"{', '.join(sorted(named - codes))}"
            )
        if (self.column is None) != (self.how == "count"):
            raise BadDeclaration(
                f"A tally of {self.record.code!r}: count takes no column, {self.how} needs one"
            )
