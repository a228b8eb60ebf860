"""What earlier editions and other categories say of the candidates.

The table that a run is given has a row for each candidate that any of them knows,
sorted by id: ``entrant`` (1 for those whom other categories send) and, for each
earlier edition, what `awards.sdk.gates.Earlier` lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.errors import RunRefused
from awards.sdk.gates import EARLIER, EARLIER_TEXTS, earlier_column

ENTRANT = "entrant"


@dataclass(frozen=True)
class DecidedResults:
    """Results of a sealed run, and the titles that were conferred on its strength."""

    results: pl.LazyFrame
    titles: Mapping[str, str]


def needs_history(definition: CategoryDefinition) -> bool:
    return bool(definition.entrants or definition.earlier)


def history_table(
    definition: CategoryDefinition,
    *,
    entrants: Sequence[DecidedResults],
    earlier: Sequence[DecidedResults],
) -> pl.DataFrame:
    """The table for *definition*, whose entrants and earlier results these are, in order."""
    sent = {
        candidate
        for one, said in zip(definition.entrants, entrants, strict=True)
        for candidate, title in said.titles.items()
        if title in one.titles
    }
    found = pl.DataFrame({"id": sorted(sent)}, schema={"id": pl.String})
    found = found.with_columns(pl.lit(1, pl.Int8).alias(ENTRANT))
    for back, said in enumerate(earlier, 1):
        told = _told(said, back)
        found = found.join(told, on="id", how="full", coalesce=True)
    return found.sort("id")


def _told(said: DecidedResults, back: int) -> pl.DataFrame:
    """Standing, place, total, title and class of everybody in the earlier results."""
    present = said.results.collect_schema().names()
    second = columns.title(1)
    class_ = pl.col(second) if second in present else pl.lit(None)
    results = said.results.select(
        "id",
        pl.col("standing").cast(pl.Float64).alias(earlier_column(back, "standing")),
        pl.col("place").cast(pl.Float64).alias(earlier_column(back, "place")),
        pl.col("total").alias(earlier_column(back, "total")),
        class_.cast(pl.String).alias(earlier_column(back, "class")),
    ).collect()
    titles = pl.DataFrame(
        {"id": list(said.titles), earlier_column(back, "title"): list(said.titles.values())},
        schema={"id": pl.String, earlier_column(back, "title"): pl.String},
    )
    joined = results.join(titles, on="id", how="left")
    return joined.select("id", *(earlier_column(back, what) for what in EARLIER))


def with_history(
    candidates: pl.LazyFrame, definition: CategoryDefinition, history: pl.LazyFrame | None
) -> pl.LazyFrame:
    """*candidates*, sorted by id, with what *history* says of them; only entrants, where
    the category names whom it takes.

    Raises `RunRefused` without the history that the category needs, and when nobody
    whom others send is in the data.
    """
    if not needs_history(definition):
        return candidates
    if history is None:
        raise RunRefused(
            f"Category {definition.code!r} looks at results of other categories, which were not "
            "given. Evaluate it with `awards run start`, which finds them."
        )
    joined = candidates.join(_typed(history, definition), "id", how="left", maintain_order="left")
    if not definition.entrants:
        return joined
    sent = joined.filter(pl.col(ENTRANT) == 1)
    if not sent.select(pl.len()).collect().item():
        raise RunRefused(
            f"Nobody whom others send to category {definition.code!r} is in this snapshot. "
            "Import their data first: awards carry"
        )
    return sent


def _typed(history: pl.LazyFrame, definition: CategoryDefinition) -> pl.LazyFrame:
    names = {ENTRANT: pl.Int8()} | {
        earlier_column(back, what): pl.String() if what in EARLIER_TEXTS else pl.Float64()
        for back in range(1, len(definition.earlier) + 1)
        for what in EARLIER
    }
    return history.select("id", *(pl.col(name).cast(dtype) for name, dtype in names.items()))
