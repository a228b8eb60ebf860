"""What would lift candidates of a run one place, or one title or class."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.domain.explained import Goal, Lift, WhyNot
from awards.domain.text import Text
from awards.evaluation.lifts import PLACE, LiftSearch, facts_of, natural_levers
from awards.evaluation.near_misses import judged_table
from awards.evaluation.recomputing import MOST_CANDIDATES, Recomputed
from awards.evaluation.trials import Change, Rivals, Trials, depends_on_others, title_steps
from awards.sdk.compiled import check_parameters
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import SealedRun

AT_ONCE = 250
"""So many candidates are searched for in one go."""

Found = Sequence[tuple[int, Change, Mapping[str, Any]]]


class Lifting:
    """What lifts candidates of one run. Each goal that is still open has lifts, one for
    each figure that alone reaches it, or says why there is none.

    Exact: an evaluation of the data with that one figure changed gives this place and
    total. Where points depend on others each try is such an evaluation, and nothing is
    said of runs with more than `MOST_CANDIDATES` candidates, nor of several at once.
    """

    def __init__(self, sealed: SealedRun, *, rulebook: RuleBook) -> None:
        self._sealed, self._rulebook = sealed, rulebook
        self._definition = sealed.definition
        self.depends = depends_on_others(self._definition, rulebook=rulebook)
        self._words = _titles(self._definition, rulebook)
        ladders = self._definition.ladders
        self._ladders = tuple(rulebook.ladder(each.code).title for each in ladders)

    def of(self, candidate: str) -> tuple[Goal, ...]:
        """The goals of *candidate*; none where it has no place."""
        return self.of_all([candidate]).get(candidate, ())

    def of_all(self, candidates: Sequence[str]) -> Mapping[str, tuple[Goal, ...]]:
        """The goals of every one of *candidates* that has a place."""
        if self.depends:
            return {each: goals for each in candidates if (goals := self._recomputed(each))}
        rivals = Rivals(self._sealed.tables.results, self._definition)
        found: dict[str, tuple[Goal, ...]] = {}
        for start in range(0, len(candidates), AT_ONCE):
            found |= self._tried(candidates[start : start + AT_ONCE], rivals)
        return found

    def _tried(self, some: Sequence[str], rivals: Rivals) -> Mapping[str, tuple[Goal, ...]]:
        judged = self._judged(pl.col("id").is_in(list(some)) & pl.col("place").is_not_null())
        if judged.is_empty():
            return {}
        facts, own = facts_of(judged, self._definition, rulebook=self._rulebook)
        trials = Trials(facts, self._definition, rulebook=self._rulebook, rivals=rivals)
        search = LiftSearch(
            trials, facts, own, definition=self._definition, rulebook=self._rulebook
        )
        lifts: dict[int, list[tuple[int, Change, Mapping[str, Any]]]] = {}
        for row in search.find().iter_rows(named=True):
            change = search.readers[row["change"]][0]
            lifts.setdefault(row["row"], []).append((row["goal"], change, row))
        rows = judged.iter_rows(named=True)
        return {row["id"]: self._goals(row, lifts.get(at, ())) for at, row in enumerate(rows)}

    def _recomputed(self, candidate: str) -> tuple[Goal, ...]:
        judged = self._judged((pl.col("id") == candidate) & pl.col("place").is_not_null())
        if judged.is_empty():
            return ()
        row = judged.row(0, named=True)
        if self._sealed.manifest["result"]["rows"] > MOST_CANDIDATES:
            return self._goals(row, (), otherwise="too-many")
        levers = natural_levers(self._definition, rulebook=self._rulebook)
        known = [each for each in levers if row[each[0].indicator.code] is not None]
        again = Recomputed(
            self._sealed.tables.table.collect(),
            self._definition,
            rulebook=self._rulebook,
            candidate=candidate,
            history=self._sealed.tables.history,
        )
        return self._goals(row, list(again.lifts(known)))

    def _judged(self, among: pl.Expr) -> pl.DataFrame:
        judged = judged_table(
            self._sealed.tables, self._definition, rulebook=self._rulebook, among=among
        )
        return title_steps(judged.lazy(), self._definition, rulebook=self._rulebook).collect()

    def _goals(
        self, row: Mapping[str, Any], found: Found, *, otherwise: WhyNot = "out-of-reach"
    ) -> tuple[Goal, ...]:
        goals = [PLACE, *range(len(self._definition.ladders))]
        return tuple(self._goal(goal, row, found, otherwise) for goal in goals)

    def _goal(self, goal: int, row: Mapping[str, Any], found: Found, otherwise: WhyNot) -> Goal:
        own = [(change, told) for number, change, told in found if number == goal]
        words = [] if goal == PLACE else list(self._words[goal])
        why_not = None if own else otherwise
        if goal == PLACE and row["place"] == 1:
            why_not = "first"
        if goal != PLACE and row[f"step:{goal}"] == 0:
            why_not = "highest"
        return Goal(
            ladder=None if goal == PLACE else goal,
            words=None if goal == PLACE else self._ladders[goal],
            lifts=tuple(_lift(change, told, row) for change, told in own),
            aims=tuple(words[told[f"step:{goal}"]] for _, told in own) if words else (),
            why_not=why_not,
        )


def _lift(change: Change, told: Mapping[str, Any], row: Mapping[str, Any]) -> Lift:
    indicator = change.indicator
    return Lift(
        indicator=indicator.code,
        words=indicator.title,
        unit=indicator.unit,
        by=round(told["to"] - row[indicator.code], 10),
        to=told["to"],
        criteria=tuple(told["raised"]),
        total=told["total"],
        place=told["place"],
    )


def _titles(definition: CategoryDefinition, rulebook: RuleBook) -> tuple[tuple[Text, ...], ...]:
    """The words of every ladder's titles, highest first."""
    return tuple(_words(definition, rulebook))


def _words(definition: CategoryDefinition, rulebook: RuleBook) -> Iterator[tuple[Text, ...]]:
    for use in definition.ladders:
        ladder = rulebook.ladder(use.code)
        given = check_parameters(ladder.parameters, use.parameters, f"ladder {use.code!r}")
        yield tuple(ladder.words(given).values())
