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
    alike: pl.DataFrame,
    least: int = 1,
) -> pl.DataFrame:
    """Medians over every peer group of *ranked*, results of ranked candidates; *alike* are
    their attributes, row for row. Returns the attributes, ``count``, ``total``, and for
    each criterion ``raw:x`` and ``points:x``.

    A group of fewer than *least* candidates is left out, and a median over fewer values
    is missing. So is whoever lacks an attribute. One column is in memory at a time.
    """
    names = ["total"]
    for leaf in definition.tree.leaves():
        names += [columns.raw(leaf.code), columns.points(leaf.code)]
    attributes = alike.columns
    found, numbers = _numbered(alike, least)
    for name in names:
        column = ranked.select(name).collect(engine="streaming").with_columns(numbers)
        known = column.drop_nulls().group_by("group").agg(pl.len(), pl.col(name).median())
        median = known.filter(pl.col("len") >= least).drop("len")
        found = found.join(median, on="group", how="left", maintain_order="left")
    return found.select(*attributes, "count", *names)


def _numbered(alike: pl.DataFrame, least: int) -> tuple[pl.DataFrame, pl.Series]:
    """The groups of at least *least* rows, sorted and with their numbers, and the number
    of each row's, missing where it is in none."""
    keys = alike.columns or ["all"]
    rows = alike if alike.columns else pl.DataFrame({"all": pl.repeat(1, alike.height, eager=True)})
    groups = rows.drop_nulls().group_by(keys).agg(pl.len().alias("count"))
    kept = groups.filter(pl.col("count") >= least).sort(keys).with_row_index("group")
    numbers = rows.join(kept, on=keys, how="left", maintain_order="left")["group"]
    return kept, numbers


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
