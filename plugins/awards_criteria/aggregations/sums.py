"""Add raw points up: out of a stated maximum, or over at least so many items.

Weights are read as the most raw points that each child can bring.
"""

from functools import reduce
from operator import add
from typing import Annotated

import narwhals as nw
from pydantic import Field

from awards.sdk import Aggregation, Branch, Parameters, Sentence, at_least, at_most, hookimpl, ratio


class SumParameters(Parameters):
    """``maximum`` is how many raw points make 100; unless stated, the sum of the
    children's weights. Raw points beyond it count for nothing."""

    maximum: Annotated[float, Field(gt=0)] | None = None

    def factor(self, branches: tuple[Branch, ...]) -> float:
        """How much of the maximum the children can bring together."""
        full = sum(branch.full for branch in branches)
        return full / self.maximum if self.maximum else 1.0


def combine(branches: tuple[Branch, ...], p: SumParameters) -> nw.Expr:
    """min(100, 100 · Σ rawᵢ / maximum) with rawᵢ = weightᵢ · pᵢ / 100.

    Used by programs that count points out of 1000 or 1005 (Malcolm Baldrige, PROPER
    2021). Where a child is out of force, the maximum falls with its weight.
    """
    return at_most(p.factor(branches) * _mean(branches), 100.0)


def losses(branches: tuple[Branch, ...], value: nw.Expr, _: SumParameters) -> tuple[nw.Expr, ...]:
    """Each child brings what it adds: it loses wᵢ · (100 − f · pᵢ), f = value / Σ wᵢ · pᵢ.

    Where the children can bring more than the maximum, a child may bring more than its
    weight, and its loss is negative.
    """
    return _scaled(branches, value)


class OverMostParameters(Parameters):
    """``items`` is the number of children that is divided by at least."""

    items: Annotated[int, Field(ge=1)] = 10


def combine_over_most(branches: tuple[Branch, ...], p: OverMostParameters) -> nw.Expr:
    """Σ pᵢ / max(items, n) over the n children in force, for equal weights; with
    others n · Σ wᵢ · pᵢ / max(items, n).

    The smoothing of the regional innovation index (IGA, Kemendagri): one good item
    alone does not beat ten. Where items are records of a candidate, as they are
    there, let the criterion divide: ``ratio(sum, at_least(count, 10), …)``.
    """
    count = reduce(add, (_weighs(branch) for branch in branches))
    return ratio(_mean(branches) * count, at_least(count, float(p.items)), when_zero=0.0)


def losses_over_most(
    branches: tuple[Branch, ...], value: nw.Expr, _: OverMostParameters
) -> tuple[nw.Expr, ...]:
    """Each child brings pᵢ / max(items, n); items that are not there cost all alike."""
    return _scaled(branches, value)


def _mean(branches: tuple[Branch, ...]) -> nw.Expr:
    return reduce(add, (branch.weight * branch.points for branch in branches))


def _weighs(branch: Branch) -> nw.Expr:
    return nw.when(branch.weight > 0.0).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


def _scaled(branches: tuple[Branch, ...], value: nw.Expr) -> tuple[nw.Expr, ...]:
    mean = _mean(branches)
    factor = nw.when(mean > 0.0).then(value / mean).otherwise(0.0 * mean)
    return tuple(branch.weight * (100.0 - factor * branch.points) for branch in branches)


def _describe(p: SumParameters) -> Sentence:
    if p.maximum is None:
        return Sentence({"en": "Raw points are added up.", "id": "Poin mentah dijumlahkan."})
    return Sentence(
        {
            "en": "Raw points are added up; {maximum} make 100.",
            "id": "Poin mentah dijumlahkan; {maximum} menjadi 100.",
        },
        {"maximum": p.maximum},
    )


def _describe_over_most(p: OverMostParameters) -> Sentence:
    return Sentence(
        {
            "en": "The sum is divided by the number of items, by {items} at least.",
            "id": "Jumlahnya dibagi banyaknya butir, sekurang-kurangnya {items}.",
        },
        {"items": float(p.items)},
    )


SUM = Aggregation(
    code="sum",
    title={"en": "Sum of raw points", "id": "Jumlah poin mentah"},
    parameters=SumParameters,
    combine=combine,
    losses=losses,
    describe=_describe,
)

SUM_OVER_MOST = Aggregation(
    code="sum-over-most",
    title={"en": "Sum over at least so many items", "id": "Jumlah per sekurangnya sekian butir"},
    parameters=OverMostParameters,
    combine=combine_over_most,
    losses=losses_over_most,
    describe=_describe_over_most,
)


@hookimpl
def awards_register_aggregations() -> tuple[Aggregation, ...]:
    return (SUM, SUM_OVER_MOST)
