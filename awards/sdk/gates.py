"""What gates may look at beside the candidate: the cohort, and earlier editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from awards.sdk.errors import BadDeclaration

if TYPE_CHECKING:
    from awards.sdk.types import Indicator

CohortStatistic = Literal["minimum", "maximum", "mean", "median"]

Earlier = Literal["standing", "place", "total", "title", "class"]
"""What is told of an earlier edition: the standing (0 ranked, 1 not eligible, 2 not
assessable), place and total in the run, the title that was conferred, and the step of
the second ladder. Missing where the candidate was not in it, or had none."""

EARLIER: tuple[Earlier, ...] = get_args(Earlier)
EARLIER_TEXTS: tuple[Earlier, ...] = ("title", "class")


@dataclass(frozen=True, kw_only=True)
class CohortFigure:
    """A statistic of an indicator over the candidates that passed the gates before."""

    statistic: CohortStatistic
    indicator: Indicator

    def __post_init__(self) -> None:
        if self.statistic not in get_args(CohortStatistic):
            raise BadDeclaration(f"A cohort has no statistic {self.statistic!r}")


def cohort_column(figure: CohortFigure) -> str:
    return f"cohort:{figure.statistic}:{figure.indicator.code}"


def earlier_column(back: int, what: Earlier) -> str:
    """What is told of the earlier edition *back* steps ago, 1 for the last one."""
    return f"earlier:{back}:{what}"
