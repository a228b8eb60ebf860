"""What each disclosure level lets out of a run."""

from dataclasses import dataclass

import polars as pl

from awards.domain.definition import CategoryDefinition, DisclosureLevel
from awards.domain.records import Decision
from awards.evaluation.sheets import RunTables, make_roll, make_sheet
from awards.sdk.rulebook import RuleBook


@dataclass(frozen=True)
class Disclosed:
    """``listed``: what everybody's row shows, in any order, ``withheld`` telling whose
    values are not public. ``values``: position and all else of the others, best first."""

    listed: pl.LazyFrame
    values: pl.LazyFrame


def disclose(
    run: RunTables,
    definition: CategoryDefinition,
    *,
    level: DisclosureLevel,
    decision: Decision,
    rulebook: RuleBook,
) -> Disclosed:
    """The rows and values of *run* that the public may see.

    ``open``: every ranked candidate with every value. ``places``: every ranked
    candidate, values only of holders of a title. ``winners``: holders of a title
    only. Candidates without a place, and what gates said, are never in it.
    """
    conferred = pl.LazyFrame(
        [(each.candidate, each.title) for each in decision.titles],
        schema={"id": pl.String, "title": pl.String},
        orient="row",
    )
    roll = make_roll(run, definition, rulebook=rulebook)
    ranked = roll.filter(pl.col("place").is_not_null()).with_columns(_class(definition))
    listed = ranked.drop(pl.selectors.starts_with("title:")).join(
        conferred,
        on="id",
        how="inner" if level == "winners" else "left",
        maintain_order="left",
    )
    everything = level == "open"
    withheld = pl.lit(value=False) if level != "places" else pl.col("title").is_null()
    holders = pl.Series([each.candidate for each in decision.titles], dtype=pl.String)
    titled = None if everything else pl.col("id").is_in(holders.implode())
    sheet = make_sheet(run, definition, rulebook=rulebook, among=titled)
    return Disclosed(listed.with_columns(withheld=withheld), _values(sheet, roll))


def _values(sheet: pl.LazyFrame, roll: pl.LazyFrame) -> pl.LazyFrame:
    """Of *sheet* what *roll* does not show, without what gates said."""
    said = pl.selectors.starts_with("gate:", "title:") | pl.selectors.by_name("standing")
    told = [name for name in roll.collect_schema().names() if name != "position"]
    known = set(sheet.collect_schema().names())
    ranked = sheet.filter(pl.col("place").is_not_null()).drop(said)
    return ranked.drop(name for name in told if name in known and not name.startswith("title:"))


def _class(definition: CategoryDefinition) -> pl.Expr:
    if len(definition.ladders) < 2:
        return pl.lit(None, dtype=pl.String).alias("class")
    return pl.col("title:1").alias("class")
