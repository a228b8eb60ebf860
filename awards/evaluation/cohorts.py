"""What scales and policies have to know of everybody: statistics of cohorts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import narwhals as nw
import numpy as np
import polars as pl

from awards.domain.definition import CategoryDefinition, Leaf, Winsorize
from awards.evaluation import columns
from awards.evaluation.engines.engine import Engine, Frame
from awards.evaluation.engines.polars import POLARS
from awards.evaluation.spread import Values, positions_in, statistics_of, winsor_bounds
from awards.evaluation.standings import ranked, standing
from awards.sdk.compiled import Reason
from awards.sdk.rulebook import RuleBook
from awards.sdk.scales import Statistic

EVERYBODY = ""
"""The one group where candidates are not put into groups."""

_STREAMED = frozenset({"minimum", "maximum", "median"})
"""None of these is a sum: the engine may take them over rows in any order."""
_POSITIONS: tuple[Statistic, ...] = ("below", "equal")
_STAND_INS = {
    "median": "median",
    "mean": "mean",
    "group-median": "median",
    "group-mean": "mean",
}


@dataclass(frozen=True)
class Figures:
    """Numbers by group, the groups being the values of the attribute ``by``."""

    by: str | None
    groups: Mapping[str, Mapping[str, float]]

    def read(self, name: str) -> nw.Expr:
        """The number that holds for a candidate; missing where its group has none."""
        known = {key: said[name] for key, said in self.groups.items() if name in said}
        if self.by is None:
            return nw.lit(known.get(EVERYBODY), dtype=nw.Float64)
        if not known:
            return nw.lit(None, dtype=nw.Float64)
        keys = sorted(known)
        values = [known[key] for key in keys]
        return nw.col(self.by).replace_strict(keys, values, default=None, return_dtype=nw.Float64)


@dataclass(frozen=True)
class Cohort:
    """What is known of the values of one criterion among the eligible.

    ``figures`` are what the scale asks for, ``bounds`` what outliers are drawn in to
    (``low`` and ``high``), ``stand_in`` what a missing value is taken to be (``value``),
    ``positions`` the columns ``below`` and ``equal``, a row for each candidate; ``asked``
    names all that the scale asks for.
    """

    figures: Figures
    bounds: Figures | None = None
    stand_in: Figures | None = None
    positions: pl.DataFrame | None = None
    asked: tuple[Statistic, ...] = ()

    def statistic(self, name: Statistic, code: str) -> nw.Expr:
        """What the scale of criterion *code* sees under *name*, once `with_inputs` was there."""
        if name in _POSITIONS or self.figures.by is not None:
            return nw.col(position(name, code)).cast(nw.Float64)
        return self.figures.read(name)

    def of_rows(self, numbers: pl.Series) -> "Cohort":
        """The same cohort beside the rows of these numbers alone."""
        if self.positions is None:
            return self
        return replace(self, positions=self.positions[numbers])


Cohorts = Mapping[str, Cohort]
"""Cohorts by criterion."""


def position(name: str, code: str) -> str:
    """Column of a statistic that is not the same for a whole cohort."""
    return f"{name}:{code}"


def imputes(leaf: Leaf) -> bool:
    """Whether a number made of others stands in for what is missing."""
    return leaf.missing in _STAND_INS


def depends_on_others(leaf: Leaf, *, rulebook: RuleBook) -> bool:
    """Whether the points of one candidate may change with the values of others."""
    asks = bool(rulebook.scale(leaf.scale.code).statistics)
    return asks or imputes(leaf) or leaf.winsorize is not None


def treated(leaf: Leaf, cohort: Cohort) -> nw.Expr:
    """The raw value, drawn in to the bounds of its cohort where it is winsorized."""
    raw = nw.col(columns.raw(leaf.code))
    return raw if cohort.bounds is None else _drawn_in(raw, cohort.bounds)


def _drawn_in(raw: nw.Expr, bounds: Figures) -> nw.Expr:
    low, high = bounds.read("low"), bounds.read("high")
    return nw.when(raw > high).then(high).otherwise(nw.when(raw < low).then(low).otherwise(raw))


def effective(leaf: Leaf, cohort: Cohort) -> nw.Expr:
    """What the scale sees: the treated value, or what stands in for a missing one."""
    value = treated(leaf, cohort)
    if cohort.stand_in is None:
        return value
    return nw.when(unknown(leaf)).then(cohort.stand_in.read("value")).otherwise(value)


def unknown(leaf: Leaf) -> nw.Expr:
    """Whether the question arises but there is no value."""
    reason = nw.col(columns.reason(leaf.code))
    return nw.col(columns.raw(leaf.code)).is_null() & (reason != int(Reason.NOT_APPLICABLE))


def cohort_statistics(
    measured: Frame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    engine: Engine = POLARS,
) -> Cohorts:
    """The cohort of each criterion: candidates that are still eligible and have a value.

    Values are read one criterion at a time, and only where more than the lowest, the
    highest and the median of everybody is asked for. Neither order nor threads can
    change a statistic.
    """
    judged = measured.with_columns(standing=standing(definition))
    asked = {
        leaf.code: rulebook.scale(leaf.scale.code).statistics for leaf in definition.tree.leaves()
    }
    plain = [leaf for leaf in definition.tree.leaves() if _is_plain(leaf, asked[leaf.code])]
    found = _streamed(judged, plain, asked, engine=engine)
    return {
        leaf.code: found.get(leaf.code) or _gathered(judged, leaf, asked[leaf.code], engine=engine)
        for leaf in definition.tree.leaves()
    }


def with_inputs(
    measured: Frame, definition: CategoryDefinition, cohorts: Cohorts, *, engine: Engine = POLARS
) -> Frame:
    """*measured* with all that scales see and that is not the same for everybody.

    Columns of their own: a scale may write its value many times over, and as one
    expression every use would compute it anew.
    """
    beside = [each.positions for each in cohorts.values() if each.positions is not None]
    if beside:
        measured = engine.beside(measured, pl.concat(beside, how="horizontal"))
    found: dict[str, nw.Expr] = {}
    for leaf in definition.tree.leaves():
        cohort = cohorts[leaf.code]
        if _has_input(leaf):
            found[_input(leaf.code)] = effective(leaf, cohort)
        if leaf.cohort is not None:
            asked = [name for name in cohort.asked if name not in _POSITIONS]
            found |= {position(name, leaf.code): cohort.figures.read(name) for name in asked}
    return measured.with_columns(**found) if found else measured


def scale_value(leaf: Leaf) -> nw.Expr:
    """What the scale is given, once `with_inputs` was there."""
    return nw.col(_input(leaf.code) if _has_input(leaf) else columns.raw(leaf.code))


def _has_input(leaf: Leaf) -> bool:
    return imputes(leaf) or leaf.winsorize is not None


def _input(code: str) -> str:
    return f"input:{code}"


def _is_plain(leaf: Leaf, asked: Sequence[Statistic]) -> bool:
    simple = leaf.cohort is None and leaf.winsorize is None and set(asked) <= _STREAMED
    return simple and (leaf.missing == "median" or not imputes(leaf))


def _streamed(
    judged: Frame,
    leaves: Sequence[Leaf],
    asked: Mapping[str, Sequence[Statistic]],
    *,
    engine: Engine,
) -> dict[str, Cohort]:
    wanted = {
        leaf.code: {*asked[leaf.code], *(["median"] if imputes(leaf) else [])} for leaf in leaves
    }
    found: dict[str, nw.Expr] = {}
    for code, names in wanted.items():
        raw = nw.when(ranked()).then(nw.col(columns.raw(code)))
        said = {"minimum": raw.min(), "maximum": raw.max(), "median": raw.median()}
        found |= {f"{name}:{code}": said[name] for name in sorted(names)}
    row = engine.figures(judged, **found) if found else {}
    return {leaf.code: _plain_cohort(leaf, wanted[leaf.code], row) for leaf in leaves}


def _plain_cohort(leaf: Leaf, names: set[str], row: Mapping[str, float | None]) -> Cohort:
    known = {name: row[f"{name}:{leaf.code}"] for name in sorted(names)}
    said = {name: value for name, value in known.items() if value is not None}
    median = {"value": said["median"]} if imputes(leaf) and "median" in said else {}
    stand_in = Figures(None, {EVERYBODY: median}) if imputes(leaf) else None
    return Cohort(Figures(None, {EVERYBODY: said}), stand_in=stand_in)


def _gathered(judged: Frame, leaf: Leaf, asked: Sequence[Statistic], *, engine: Engine) -> Cohort:
    table, bounds = _values(judged, leaf, engine=engine), None
    if leaf.winsorize is not None:
        bounds = Figures(leaf.cohort, _drawn_in_to(table, leaf.winsorize))
        table = _with_drawn_in(table, bounds)
    cohorts = _ordered(table, "cohort")
    figures = {key: statistics_of(each, asked) for key, each in cohorts.items()}
    found = Cohort(Figures(leaf.cohort, figures), bounds, asked=tuple(asked))
    if imputes(leaf):
        found = replace(found, stand_in=_stand_in(table, leaf))
    if set(asked) & set(_POSITIONS):
        seen = _seen(judged, leaf, found, engine=engine)
        found = replace(found, positions=_positions(seen, leaf, cohorts))
    return found


def _values(judged: Frame, leaf: Leaf, *, engine: Engine) -> pl.DataFrame:
    """``value`` of the eligible that have one, and their ``cohort`` and ``group`` where
    those are not everybody."""
    raw = columns.raw(leaf.code)
    keys = {"cohort": leaf.cohort, "group": _grouped_by(leaf)}
    named = {name: nw.col(by) for name, by in keys.items() if by is not None}
    known = judged.filter(ranked() & nw.col(raw).is_finite())
    table = engine.table(known, value=nw.col(raw), **named)
    if leaf.cohort is not None:
        table = table.filter(pl.col("cohort").is_not_null())
    return table.collect(engine="streaming")


def _grouped_by(leaf: Leaf) -> str | None:
    return leaf.missing_by if leaf.missing.startswith("group-") else None


def _ordered(table: pl.DataFrame, by: str) -> dict[str, Values]:
    """The values of each group by *by*, rising."""
    parts = _parts(table, by)
    return {key: np.sort(each["value"].to_numpy()) for key, each in parts.items() if each.height}


def _parts(table: pl.DataFrame, by: str) -> dict[str, pl.DataFrame]:
    """*table* by the values of *by*; whole where it has no such column."""
    if by not in table.columns:
        return {EVERYBODY: table}
    parts = table.drop_nulls(by).partition_by(by, as_dict=True)
    return {str(key): parts[(key,)] for key in sorted(key for (key,) in parts)}


def _drawn_in_to(table: pl.DataFrame, rule: Winsorize) -> dict[str, dict[str, float]]:
    bounds = {key: winsor_bounds(each, rule) for key, each in _ordered(table, "cohort").items()}
    return {key: {"low": low, "high": high} for key, (low, high) in bounds.items()}


def _with_drawn_in(table: pl.DataFrame, bounds: Figures) -> pl.DataFrame:
    here = replace(bounds, by=None if bounds.by is None else "cohort")
    frame = nw.from_native(table, eager_only=True)
    return frame.with_columns(value=_drawn_in(nw.col("value"), here)).to_native()


def _stand_in(table: pl.DataFrame, leaf: Leaf) -> Figures:
    """The mean or median, of everybody or of each group."""
    statistic = _STAND_INS[leaf.missing]
    found = {
        key: {"value": statistics_of(each, [statistic])[statistic]}
        for key, each in _ordered(table, "group").items()
    }
    return Figures(_grouped_by(leaf), found)


def _seen(judged: Frame, leaf: Leaf, cohort: Cohort, *, engine: Engine) -> pl.DataFrame:
    """What the scale sees of every candidate: ``row``, ``value`` and ``cohort``."""
    keys = {} if leaf.cohort is None else {"cohort": nw.col(leaf.cohort)}
    query = engine.table(judged, value=effective(leaf, cohort), **keys)
    return query.with_row_index("row").collect(engine="streaming")


def _positions(seen: pl.DataFrame, leaf: Leaf, cohorts: Mapping[str, Values]) -> pl.DataFrame:
    """``below`` and ``equal`` of every candidate, missing where it has no value or no cohort."""
    found = np.zeros((2, seen.height), np.uint32)
    counted = np.zeros(seen.height, np.bool_)
    known = seen.filter(pl.col("value").is_not_null())
    for key, part in _parts(known, "cohort").items():
        if key in cohorts:
            rows = part["row"].to_numpy()
            found[:, rows] = positions_in(part["value"].to_numpy(), cohorts[key])
            counted[rows] = True
    named = {position(name, leaf.code): each for name, each in zip(_POSITIONS, found, strict=True)}
    return pl.DataFrame(named).select(pl.when(pl.Series(counted)).then(pl.all()).name.keep())
