"""Peer groups of a run: whom a candidate is like, and where it stands out."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from awards.domain.explained import PeerGroup, PeerMedian, Trait
from awards.domain.published import CriterionScore
from awards.evaluation import columns
from awards.evaluation.peers import (
    LEAST_LEAD,
    MOST_TRAITS,
    Standing,
    leads,
    peer_attributes,
    peer_medians,
)
from awards.sdk.rulebook import RuleBook
from awards.services.heads import SMALL_CELL
from awards.services.sealed import SealedRun


def peer_groups(
    sealed: SealedRun, *, rulebook: RuleBook, everything: bool
) -> tuple[PeerGroup, ...]:
    """The peer groups of a run, over its ranked candidates.

    Unless *everything* may be told, groups of fewer than `SMALL_CELL` candidates are
    left out, and so are medians over fewer values.
    """
    definition = sealed.definition
    attributes = peer_attributes(definition, rulebook.kind(definition.kind))
    ranked = sealed.tables.results.filter(pl.col("place").is_not_null())
    present = [each for each in attributes if each in sealed.tables.table.collect_schema().names()]
    if len(present) < len(attributes):
        return ()
    facts = sealed.tables.table.select("id", *attributes)
    ids = ranked.select("id")
    joined = ids.join(facts, on="id", how="left", maintain_order="left") if attributes else ids
    alike = joined.drop("id").collect(engine="streaming")
    least = 1 if everything else SMALL_CELL
    found = peer_medians(ranked, definition, alike=alike, least=least)
    codes = [leaf.code for leaf in definition.tree.leaves()]
    return tuple(_group(row, attributes, codes) for row in found.iter_rows(named=True))


def _group(row: Mapping[str, Any], attributes: Sequence[str], codes: Sequence[str]) -> PeerGroup:
    return PeerGroup(
        attributes=tuple((each, row[each]) for each in attributes),
        count=row["count"],
        total=row["total"],
        medians=tuple(
            PeerMedian(code=code, raw=row[columns.raw(code)], points=row[columns.points(code)])
            for code in codes
        ),
    )


def traits_of(
    scores: Sequence[CriterionScore], group: PeerGroup | None, total: float | None
) -> tuple[Trait, ...]:
    """Strengths, the greatest first, then weaknesses, the greatest last: at most
    `MOST_TRAITS` of each, of at least `LEAST_LEAD` points of the total; see `leads`."""
    if total is None:
        return ()
    medians = {each.code: each.points for each in group.medians} if group else {}
    found = leads(
        [
            Standing(each.code, each.points, each.weight, each.contribution, medians.get(each.code))
            for each in scores
        ],
        total,
    )
    ordered = sorted(
        (
            Trait(code=code, lead=lead, basis="peers" if by_peers else "weight")
            for code, (lead, by_peers) in found.items()
        ),
        key=lambda each: -each.lead,
    )
    strong = [each for each in ordered if each.lead >= LEAST_LEAD][:MOST_TRAITS]
    weak = [each for each in ordered if each.lead <= -LEAST_LEAD][-MOST_TRAITS:]
    return (*strong, *weak)
