"""Schemes that put candidates into classes, such as scales of enterprises, by law."""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from awards.domain.text import Text
from awards.sdk.errors import BadDeclaration
from awards.sdk.named import Named
from awards.sdk.types import Indicator, Kind


@dataclass(frozen=True, kw_only=True)
class Brackets:
    """Classes by one measure: each goes up to and includes its upper bound.

    ``steps`` lists ``(upper bound, class)``, bounds rising; a class begins above
    the bound before it: (low, high]. ``above`` is the class beyond the last bound.
    """

    indicator: Indicator
    steps: tuple[tuple[float, str], ...]
    above: str

    def __post_init__(self) -> None:
        bounds = [bound for bound, _ in self.steps]
        rising = all(low < high for low, high in itertools.pairwise(bounds))
        if not bounds or not rising or not all(math.isfinite(each) for each in bounds):
            raise BadDeclaration(
                f"Brackets by {self.indicator.code!r}: give at least one upper bound, rising"
            )

    @property
    def classes(self) -> tuple[str, ...]:
        return (*(value for _, value in self.steps), self.above)

    def value(self) -> nw.Expr:
        """The class of each candidate; missing where the measure is."""
        measure = nw.col(self.indicator.code).cast(nw.Float64)
        found: nw.Expr = nw.when(~measure.is_null()).then(nw.lit(self.above))
        for bound, value in reversed(self.steps):
            found = nw.when(measure <= bound).then(nw.lit(value)).otherwise(found)
        return found


@dataclass(frozen=True, kw_only=True)
class Classification(Named):
    """A named scheme that fills one attribute of candidates from what is measured.

    ``tables`` are alternatives: the first whose measure is known decides.
    ``values`` gives the words of each class. An edition names the schemes it goes
    by, and its period must end between ``valid_from`` and ``valid_to``, both
    included; None means that no such day is known.
    """

    attribute: str
    kinds: tuple[Kind, ...]
    tables: tuple[Brackets, ...]
    values: Mapping[str, Text]
    source: Text
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.kinds or not self.tables:
            raise BadDeclaration(f"{self._named} needs a kind of candidate and a table")
        for kind in self.kinds:
            self._check_attribute(kind)
        measures = [table.indicator.code for table in self.tables]
        if len(set(measures)) < len(measures):
            raise BadDeclaration(f"{self._named} has two tables by one measure")
        given = {value for table in self.tables for value in table.classes}
        if given != set(self.values):
            odd = min(given.symmetric_difference(self.values))
            raise BadDeclaration(f"{self._named}: tables and words do not agree on {odd!r}")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise BadDeclaration(f"{self._named} ends before it begins")

    def _check_attribute(self, kind: Kind) -> None:
        found = next((each for each in kind.attributes if each.code == self.attribute), None)
        if found is None or found.derived is not None:
            raise BadDeclaration(
                f"{self._named}: {kind.code!r} has no attribute {self.attribute!r} to fill"
            )
        strange = set(self.values) - set(found.values or self.values)
        if strange:
            raise BadDeclaration(
                f"{self._named}: {self.attribute!r} of {kind.code!r} is never {min(strange)!r}"
            )

    @property
    def _named(self) -> str:
        return f"Classification {self.code!r}"

    @property
    def inputs(self) -> tuple[Indicator, ...]:
        """What it measures by, the deciding measure first."""
        return tuple(table.indicator for table in self.tables)

    def is_valid_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def value(self) -> nw.Expr:
        """The class of each candidate; missing where no measure is known."""
        found = [table.value() for table in self.tables]
        return nw.coalesce(*found) if len(found) > 1 else found[0]

    def quote(self) -> Mapping[str, object]:
        """Its rules as JSON data, bounds as text, for what is sealed by their means."""
        return {
            "code": self.code,
            "attribute": self.attribute,
            "tables": [
                {
                    "indicator": table.indicator.code,
                    "steps": [[repr(float(bound)), value] for bound, value in table.steps],
                    "above": table.above,
                }
                for table in self.tables
            ],
        }
