"""The job of the evaluation benchmark, done without the engine.

Each peer scales every column from its lowest to its highest value, takes the
weighted mean and ranks, best first. Places are returned in the order of rows.
"""

from functools import reduce
from operator import add

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.preprocessing.scalers import MinMaxScaler

Places = npt.NDArray[np.int64]


def by_polars(table: pl.DataFrame, weights: dict[str, float], *, exact: bool = True) -> Places:
    """Scoring and nothing else. With *exact*, totals are compared as integers."""
    scored = _scored(table.lazy(), weights)
    return scored.select(place=_place(exact)).collect()["place"].to_numpy().astype(np.int64)


def table_by_polars(table: pl.DataFrame, weights: dict[str, float]) -> pl.DataFrame:
    """One lazy query to the table of results that a run holds, for exactly these
    rules: raw value, reason, points and weight of every criterion, standing, total,
    place and title, sorted by id."""
    whole = sum(weights.values())
    ranked = ~pl.any_horizontal(pl.col(code).is_null() for code in weights)
    kept = [
        each
        for code, weight in weights.items()
        for each in (
            pl.col(code).alias(f"raw:{code}"),
            pl.when(ranked).then(f"points:{code}").alias(f"points:{code}"),
            pl.when(ranked).then(pl.lit(100 * weight / whole)).alias(f"weight:{code}"),
            pl.col(code).is_null().cast(pl.Int8).alias(f"reason:{code}"),
        )
    ]
    first = [pl.when(pl.col("place") == step).then(pl.lit(f"place-{step}")) for step in (1, 2, 3)]
    scored = _scored(table.lazy().sort("id"), weights)
    standing = pl.when(ranked).then(pl.lit(0, pl.Int8)).otherwise(pl.lit(2, pl.Int8))
    placed = scored.select("id", *kept, "total", standing=standing, place=_place(exact=True))
    return placed.with_columns(title=pl.coalesce(first)).collect()


def _scored(table: pl.LazyFrame, weights: dict[str, float]) -> pl.LazyFrame:
    whole = sum(weights.values())
    points = {
        code: (pl.col(code) - pl.col(code).min()) / (pl.col(code).max() - pl.col(code).min()) * 100
        for code in weights
    }
    total = reduce(add, (points[code] * (weight / whole) for code, weight in weights.items()))
    return table.with_columns(
        **{f"points:{code}": each for code, each in points.items()}, total=total
    )


def _place(exact: bool) -> pl.Expr:
    total = pl.col("total")
    compared = (total * 1e9).round().cast(pl.Int64) if exact else total
    return compared.rank("min", descending=True)


def by_pandas(frame: pd.DataFrame, weights: dict[str, float]) -> Places:
    values = frame[list(weights)]
    low, high = values.min(), values.max()
    shares = pd.Series(weights) / sum(weights.values())
    total = ((values - low) / (high - low) * 100 * shares).sum(axis=1)
    return total.rank(method="min", ascending=False).to_numpy().astype(np.int64)


def by_scikit_criteria(matrix: npt.NDArray[np.float64], weights: dict[str, float]) -> Places:
    """Its ranks are dense (1, 2, 2, 3); they are turned into places after it."""
    shares = [weight / sum(weights.values()) for weight in weights.values()]
    problem = mkdm(matrix, objectives=[max] * len(shares), weights=shares)
    scaled = MinMaxScaler(target="matrix").transform(problem)
    dense = np.asarray(WeightedSumModel().evaluate(scaled).rank_)
    before = np.concatenate([[0], np.cumsum(np.bincount(dense)[1:])])
    return before[dense - 1] + 1
