"""The chance of each title: how often the first ladder confers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import narwhals as nw
import numpy as np
import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.robustness.counting import Counted, DrawWeights
from awards.evaluation.robustness.placing import Ground
from awards.evaluation.robustness.tree import Floats
from awards.evaluation.robustness.weights import chunks_of
from awards.evaluation.titles import assign_titles
from awards.sdk.compiled import check_parameters
from awards.sdk.rulebook import RuleBook

FEWER_DRAWS = 200
"""So many draws, where each has to go through an expression."""

_BY_PLACE = "top-n"


@dataclass(frozen=True)
class Chances:
    """Share of ``draws`` in which each candidate gets a title, by its code."""

    draws: int
    shares: Mapping[str, Floats] = field(default_factory=dict)


def title_chances(
    counted: Counted, definition: CategoryDefinition, *, rulebook: RuleBook
) -> Chances | None:
    """Chances from the counted places, for ladders that look at places alone; None for
    any other ladder, or where places are not counted one by one."""
    if not definition.ladders:
        return Chances(counted.draws)
    if definition.ladders[0].code != _BY_PLACE:
        return None
    known = pl.LazyFrame({"place": np.arange(1, len(counted.bins.of), dtype=np.int32)})
    try:
        named = _titles(known, definition, rulebook)
    except (pl.exceptions.ColumnNotFoundError, nw.exceptions.ColumnNotFoundError):
        return None
    by_place = named.fill_null("").to_numpy()
    by_bin = by_place[counted.bins.last - 1]
    if (by_bin[counted.bins.of[1:]] != by_place).any():
        return None
    codes = _codes(definition, rulebook)
    return Chances(counted.draws, {code: counted.within(by_bin == code) for code in codes})


@dataclass(frozen=True, eq=False)
class LadderOf:
    """The first ladder of *definition*, and what it may look at: results and attributes
    of the ranked candidates (``frame``), in their order."""

    frame: pl.DataFrame
    definition: CategoryDefinition
    rulebook: RuleBook


def draw_titles(
    ground: Ground, ladder: LadderOf, *, draws: int, draw_weights: DrawWeights
) -> Chances:
    """Chances from evaluating the ladder for each of the first *draws* of *ground*, which
    keeps scales and aggregations: totals mean something else on another scale."""
    frame, definition, rulebook = ladder.frame, ladder.definition, ladder.rulebook
    tree = ground.ranked.tree
    counts = {code: np.zeros(frame.height, np.int64) for code in _codes(definition, rulebook)}
    for chunk, size in enumerate(chunks_of(draws)):
        weights = draw_weights(size, (0, chunk))
        for own, places in zip(weights, ground.places(weights), strict=True):
            values = ground.values(own)
            groups = zip(tree.codes[tree.leaves :], values, strict=True)
            changed = frame.with_columns(
                pl.Series("place", places),
                pl.Series("total", values[-1]),
                *(pl.Series(columns.value(code), row) for code, row in groups),
            )
            named = _titles(changed.lazy(), definition, rulebook)
            for code in counts:
                counts[code] += (named == code).fill_null(value=False).to_numpy()
    return Chances(draws, {code: count / draws for code, count in counts.items()})


def _titles(frame: pl.LazyFrame, definition: CategoryDefinition, rulebook: RuleBook) -> pl.Series:
    first = definition.model_copy(update={"ladders": definition.ladders[:1]})
    titled = assign_titles(nw.from_native(frame), first, rulebook=rulebook).to_native()
    return titled.select(columns.title(0)).collect().to_series()


def _codes(definition: CategoryDefinition, rulebook: RuleBook) -> tuple[str, ...]:
    """Codes of the titles that the first ladder can confer, highest first."""
    use = definition.ladders[0]
    ladder = rulebook.ladder(use.code)
    parameters = check_parameters(ladder.parameters, use.parameters, f"ladder {ladder.code!r}")
    return tuple(ladder.words(parameters))
