"""Values that did not come straight from the snapshot, and what stands in their place."""

import polars as pl

from awards.domain.definition import CategoryDefinition, Leaf
from awards.evaluation import columns
from awards.sdk.compiled import Reason

WINSORIZED = "winsorized"


def source_types(definition: CategoryDefinition) -> pl.Schema:
    """The columns of the sources of a category: ``before`` and ``after`` only where a
    criterion is winsorized."""
    found: dict[str, pl.DataType] = dict.fromkeys(("id", "criterion", "source"), pl.String())
    if _winsorized(definition):
        found |= {"before": pl.Float64(), "after": pl.Float64()}
    return pl.Schema(found)


def sources_of(results: pl.LazyFrame, definition: CategoryDefinition) -> pl.LazyFrame:
    """A row for every value of a ranked candidate that is absent or was drawn in: what the
    rules did."""
    leaves = list(definition.tree.leaves())
    changed = [pl.col(columns.reason(leaf.code)) != 0 for leaf in leaves]
    changed += [_drawn_in(leaf) for leaf in _winsorized(definition)]
    names = [columns.reason(leaf.code) for leaf in leaves]
    for leaf in _winsorized(definition):
        names += [columns.raw(leaf.code), columns.treated(leaf.code)]
    ranked = results.filter(pl.col("place").is_not_null() & pl.any_horizontal(changed))
    return ranked.select("id", *names).map_batches(
        lambda some: _sources(some, definition), schema=source_types(definition), streamable=True
    )


def _sources(ranked: pl.DataFrame, definition: CategoryDefinition) -> pl.DataFrame:
    found = [_absent(ranked.lazy(), leaf) for leaf in definition.tree.leaves()]
    found += [_outliers(ranked.lazy(), leaf) for leaf in _winsorized(definition)]
    whole = pl.concat(found, how="diagonal").sort("id", "criterion")
    return whole.collect().select(list(source_types(definition)))


def _absent(ranked: pl.LazyFrame, leaf: Leaf) -> pl.LazyFrame:
    reason = pl.col(columns.reason(leaf.code))
    source = (
        pl.when(reason == int(Reason.NOT_APPLICABLE))
        .then(pl.lit(f"policy:{leaf.not_applicable}"))
        .otherwise(pl.lit(f"policy:{leaf.missing}"))
    )
    return ranked.filter(reason != 0).select(
        "id", criterion=pl.lit(leaf.code), source=source, **_nothing(leaf)
    )


def _nothing(leaf: Leaf) -> dict[str, pl.Expr]:
    if leaf.winsorize is None:
        return {}
    return {name: pl.lit(None, pl.Float64) for name in ("before", "after")}


def _outliers(ranked: pl.LazyFrame, leaf: Leaf) -> pl.LazyFrame:
    return ranked.filter(_drawn_in(leaf)).select(
        "id",
        criterion=pl.lit(leaf.code),
        source=pl.lit(WINSORIZED),
        before=columns.raw(leaf.code),
        after=columns.treated(leaf.code),
    )


def _drawn_in(leaf: Leaf) -> pl.Expr:
    return pl.col(columns.treated(leaf.code)) != pl.col(columns.raw(leaf.code))


def _winsorized(definition: CategoryDefinition) -> list[Leaf]:
    return [leaf for leaf in definition.tree.leaves() if leaf.winsorize is not None]
