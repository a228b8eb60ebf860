"""Candidates that are alike: medians over each peer group, and what stands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.sdk.types import Kind

USUAL = ("scale", "sector")

MOST_TRAITS, LEAST_LEAD = 3, 0.5
"""So many strengths, and as many weaknesses, of at least so many points of the total."""


def peer_attributes(definition: CategoryDefinition, kind: Kind) -> tuple[str, ...]:
    """The attributes in which peers are alike: those declared, else scale and sector
    where the kind has them."""
    known = {each.code for each in kind.attributes}
    wanted = USUAL if definition.peers is None else definition.peers
    return tuple(each for each in wanted if each in known)


def peer_medians(
    ranked: pl.LazyFrame,
    definition: CategoryDefinition,
    *,
    attributes: Sequence[str],
    least: int = 1,
) -> pl.DataFrame:
    """Medians over every peer group of *ranked* (results of ranked candidates with
    their attributes): the attributes, ``count``, ``total``, and for each criterion
    ``raw:x`` and ``points:x``.

    A group of fewer than *least* candidates is left out, and a median over fewer values
    is missing. So is whoever lacks an attribute.
    """
    names = ["total"]
    for leaf in definition.tree.leaves():
        names += [columns.raw(leaf.code), columns.points(leaf.code)]
    known = [pl.col(each).is_not_null() for each in attributes]
    there = ranked.filter(*known) if known else ranked
    grouped = there.group_by(attributes or [pl.lit(1).alias("all")])
    medians = [
        pl.when(pl.col(name).count() >= least).then(pl.col(name).median()).alias(name)
        for name in names
    ]
    found = grouped.agg(pl.len().alias("count"), *medians).filter(pl.col("count") >= least)
    return found.select(*attributes, "count", *names).sort(attributes or "count").collect()


@dataclass(frozen=True)
class Standing:
    """How one criterion counted, beside the median points of the peers, if known."""

    code: str
    points: float | None
    weight: float
    contribution: float
    peers: float | None


def leads(standings: Sequence[Standing], total: float) -> Mapping[str, tuple[float, bool]]:
    """In points of the total, what each criterion gives more than it does to peers:
    ``(points − median of peers) · weight in force / 100``, and True.

    Where no median of peers is known: ``contribution − weight in force · total / 100``,
    what it gives beyond its share of the total, and False. The latter sum to nothing over
    all criteria. A criterion without points or out of force has no lead.
    """
    found: dict[str, tuple[float, bool]] = {}
    for each in standings:
        if each.points is None or each.weight <= 0:
            continue
        if each.peers is not None:
            found[each.code] = ((each.points - each.peers) * each.weight / 100, True)
        else:
            found[each.code] = (each.contribution - each.weight * total / 100, False)
    return found
