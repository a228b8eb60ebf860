"""Candidates of two runs, each with what every criterion and value did to its total."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from awards.domain.differences import Moved, Share, ValueChange
from awards.evaluation import columns
from awards.evaluation.columns import Standing
from awards.evaluation.contributions import contribution
from awards.evaluation.differences import Sides
from awards.sdk.compiled import Outcome
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Indicator
from awards.services.sealed import SealedRun

_SMALL = 0.5e-9
Row = Mapping[str, Any]


class Moves:
    """Tells of candidates by rows of `compare_results`, with names, the values that
    differ in the snapshots, and what stood in for others."""

    def __init__(self, before: SealedRun, after: SealedRun, *, rulebook: RuleBook) -> None:
        self._before, self._after, self._rulebook = before, after, rulebook
        self._sides = Sides(before.definition, after.definition)
        gates = [each.key for run in (before, after) for each in run.definition.gates]
        self._gates = tuple(dict.fromkeys(gates))

    def told(self, rows: pl.DataFrame) -> tuple[Moved, ...]:
        """The candidates of *rows*, in that order."""
        ids = rows["id"].to_list()
        names = names_of(self._before, ids) | names_of(self._after, ids)
        old, new = self._values(self._before, ids), self._values(self._after, ids)
        stood_in = self._sources(ids)
        return tuple(
            self._moved(row, names, (old.get(row["id"], {}), new.get(row["id"], {})), stood_in)
            for row in rows.iter_rows(named=True)
        )

    def _moved(
        self,
        row: Row,
        names: Mapping[str, str | None],
        values: tuple[Row, Row],
        stood_in: Mapping[tuple[str, str], str],
    ) -> Moved:
        shares = tuple(
            self._share(row, code, values, stood_in.get((row["id"], code)))
            for code in self._sides.codes
            if row[f"cause:{code}"] is not None
        )
        most = max(shares, key=lambda each: abs(each.difference), default=None)
        return Moved(
            id=row["id"],
            name=names.get(row["id"]) or row["id"],
            standing=(_standing(row["before standing"]), _standing(row["after standing"])),
            place=(row["before place"], row["after place"]),
            total=(row["before total"], row["after total"]),
            through=most.criterion if most else None,
            shares=shares,
            gates=tuple(
                (code, *outcomes)
                for code in self._gates
                if len(set(outcomes := _pair(row, columns.gate(code), _outcome))) > 1
            ),
        )

    def _share(self, row: Row, code: str, values: tuple[Row, Row], source: str | None) -> Share:
        criterion = self._rulebook.criterion(code)
        return Share(
            criterion=code,
            words=criterion.title,
            cause=row[f"cause:{code}"],
            difference=row[f"difference:{code}"],
            by_points=row[f"by_points:{code}"],
            by_weight=row[f"by_weight:{code}"],
            contribution=_pair(row, contribution(code)),
            points=_pair(row, columns.points(code)),
            weight=_pair(row, columns.weight(code)),
            raw=_pair(row, columns.raw(code)),
            values=tuple(
                ValueChange(
                    indicator=each.code,
                    words=each.title,
                    unit=each.unit,
                    before=values[0].get(each.code),
                    after=values[1].get(each.code),
                )
                for each in criterion.inputs
                if _differ(values[0].get(each.code), values[1].get(each.code))
            ),
            source=source,
        )

    def _values(self, run: SealedRun, ids: Sequence[str]) -> Mapping[str, Row]:
        present = run.tables.table.collect_schema().names()
        wanted = [each.code for each in self._indicators() if each.code in present]
        few = run.tables.table.filter(pl.col("id").is_in(list(ids))).select("id", *wanted)
        return {row["id"]: row for row in few.collect().iter_rows(named=True)}

    def _indicators(self) -> tuple[Indicator, ...]:
        found = {
            each.code: each
            for code in self._sides.codes
            for each in self._rulebook.criterion(code).inputs
        }
        return tuple(found.values())

    def _sources(self, ids: Sequence[str]) -> Mapping[tuple[str, str], str]:
        own = self._after.tables.sources.filter(pl.col("id").is_in(list(ids))).collect()
        return {(row["id"], row["criterion"]): row["source"] for row in own.iter_rows(named=True)}


def names_of(run: SealedRun, ids: Sequence[str]) -> dict[str, str | None]:
    """The names of those of *ids* that the run's data name."""
    table = run.tables.table
    if "name" not in table.collect_schema().names():
        return {}
    few = table.filter(pl.col("id").is_in(list(ids)) & pl.col("name").is_not_null())
    return dict(few.select("id", "name").collect().iter_rows())


def _pair(row: Row, column: str, told: Any = None) -> tuple[Any, Any]:
    pair = row.get(f"before {column}"), row.get(f"after {column}")
    return (told(pair[0]), told(pair[1])) if told else pair


def _differ(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > _SMALL


def _standing(code: int | None) -> str:
    return "" if code is None else Standing(code).name.lower().replace("_", " ")


def _outcome(code: int | None) -> str:
    return "" if code is None else Outcome(code).name.lower().replace("_", " ")
