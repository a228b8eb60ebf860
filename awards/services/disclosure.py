"""What each disclosure level lets out of a sheet."""

import polars as pl

from awards.domain.definition import CategoryDefinition, DisclosureLevel
from awards.domain.records import Decision

_ALWAYS = ("position", "shared", "id", "name", "place", "total", "class")


def disclose(
    sheet: pl.LazyFrame,
    definition: CategoryDefinition,
    *,
    level: DisclosureLevel,
    decision: Decision,
    attributes: tuple[str, ...],
) -> pl.LazyFrame:
    """The rows and values of *sheet* that the public may see, best first.

    ``open``: every ranked candidate with every value. ``places``: every ranked
    candidate, values only of holders of a title. ``winners``: holders of a title
    only. Candidates without a place, and what gates said, are never in it.
    """
    conferred = pl.LazyFrame(
        [(each.candidate, each.title) for each in decision.titles],
        schema={"id": pl.String, "title": pl.String},
        orient="row",
    )
    ranked = sheet.filter(pl.col("place").is_not_null()).with_columns(_class(definition, sheet))
    shown = ranked.drop(pl.selectors.starts_with("gate:", "title:"), "standing")
    titled = shown.join(conferred, on="id", how="inner", maintain_order="left")
    if level == "winners":
        return titled.with_columns(withheld=False)
    if level == "open":
        all_ = shown.join(conferred, on="id", how="left", maintain_order="left")
        return all_.with_columns(withheld=False)
    return _with_values(shown.select(_listed(shown, attributes)), titled)


def _with_values(listed: pl.LazyFrame, titled: pl.LazyFrame) -> pl.LazyFrame:
    """What is always public of everybody in *listed*, the rest of *titled* alone: the
    others' values are not even read."""
    repeated = [name for name in listed.collect_schema().names() if name != "id"]
    values = titled.drop(repeated)
    joined = listed.join(values, on="id", how="left", maintain_order="left")
    return joined.with_columns(withheld=pl.col("title").is_null())


def _listed(sheet: pl.LazyFrame, attributes: tuple[str, ...]) -> list[str]:
    kept = {*_ALWAYS, *attributes}
    return [name for name in sheet.collect_schema().names() if name in kept]


def _class(definition: CategoryDefinition, sheet: pl.LazyFrame) -> pl.Expr:
    if len(definition.ladders) < 2 or "title:1" not in sheet.collect_schema():
        return pl.lit(None, dtype=pl.String).alias("class")
    return pl.col("title:1").alias("class")
