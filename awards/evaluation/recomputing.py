"""Lifts where one candidate's figure changes the points of others.

A scale that looks at the cohort moves everybody when one figure moves, so each try is a
whole evaluation of the changed data.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.errors import PluginFault, RunRefused
from awards.evaluation.lifts import PLACE, Lever
from awards.evaluation.pipeline import evaluate
from awards.evaluation.trials import Change, allowed, changed_value, passing_over, title_steps
from awards.sdk.rulebook import RuleBook

MOST_CANDIDATES = 2_000
"""Of more candidates than this nothing is computed again for every try."""

_COARSE = tuple(16**power for power in range(6))

Outcome = Mapping[str, Any]
Key = tuple[str, float]


class Recomputed:
    """Evaluations of *table* (a snapshot) with one figure of *candidate* changed."""

    def __init__(
        self,
        table: pl.DataFrame,
        definition: CategoryDefinition,
        *,
        rulebook: RuleBook,
        candidate: str,
        history: pl.LazyFrame | None = None,
    ) -> None:
        self._table, self._definition = table, definition
        self._rulebook = passing_over(rulebook)
        self._own, self._history = pl.col("id") == candidate, history
        self._known: dict[tuple[Key, int], Outcome | None] = {}
        self.before = self._evaluated(table)

    def outcome(self, change: Change, steps: int) -> Outcome | None:
        """The candidate's row of the results after *steps* of *change*, with ``to`` and
        ``step:n``; None where the rules then give no place."""
        key = (change.key, steps)
        if key not in self._known:
            code = change.indicator.code
            new = changed_value(pl.col(code), change, pl.lit(steps, pl.Int64))
            changed = self._table.with_columns(
                pl.when(self._own).then(new).otherwise(pl.col(code)).alias(code)
            )
            to = float(changed.filter(self._own)[code].item())
            found = self._evaluated(changed)
            self._known[key] = {**found, "to": to} if found else None
        return self._known[key]

    def _evaluated(self, table: pl.DataFrame) -> Outcome | None:
        try:
            results = evaluate(
                table.lazy(), self._definition, rulebook=self._rulebook, history=self._history
            ).results
        except (RunRefused, PluginFault):  # a figure that no rule was made for
            return None
        told = title_steps(results, self._definition, rulebook=self._rulebook)
        row: Outcome = told.filter(self._own).collect().row(0, named=True)
        return row if row["place"] is not None else None

    def lifts(self, levers: Sequence[Lever]) -> Iterator[tuple[int, Change, Outcome]]:
        """For each goal and change the outcome of the fewest steps found that reach it,
        with ``raised``, the criteria whose points went up; see `LiftSearch` for what is
        found where more does not always do better."""
        if self.before is None:
            return
        for goal in (PLACE, *range(len(self._definition.ladders))):
            for lever in levers:
                steps = self._smallest(lever[0], goal)
                found = self.outcome(lever[0], steps) if steps else None
                if found and self._can_be(lever, found) and (raised := self._raised(found)):
                    yield goal, lever[0], {**found, "raised": raised}

    def _can_be(self, lever: Lever, found: Outcome) -> bool:
        own = {f"own {name}": value for name, value in (self.before or {}).items()}
        row = pl.DataFrame([{**found, **own}])
        return bool(row.select(allowed(lever[1], lever[0], rulebook=self._rulebook)).item())

    def _smallest(self, change: Change, goal: int) -> int | None:
        low = 0
        for steps in _COARSE:
            if self._reaches(change, steps, goal):
                return self._bisected(change, goal, low, steps)
            low = steps
        return None

    def _bisected(self, change: Change, goal: int, low: int, high: int) -> int:
        while high - low > 1:
            middle = (low + high) // 2
            if self._reaches(change, middle, goal):
                high = middle
            else:
                low = middle
        return high

    def _reaches(self, change: Change, steps: int, goal: int) -> bool:
        found, name = self.outcome(change, steps), "place" if goal == PLACE else f"step:{goal}"
        return bool(found and self.before and found[name] < self.before[name])

    def _raised(self, found: Outcome) -> list[str]:
        names = {leaf.code: columns.points(leaf.code) for leaf in self._definition.tree.leaves()}
        before = self.before or {}
        return [
            code
            for code, name in names.items()
            if (found[name] or 0.0) > (before[name] or 0.0) + 1e-12
        ]
