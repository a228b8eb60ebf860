"""What of peers, lifts and policies goes with a publication, and what must not."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from awards.domain.canonical import QUANTA, quantize
from awards.domain.definition import DisclosureLevel
from awards.domain.explained import Goal
from awards.evaluation.recomputing import MOST_CANDIDATES
from awards.sdk.rulebook import RuleBook
from awards.services.lifting import Lifting
from awards.services.peers import peer_groups
from awards.services.policies import policy_effects
from awards.services.sealed import SealedRun
from awards.storage.explained import write_goals, write_peers, write_policies

MOST = 500
"""Lifts are published for so many candidates, the best first."""


def write_explained(
    sealed: SealedRun,
    listed: pl.LazyFrame,
    *,
    level: DisclosureLevel,
    rulebook: RuleBook,
    folder: Path,
) -> None:
    """Write peer groups, the lifts of those in *listed* whose values are public, and what
    other policies for absent values would have meant to them.

    Where points depend on others there are no lifts: each would take many evaluations of
    everybody, and below ``open`` it would tell of others. Below ``open`` nothing may tell
    of others what is not public: at ``winners`` there are lifts only of candidates before
    whom everybody is listed, and none that meets the total of another, where a
    tie-breaker decided. Policies change the places of all who lack a value, so they are
    told at ``open`` alone, and of categories with at most `MOST_CANDIDATES`.
    """
    everything = level == "open"
    write_peers(peer_groups(sealed, rulebook=rulebook, everything=everything), folder)
    if everything and sealed.manifest["result"]["rows"] <= MOST_CANDIDATES:
        ids = listed.select("id").collect()["id"].to_list()
        write_policies(policy_effects(sealed, ids, rulebook=rulebook), folder)
    lifting = Lifting(sealed, rulebook=rulebook)
    if lifting.depends:
        write_goals({}, folder)
        return
    public = listed.filter(~pl.col("withheld"))
    shown = public.select("id", "place").collect()
    if level == "winners":
        ahead = pl.col("place").rank("min").cast(pl.Int64)
        shown = shown.with_columns(ahead=ahead).filter(pl.col("ahead") == pl.col("place"))
    goals = lifting.of_all(shown.head(MOST)["id"].to_list())
    write_goals(goals if everything else _withheld(goals, sealed), folder)


def _withheld(
    goals: Mapping[str, tuple[Goal, ...]], sealed: SealedRun
) -> Mapping[str, tuple[Goal, ...]]:
    """*goals* without what tells of tie-breakers: lifts to a total that another has."""
    if not sealed.definition.tie_breakers:
        return goals
    reached = {
        quantize(lift.total) for found in goals.values() for each in found for lift in each.lifts
    }
    near = pl.Series(sorted({one + step for one in reached for step in (-1, 0, 1)}), dtype=pl.Int64)
    rounded = (pl.col("total") * QUANTA).round().cast(pl.Int64)
    same = sealed.tables.results.filter(rounded.is_in(near.implode())).select("total")
    met = {quantize(each) for each in same.collect(engine="streaming")["total"]}
    return {one: tuple(_unmet(found, met)) for one, found in goals.items()}


def _unmet(goals: tuple[Goal, ...], met: set[int]) -> Iterator[Goal]:
    for goal in goals:
        kept = [at for at, lift in enumerate(goal.lifts) if quantize(lift.total) not in met]
        if kept or not goal.lifts:
            lifts = tuple(goal.lifts[at] for at in kept)
            yield replace(goal, lifts=lifts, aims=tuple(goal.aims[at] for at in kept if goal.aims))
