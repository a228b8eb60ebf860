"""Step 6: places from integers."""

import narwhals as nw
import numpy as np
import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.engines.engine import Frame
from awards.evaluation.faults import LARGEST, ODD, is_odd
from awards.evaluation.ties import compared_columns, led


def comparable(scored: Frame, definition: CategoryDefinition) -> pl.DataFrame:
    """Total and tie-breakers of each candidate as integers ``round(x · 10⁹)``, none for
    those that are not ranked; and whether a rule yielded what it may not.

    Sums of floats that are equal on paper differ in their last bits, and would
    otherwise order thousands of candidates by noise.
    """
    names = compared_columns(definition)
    small = {name: nw.when(nw.col(name).abs() < LARGEST).then(nw.col(name)) for name in names}
    keys = {f"key:{number}": _quantized(small[name]) for number, name in enumerate(names)}
    found = scored.select(**keys, **{ODD: is_odd(definition, names)})
    return found.to_native().collect(engine="streaming")


def assign_places(scored: Frame, keys: pl.DataFrame, definition: CategoryDefinition) -> Frame:
    """*scored* with ``total`` and ``place`` by its *keys*; equal candidates share a place
    (1, 2, 2, 4), also those within the category's margin that no tie-breaker tells apart."""
    names = [name for name in keys.columns if name != ODD]
    ranked = keys.select(names).with_row_index("row").filter(pl.col(names[0]).is_not_null())
    if definition.margin is not None:
        ranked = ranked.with_columns(led(ranked[names[0]], definition.margin))
    ordered = ranked.sort(*names, descending=True, nulls_last=True)
    places = np.zeros(keys.height, np.int32)
    places[ordered["row"].to_numpy()] = _shared_places(ordered, names).to_numpy()
    found = pl.LazyFrame({"place": places}).select(pl.when(pl.col("place") > 0).then("place"))
    beside = pl.concat([scored.to_native(), found], how="horizontal")
    total = nw.col(columns.value(definition.tree.code))
    return nw.from_native(beside).with_columns(total=total)


def _quantized(value: nw.Expr) -> nw.Expr:
    return (value * float(QUANTA)).round(0).cast(nw.Int64)


def _shared_places(ordered: pl.DataFrame, keys: list[str]) -> pl.Series:
    """Place of each row of a table that is sorted best first: the number of the
    first row with the same keys."""
    position = pl.int_range(1, pl.len() + 1, dtype=pl.Int32)
    new = pl.any_horizontal(pl.col(key).ne_missing(pl.col(key).shift(1)) for key in keys)
    first = pl.when(new | (position == 1)).then(position)
    return ordered.select(place=first.forward_fill()).to_series()
