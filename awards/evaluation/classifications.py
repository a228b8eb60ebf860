"""Classes of candidates, computed once, when a snapshot is taken."""

from collections.abc import Sequence

import narwhals as nw
import polars as pl

from awards.sdk.classifications import Classification


def classify(table: pl.LazyFrame, classifications: Sequence[Classification]) -> pl.LazyFrame:
    """*table* with the attributes that *classifications* fill, in the place of those
    that it has; a measure that it lacks is missing for everybody."""
    if not classifications:
        return table
    there = table.collect_schema().names()
    lacking = {
        each.code: pl.lit(None, pl.Float64)
        for classification in classifications
        for each in classification.inputs
        if each.code not in there
    }
    frame = nw.from_native(table.with_columns(**lacking))
    filled = frame.with_columns(**{each.attribute: each.value() for each in classifications})
    return filled.drop(list(lacking)).to_native()
