"""What contributions to social security amount to, and since when: figures as data.

The figures and where they come from stand in the folder ``data``.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "contributions.toml"
_PERCENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Rate:
    """What one payer owes to one scheme for a segment of workers.

    ``percent`` is of the wage or the declared income; ``least_rupiah`` and
    ``most_rupiah`` bound the monthly sum. ``payer`` is employer, worker,
    government, or the scheme whose contributions are moved here. ``computed``
    says that the figure follows from two that sources state.
    """

    scheme: str
    segment: str
    payer: str
    source: str
    group: str | None = None
    percent: Decimal | None = None
    least_rupiah: int | None = None
    most_rupiah: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    computed: bool = False

    def is_valid_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class ConstructionContribution:
    """Whole contributions for a contract, in rupiah."""

    jkk: Decimal
    jkm: Decimal


def rates(on: date) -> tuple[Rate, ...]:
    """The rates that hold on the day, in the order of the file."""
    return tuple(each for each in _rates() if each.is_valid_on(on))


def pension_wage_cap(on: date) -> int | None:
    """The highest monthly wage in rupiah that JP is taken of; None where no source
    that was seen says."""
    for each in _data()["wage_caps"]:
        begun = each.get("valid_from", date.min) <= on
        if begun and on <= each.get("valid_to", date.max):
            return int(each["rupiah"])
    return None


def least_for_self_employed(on: date) -> int:
    """The least monthly contribution to JKK and JKM of a worker without wage, rupiah."""
    least = [
        each.least_rupiah or 0
        for each in rates(on)
        if each.segment == "self-employed" and each.scheme in ("jkk", "jkm")
    ]
    return sum(least)


def construction_contribution(contract: Decimal | int) -> ConstructionContribution:
    """Contributions for a construction contract worth *contract* rupiah, wages unknown.

    Marginal: each slice of the value has a rate of its own. Raises `ValueError` for
    a value below zero.
    """
    if contract < 0:
        raise ValueError(f"a contract cannot be worth {contract} rupiah")
    jkk = jkm = Decimal(0)
    for amount, bracket in _slices(Decimal(contract)):
        jkk += amount * Decimal(bracket["jkk"]) * _PERCENT
        jkm += amount * Decimal(bracket["jkm"]) * _PERCENT
    return ConstructionContribution(jkk=jkk, jkm=jkm)


def _slices(contract: Decimal) -> Iterator[tuple[Decimal, dict[str, Any]]]:
    """How much of *contract* falls into each bracket."""
    low = Decimal(0)
    for bracket in _data()["construction"]:
        high = min(contract, Decimal(bracket.get("up_to", contract)))
        if high > low:
            yield high - low, bracket
            low = high


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _rates() -> tuple[Rate, ...]:
    found = []
    for each in _data()["rates"]:
        percent = Decimal(each["percent"]) if "percent" in each else None
        found.append(Rate(**each | {"percent": percent}))
    return tuple(found)
