"""All that is said of how firm the places of a run are: one table, and facts beside it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from awards.domain.definition import CategoryDefinition, Robustness
from awards.domain.errors import Refused
from awards.evaluation.robustness.alternatives import leave_out, most_moving, place_under
from awards.evaluation.robustness.counting import Counted, DrawWeights, count_draws
from awards.evaluation.robustness.dominance import count_dominance, dominating_pairs
from awards.evaluation.robustness.expressions import express
from awards.evaluation.robustness.placing import Ground, is_repeated, prepare
from awards.evaluation.robustness.schemes import Scheme, schemes_of, share_draws
from awards.evaluation.robustness.swaps import find_swaps
from awards.evaluation.robustness.titles import (
    FEWER_DRAWS,
    Chances,
    LadderOf,
    draw_titles,
    title_chances,
)
from awards.evaluation.robustness.tree import Floats, Integers, Places, Ranked, read_ranked
from awards.evaluation.robustness.weights import draw_weights
from awards.sdk.rulebook import RuleBook

SHORTLIST = 20
"""Pairs that dominate each other are listed among the first so many."""
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
MOST_DRAWS = 60_000


@dataclass(frozen=True)
class Plan:
    """How many draws, from which seed, varying what."""

    rules: Robustness
    draws: int
    seed: int


@dataclass(frozen=True, eq=False)
class Assessment:
    """``table``: a row for each ranked candidate, sorted by id. ``facts``: JSON data on
    how it was computed and on the ranking as a whole."""

    table: pl.DataFrame
    facts: dict[str, Any]


def assess(
    results: pl.LazyFrame,
    attributes: pl.LazyFrame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    plan: Plan,
) -> Assessment:
    """Vary weights, scales and aggregations around what *definition* declares.

    Only what the run stored is used: *results*, and *attributes* of candidates where
    a ladder asks for them. Raises `Refused` for a number of draws that cannot be, and
    for places that the stored points do not give again.
    """
    if not 1 <= plan.draws <= MOST_DRAWS:
        raise Refused(f"{plan.draws} draws cannot be made: ask for 1 to {MOST_DRAWS}.")
    ranked = read_ranked(results, definition)
    frame = _frame(results, attributes, ranked)
    expressed = express(frame, definition, tree=ranked.tree, rulebook=rulebook)
    schemes = schemes_of(ranked.tree, plan.rules)
    grounds = [prepare(ranked, each, expressed=expressed) for each in schemes]
    _refuse_other_places(ranked, grounds[0])
    draws = plan.draws if ranked.tree.is_known else min(plan.draws, FEWER_DRAWS)
    shares = share_draws(schemes, draws)
    draw = _drawing(ranked, plan)
    counted = count_draws(grounds, shares, draw_weights=draw)
    chances = title_chances(counted, definition, rulebook=rulebook)
    if chances is None:
        few = min(shares[0], FEWER_DRAWS)
        ladder = LadderOf(frame, definition, rulebook)
        chances = draw_titles(grounds[0], ladder, draws=few, draw_weights=draw)
    without, under = leave_out(grounds[0]), place_under(grounds, schemes)
    columns = _intervals(ranked, counted) | _swaps(ranked) | asdict(count_dominance(ranked.points))
    columns |= _named("chance", chances.shares)
    columns |= _named("without", without) | _named("under", under)
    facts = _facts(ranked, plan, tuple(zip(schemes, shares, strict=True)), chances)
    moved = [asdict(each) for each in most_moving(ranked.places, without)]
    return Assessment(_table(ranked, columns), {**facts, "criteria": moved})


def _named(what: str, found: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{what}:{name}": values for name, values in found.items()}


def _frame(results: pl.LazyFrame, attributes: pl.LazyFrame, ranked: Ranked) -> pl.DataFrame:
    """Results and attributes of the ranked candidates, in their order."""
    known = set(results.collect_schema().names()) - {"id"}
    others = attributes.select(pl.exclude(known))
    ordered = ranked.ids.to_frame().lazy()
    joined = ordered.join(results, on="id", how="left", maintain_order="left")
    return joined.join(others, on="id", how="left", maintain_order="left").collect()


def _refuse_other_places(ranked: Ranked, ground: Ground) -> None:
    if not is_repeated(ranked, ground):
        raise Refused(
            "The stored points do not give the places of this run again, so they cannot be "
            "varied. Verify the run; if it is the same, its ties are told apart by more than "
            "points."
        )


def _drawing(ranked: Ranked, plan: Plan) -> DrawWeights:
    def draw(count: int, stream: tuple[int, int]) -> Floats:
        return draw_weights(
            ranked.tree,
            count,
            concentration=plan.rules.concentration,
            seed=plan.seed,
            stream=stream,
        )

    return draw


def _intervals(ranked: Ranked, counted: Counted) -> dict[str, Any]:
    """The place, the median place, and the ends of the interval, never too narrow."""
    bins = counted.bins
    middle = counted.quantile(MIDDLE)
    low, high = bins.first[counted.quantile(LOW)], bins.last[counted.quantile(HIGH)]
    ahead = counted.ahead / (2 * counted.draws)
    ahead[-1] = np.nan
    return {
        "place": ranked.places,
        "median": (bins.first[middle] + bins.last[middle]) // 2,
        "low": low,
        "high": high,
        "group": _groups(low, high),
        "ahead": ahead,
    }


def _groups(low: Places, high: Places) -> Integers:
    """Numbers of groups whose members cannot be told apart from their first: their
    interval reaches its. Candidates are in the order of places."""
    found = np.empty(len(low), np.int64)
    group, reach = 0, -1
    for each in range(len(low)):
        if low[each] > reach:
            group, reach = group + 1, int(high[each])
        found[each] = group
    return found


def _swaps(ranked: Ranked) -> dict[str, Any]:
    swaps = find_swaps(ranked)
    codes = [*ranked.tree.codes, None]
    return {
        "swap_node": pl.Series([codes[node] for node in swaps.node], dtype=pl.String),
        "swap_weight": swaps.weight,
        "swap_change": swaps.change,
    }


def _table(ranked: Ranked, columns: Mapping[str, Any]) -> pl.DataFrame:
    found = pl.DataFrame({"id": ranked.ids, **columns})
    places = pl.selectors.integer().cast(pl.Int32)
    return found.with_columns(places, pl.selectors.float().fill_nan(None)).sort("id")


def _facts(
    ranked: Ranked, plan: Plan, shared: tuple[tuple[Scheme, int], ...], chances: Chances
) -> dict[str, Any]:
    first = ranked.points[:, :SHORTLIST]
    pairs = [[ranked.ids[one], ranked.ids[other]] for one, other in dominating_pairs(first)]
    return {
        "seed": plan.seed,
        "draws": sum(share for _, share in shared),
        "asked": plan.draws,
        "computed_by": "loops" if ranked.tree.is_known else "expressions",
        "concentration": plan.rules.concentration,
        "schemes": [{**asdict(scheme), "draws": share} for scheme, share in shared],
        "interval": [LOW, HIGH],
        "titles": {"draws": chances.draws},
        "dominance": {"shortlist": min(SHORTLIST, ranked.size), "pairs": pairs},
    }
