"""The smallest change of one figure that lifts a candidate one place or one title.

For every criterion, each figure that it reads is a lever: counts one by one, other
figures in steps of `step_of`. The direction is the criterion's own (up, or down where
less is better); where that raises its points nowhere, the other way is tried.
"""

from functools import reduce

import polars as pl

from awards.domain.definition import CategoryDefinition, Leaf
from awards.evaluation import columns
from awards.evaluation.trials import CHANGE, STEPS, Change, Trials, allowed
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Indicator

MOST = 2**20
"""Changes of more steps than this are not looked for."""

PLACE = -1
"""The goal "one place up"; other goals number the ladders."""

_PARTS = 16
_PAIR = ["row", CHANGE]
_STEPS_BY_UNIT = {"ratio": 1e-4, "rupiah": 1.0, "thousand_rupiah": 1.0, "million_rupiah": 1.0}
_FULL = 100.0 - 1e-9

Lever = tuple[Change, list[Leaf]]
"""A figure to change, and the criteria that read it."""


def step_of(indicator: Indicator) -> float:
    """One for counts and rupiah, a hundredth of a percent for ratios, else a hundredth."""
    return 1.0 if indicator.type is int else _STEPS_BY_UNIT.get(indicator.unit, 0.01)


def facts_of(
    judged: pl.DataFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """From *judged* (results, attributes and indicators of some ranked candidates) what
    tries start from, and what they are compared with, both numbered by ``row``."""
    numbered = judged.with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64))
    kind = rulebook.kind(definition.kind)
    known = [each.code for each in (*kind.attributes, *rulebook.indicators_of(definition))]
    own = [columns.points(leaf.code) for leaf in definition.tree.leaves()]
    own += [columns.raw(leaf.code) for leaf in definition.tree.leaves()]
    own += ["place", *(f"step:{step}" for step in range(len(definition.ladders)))]
    beside = numbered.select("row", *(pl.col(name).alias(f"own {name}") for name in own))
    return numbered.select("row", "id", *known), beside


class LiftSearch:
    """The search for some candidates at once: first the powers of two, then the bracket
    between the last that does not reach and the first that does, divided again and again.

    Where more does not always do better, the change found reaches the goal and one step
    less does not, but a smaller one elsewhere may reach it too.
    """

    def __init__(
        self,
        trials: Trials,
        facts: pl.DataFrame,
        own: pl.DataFrame,
        *,
        definition: CategoryDefinition,
        rulebook: RuleBook,
    ) -> None:
        self._trials, self._facts, self._own = trials, facts, own
        self._leaves, self._rulebook = list(definition.tree.leaves()), rulebook
        self._goals = [PLACE, *range(len(definition.ladders))]
        self.readers: list[Lever] = []

    def find(self) -> pl.DataFrame:
        """``row``, ``goal``, ``change`` (number in `readers`), ``steps``, ``to``, ``total``,
        ``place``, ``step:n`` and ``raised`` (codes of criteria) of what lifts."""
        first = self._first()
        brackets = pl.concat(self._reached(first, goal) for goal in self._goals)
        while (wide := brackets.filter(pl.col(STEPS) - pl.col("low") > 1)).height:
            done = brackets.filter(pl.col(STEPS) - pl.col("low") <= 1)
            tries = _divided(wide)
            found = self._tried(tries.select(*_PAIR, STEPS).unique())
            narrower = pl.concat(
                self._reached(
                    tries.filter(pl.col("goal") == goal).join(found, on=[*_PAIR, STEPS]), goal
                )
                for goal in self._goals
            )
            brackets = pl.concat([done, narrower])
        return self._lifting(brackets)

    def _first(self) -> pl.DataFrame:
        """The powers of two of every figure, in its criterion's direction; then of those
        that raise nothing that way, in the other."""
        self._declare(opposite=False)
        tried = self._tried(self._pairs(range(len(self.readers))))
        start = len(self.readers)
        self._declare(opposite=True)
        pairs = self._unraised(tried, start)
        if pairs.is_empty():
            return tried
        return pl.concat([tried, self._tried(_powers(pairs))])

    def _declare(self, *, opposite: bool) -> None:
        known = {change.key for change, _ in self.readers}
        levers = _levers(self._leaves, self._rulebook, opposite=opposite)
        self.readers += [each for each in levers if each[0].key not in known]
        self._trials.changes = [change for change, _ in self.readers]

    def _pairs(self, numbers: range) -> pl.DataFrame:
        found = [
            self._facts.filter(pl.col(self.readers[at][0].indicator.code).is_not_null()).select(
                "row", pl.lit(at, pl.Int32).alias(CHANGE)
            )
            for at in numbers
        ]
        return _powers(pl.concat(found))

    def _unraised(self, tried: pl.DataFrame, start: int) -> pl.DataFrame:
        """Pairs in the other direction, for criteria that nothing raised so far and that
        have points to gain."""
        found = [pl.DataFrame(schema={"row": pl.Int64, CHANGE: pl.Int32})]
        for leaf in self._leaves:
            points = pl.col(f"own {columns.points(leaf.code)}")
            open_ = self._own.filter(points < _FULL).select("row")
            raised = tried.filter(_raises(leaf)).select("row")
            rest = open_.join(raised, on="row", how="anti")
            for at, (change, readers) in enumerate(self.readers):
                if at >= start and leaf in readers:
                    there = self._facts.filter(pl.col(change.indicator.code).is_not_null())
                    few = rest.join(there.select("row"), on="row", how="semi")
                    found.append(few.with_columns(pl.lit(at, pl.Int32).alias(CHANGE)))
        return pl.concat(found).unique(maintain_order=True)

    def _tried(self, tries: pl.DataFrame) -> pl.DataFrame:
        found = self._trials.outcomes(tries.sort(*_PAIR, STEPS))
        return found.join(self._own, on="row", how="left", maintain_order="left")

    def _reached(self, tried: pl.DataFrame, goal: int) -> pl.DataFrame:
        """Of each pair the first try that reaches *goal*, and the one before as ``low``."""
        low = pl.col(STEPS).shift(1).over(_PAIR)
        if "low" in tried.columns:
            low = pl.coalesce(low, "low")
        ordered = tried.sort(*_PAIR, STEPS).with_columns(low=low.fill_null(0))
        first = ordered.filter(better(goal)).unique(_PAIR, keep="first", maintain_order=True)
        return first.select(*_PAIR, STEPS, "low", goal=pl.lit(goal, pl.Int32))

    def _lifting(self, brackets: pl.DataFrame) -> pl.DataFrame:
        wanted = brackets.select(*_PAIR, STEPS, "goal")
        found = wanted.join(self._tried(wanted.drop("goal").unique()), on=[*_PAIR, STEPS])
        kept = found.filter(self._allowed()).with_columns(raised=self._raised())
        steps = [name for name in kept.columns if name.startswith("step:")]
        told = kept.select("row", "goal", CHANGE, STEPS, "to", "total", "place", *steps, "raised")
        return told.filter(pl.col("raised").list.len() > 0).sort("row", "goal", CHANGE)

    def _allowed(self) -> pl.Expr:
        cases = [
            (pl.col(CHANGE) == at) & allowed(leaves, change, rulebook=self._rulebook)
            for at, (change, leaves) in enumerate(self.readers)
        ]
        return reduce(lambda one, other: one | other, cases)

    def _raised(self) -> pl.Expr:
        codes = [pl.when(_raises(leaf)).then(pl.lit(leaf.code)) for leaf in self._leaves]
        return pl.concat_list(codes).list.drop_nulls()


def natural_levers(definition: CategoryDefinition, *, rulebook: RuleBook) -> list[Lever]:
    """Every figure that criteria read, each in the direction of its criterion."""
    return _levers(list(definition.tree.leaves()), rulebook, opposite=False)


def _levers(leaves: list[Leaf], rulebook: RuleBook, *, opposite: bool) -> list[Lever]:
    found: dict[tuple[str, float], Lever] = {}
    for leaf in leaves:
        criterion = rulebook.criterion(leaf.code)
        sign = -1 if criterion.less_is_better != opposite else 1
        for indicator in criterion.inputs:
            change = Change(indicator, sign * step_of(indicator))
            found.setdefault(change.key, (change, []))[1].append(leaf)
    return list(found.values())


def better(goal: int) -> pl.Expr:
    """Whether a try reaches *goal*: a better place, or a higher title, than its own."""
    name = "place" if goal == PLACE else f"step:{goal}"
    reached = (pl.col(name) < pl.col(f"own {name}")) & pl.col("place").is_not_null()
    return reached.fill_null(value=False)


def _raises(leaf: Leaf) -> pl.Expr:
    points = columns.points(leaf.code)
    return (pl.col(points) > pl.col(f"own {points}") + 1e-12).fill_null(value=False)


def _powers(pairs: pl.DataFrame) -> pl.DataFrame:
    powers = pl.DataFrame({STEPS: [2**power for power in range(MOST.bit_length())]})
    return pairs.join(powers, how="cross")


def _divided(brackets: pl.DataFrame) -> pl.DataFrame:
    """Tries that divide each bracket, from above ``low`` to ``steps``, evenly."""
    parts = pl.DataFrame({"part": range(1, _PARTS + 1)})
    width = pl.col(STEPS) - pl.col("low")
    step = (width * pl.col("part") + _PARTS - 1) // _PARTS
    tries = brackets.join(parts, how="cross")
    divided = tries.select(*_PAIR, "goal", "low", (pl.col("low") + step).alias(STEPS))
    return divided.unique(maintain_order=True)
