"""How many more of one count would lead a candidate to a total.

Totals are computed by the rules themselves on the raised count, so every criterion
that reads it has its say. Exact for weighted sums whose criteria use scales without
cohort statistics: one candidate's change then changes no other's points.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.definition import CategoryDefinition, Group, Leaf
from awards.evaluation import columns
from awards.evaluation.cohorts import depends_on_others
from awards.evaluation.gates import compile_requirement, is_passed, stands_alone
from awards.evaluation.rows import compile_leaf
from awards.sdk.compiled import check_parameters
from awards.sdk.rulebook import RuleBook
from awards.sdk.scales import ScaleInput
from awards.sdk.types import Criterion, Indicator

MOST = 2**13
"""Changes beyond this many are not "a few"."""

_COUNTED = "people"
_MORE = "more"
_PARTS = 16


@dataclass(frozen=True)
class Lever:
    """A count of people, and the criteria that read it."""

    indicator: Indicator
    leaves: tuple[Leaf, ...]


def levers_of(definition: CategoryDefinition, *, rulebook: RuleBook) -> tuple[Lever, ...]:
    """The counts of people whose change has an exact effect on totals."""
    plain = {leaf.code for leaf in _in_weighted_sums(definition.tree)}
    readers: dict[str, list[Leaf]] = {}
    counts: dict[str, Indicator] = {}
    for leaf in definition.tree.leaves():
        for each in rulebook.inputs_of(leaf):
            readers.setdefault(each.code, []).append(leaf)
            if each.type is int and each.unit == _COUNTED and each.tally is None:
                counts[each.code] = each
    return tuple(
        Lever(indicator, tuple(readers[code]))
        for code, indicator in counts.items()
        if all(leaf.code in plain and _is_fixed(leaf, rulebook) for leaf in readers[code])
    )


def _in_weighted_sums(group: Group) -> Iterator[Leaf]:
    if group.aggregation.code != "arithmetic":
        return
    for child in group.children:
        if isinstance(child, Leaf):
            yield child
        else:
            yield from _in_weighted_sums(child)


def _is_fixed(leaf: Leaf, rulebook: RuleBook) -> bool:
    """Whether the points of one candidate depend on nobody else."""
    return not depends_on_others(leaf, rulebook=rulebook)


def reach_goals(
    rows: pl.DataFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.DataFrame:
    """*rows* (results, attributes, indicators and a ``goal``) with the smallest change.

    Adds ``indicator``, ``more`` (how many) and ``reached`` (the total), all missing
    where no single count reaches the goal. Where a change does not always add to the
    total, the one found reaches the goal, but a smaller one may too.
    """
    best = pl.DataFrame({"row": range(rows.height)}, schema={"row": pl.Int64}).with_columns(
        indicator=pl.lit(None, pl.String),
        more=pl.lit(None, pl.Int64),
        reached=pl.lit(None, pl.Float64),
    )
    numbered = rows.with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64))
    for lever in levers_of(definition, rulebook=rulebook):
        found = _Search(numbered, lever, definition, rulebook).smallest()
        found = best.select("row").join(found, on="row", how="left", maintain_order="left")
        better = found["more"].is_not_null() & (
            best["more"].is_null() | (found["more"] < best["more"])
        )
        best = best.with_columns(
            pl.when(better).then(found[name]).otherwise(pl.col(name)).alias(name)
            for name in ("indicator", "more", "reached")
        )
    return rows.with_columns(best["indicator"], best["more"], best["reached"])


class _Search:
    """The smallest change of one count for each row: first the powers of two, then the
    bracket divided again and again. All tries of a round are computed in one table."""

    def __init__(
        self, rows: pl.DataFrame, lever: Lever, definition: CategoryDefinition, rulebook: RuleBook
    ) -> None:
        self._rows, self._lever = rows.drop_nulls(lever.indicator.code), lever
        self._definition, self._rulebook = definition, rulebook

    def smallest(self) -> pl.DataFrame:
        """``row``, ``indicator``, ``more`` and ``reached`` of the rows that can."""
        powers = pl.DataFrame({_MORE: [2**power for power in range(MOST.bit_length())]})
        brackets = self._first_reaching(self._rows.select("row").join(powers, how="cross"))
        while brackets.filter(pl.col(_MORE) - pl.col("low") > 1).height:
            brackets = self._first_reaching(_divided(brackets))
        found = self._tried(brackets.select("row", _MORE)).filter("allowed")
        code = pl.lit(self._lever.indicator.code)
        return found.select("row", _MORE, indicator=code, reached="after")

    def _first_reaching(self, tries: pl.DataFrame) -> pl.DataFrame:
        """Of each row's *tries* the first that reaches its goal, and the one before, or
        0, as ``low``."""
        tried = self._tried(tries.sort("row", _MORE))
        low = pl.col(_MORE).shift(1).over("row")
        if "low" in tries.columns:
            low = pl.coalesce(low, "low")
        before = tried.with_columns(low=low.fill_null(0))
        return before.filter("reaches").unique("row", keep="first", maintain_order=True)

    def _tried(self, tries: pl.DataFrame) -> pl.DataFrame:
        """*tries* with the total that each leads to (``after``), missing where the rules
        then treat the candidate otherwise; whether that is the goal or more; and whether
        the change is allowed: within bounds, and all gates passed."""
        code = self._lever.indicator.code
        joined = tries.join(self._rows, on="row", maintain_order="left")
        raised = joined.with_columns((pl.col(code) + pl.col(_MORE)).alias(code))
        frame = nw.from_native(raised, eager_only=True)
        # One column after the other: as one expression, every use computes it anew.
        for step in (self._measured(), self._points(), self._gains()):
            frame = frame.with_columns(**step)
        known = [each for each in ("row", _MORE, "low", "goal") if each in joined.columns]
        found = frame.select(*known, after=self._after(), allowed=self._allowed()).to_native()
        quanta = (pl.col("after") * QUANTA).round() >= (pl.col("goal") * QUANTA).round()
        return found.with_columns(
            pl.col("allowed").fill_null(value=False), reaches=quanta.fill_null(value=False)
        )

    def _measured(self) -> dict[str, nw.Expr]:
        found: dict[str, nw.Expr] = {}
        for leaf in self._lever.leaves:
            compiled = compile_leaf(leaf, rulebook=self._rulebook)
            found |= {_new("raw", leaf): compiled.raw, _new("reason", leaf): compiled.reason}
        for use in self._definition.gates:
            if stands_alone(use, rulebook=self._rulebook):
                found[columns.gate(use.key)] = compile_requirement(use, rulebook=self._rulebook)
        return found

    def _points(self) -> dict[str, nw.Expr]:
        found: dict[str, nw.Expr] = {}
        for leaf in self._lever.leaves:
            scale = self._rulebook.scale(leaf.scale.code)
            given = ScaleInput(
                value=nw.col(_new("raw", leaf)),
                cohort={},
                attribute=nw.col,
                less_is_better=self._rulebook.criterion(leaf.code).less_is_better,
            )
            parameters = check_parameters(scale.parameters, leaf.scale.parameters, leaf.code)
            found[_new("points", leaf)] = scale.points(given, parameters).cast(nw.Float64)
        return found

    def _gains(self) -> dict[str, nw.Expr]:
        """What each criterion adds to the total; missing where it counts otherwise than
        before, nothing where it has no points before and after."""
        found: dict[str, nw.Expr] = {}
        for leaf in self._lever.leaves:
            points, before = nw.col(_new("points", leaf)), nw.col(columns.points(leaf.code))
            alike = nw.col(_new("reason", leaf)) == nw.col(columns.reason(leaf.code))
            gain = nw.col(columns.weight(leaf.code)) / 100.0 * (points - before)
            absent = points.is_null() & before.is_null()
            known = nw.when(absent).then(nw.lit(0.0)).otherwise(gain)
            found[_new("gain", leaf)] = nw.when(alike).then(known)
        return found

    def _after(self) -> nw.Expr:
        total = nw.col("total")
        for leaf in self._lever.leaves:
            total = total + nw.col(_new("gain", leaf))
        return total

    def _allowed(self) -> nw.Expr:
        allowed = self._bounded()
        for use in self._definition.gates:
            if use.decides == "standing":
                allowed = allowed & is_passed(columns.gate(use.key))
        for leaf in self._lever.leaves:
            if _is_share_of_people(self._rulebook.criterion(leaf.code)):
                raw = nw.col(_new("raw", leaf))
                kept = (raw <= 1.0) | (raw <= nw.col(columns.raw(leaf.code)))
                allowed = allowed & nw.coalesce(kept, nw.lit(value=True))
        return allowed

    def _bounded(self) -> nw.Expr:
        most = self._lever.indicator.maximum
        return nw.lit(value=True) if most is None else nw.col(self._lever.indicator.code) <= most


def _new(what: str, leaf: Leaf) -> str:
    return f"new {what}:{leaf.code}"


def _divided(brackets: pl.DataFrame) -> pl.DataFrame:
    """Tries that divide each bracket, from above ``low`` to ``more``, evenly."""
    parts = pl.DataFrame({"part": range(1, _PARTS + 1)})
    width = pl.col(_MORE) - pl.col("low")
    step = (width * pl.col("part") + _PARTS - 1) // _PARTS
    tries = brackets.select("row", "low", _MORE).join(parts, how="cross")
    return tries.select("row", "low", (pl.col("low") + step).alias(_MORE)).unique()


def _is_share_of_people(criterion: Criterion) -> bool:
    """A ratio of two counts of people, which cannot pass the whole."""
    units = [each.unit for each in criterion.inputs]
    return criterion.unit == "ratio" and units == [_COUNTED] * 2 and criterion.parameters is None
