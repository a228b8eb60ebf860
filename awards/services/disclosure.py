"""What each disclosure level lets out of a sheet."""

import polars as pl

from awards.domain.definition import CategoryDefinition, DisclosureLevel
from awards.domain.records import Decision

_ALWAYS = ("position", "shared", "id", "name", "place", "total", "title", "class", "withheld")


def disclose(
    sheet: pl.DataFrame,
    definition: CategoryDefinition,
    *,
    level: DisclosureLevel,
    decision: Decision,
    attributes: tuple[str, ...],
) -> pl.DataFrame:
    """The rows and values of *sheet* that the public may see.

    ``open``: every ranked candidate with every value. ``places``: every ranked
    candidate, values only of holders of a title. ``winners``: holders of a title
    only. Candidates without a place, and what gates said, are never in it.
    """
    conferred = pl.DataFrame(
        [(each.candidate, each.title) for each in decision.titles],
        schema={"id": pl.String, "title": pl.String},
        orient="row",
    )
    ranked = sheet.filter(pl.col("place").is_not_null())
    titled = ranked.join(conferred, on="id", how="left", maintain_order="left")
    classed = titled.with_columns(_class(definition, titled))
    shown = classed.drop(pl.selectors.starts_with("gate:", "title:"), "standing")
    if level == "winners":
        shown = shown.filter(pl.col("title").is_not_null())
    withheld = pl.col("title").is_null() if level == "places" else pl.lit(value=False)
    shown = shown.with_columns(withheld=withheld)
    kept = {*_ALWAYS, *attributes}
    return shown.with_columns(
        pl.when(~pl.col("withheld")).then(pl.col(name)).alias(name)
        for name in shown.columns
        if name not in kept
    )


def _class(definition: CategoryDefinition, sheet: pl.DataFrame) -> pl.Expr:
    if len(definition.ladders) < 2 or "title:1" not in sheet.columns:
        return pl.lit(None, dtype=pl.String).alias("class")
    return pl.col("title:1").alias("class")
