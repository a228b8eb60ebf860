"""Points by rank: spread evenly, or as a table says."""

from typing import Annotated

import narwhals as nw
from pydantic import Field, field_validator

from awards.sdk import (
    Parameters,
    Scale,
    ScaleInput,
    Sentence,
    at_least,
    at_most,
    hookimpl,
    ratio,
    step_table,
)

Points = Annotated[float, Field(ge=0, le=100)]


class RankParameters(Parameters):
    """``table`` lists the points of the first, second, third …; all others earn the last.
    Without it points fall evenly from 100 for the first to 0 for the last."""

    table: Annotated[tuple[Points, ...], Field(min_length=2, max_length=1000)] | None = None

    @field_validator("table")
    @classmethod
    def _points_fall(cls, table: tuple[float, ...] | None) -> tuple[float, ...] | None:
        if table is not None and list(table) != sorted(table, reverse=True):
            raise ValueError("points must not rise from rank to rank")
        return table


def points(given: ScaleInput, p: RankParameters) -> nw.Expr:
    """100 · (N − r) / (N − 1), or the points that ``table`` gives for r.

    r is 1 + the number of candidates of the cohort (N) with a better value: equal values,
    to the ninth decimal, share the better rank (1, 2, 2, 4). This is the Borda count
    (Borda 1781) brought to 100. A candidate alone in its cohort earns 100.
    """
    count, below = given.cohort["count"], given.cohort["below"]
    better = below if given.less_is_better else count - below - given.cohort["equal"]
    if p.table is not None:
        steps = [(float(at), earned) for at, earned in enumerate(p.table)]
        return step_table(better, steps)
    spread = 100.0 * ratio(count - 1.0 - better, count - 1.0, when_zero=1.0)
    return at_most(at_least(spread, 0.0), 100.0)


def describe(p: RankParameters, less_is_better: bool) -> Sentence:
    first, pertama = ("lowest", "terendah") if less_is_better else ("highest", "tertinggi")
    if p.table is None:
        return Sentence(
            {
                "en": f"Points by rank: the {first} value of all candidates earns 100, the last "
                "0, and those between them fall evenly; equal values share a rank.",
                "id": f"Poin menurut peringkat: nilai {pertama} dari seluruh kandidat bernilai "
                "100, yang terakhir 0, di antaranya turun merata; nilai yang sama berbagi "
                "peringkat.",
            }
        )
    values: dict[str, float | str] = {f"p{at}": each for at, each in enumerate(p.table)}
    listed = ", ".join(f"{at + 1} = {{p{at}}}" for at in range(len(p.table) - 1))
    last = f"{{p{len(p.table) - 1}}}"
    return Sentence(
        {
            "en": f"Points by rank, the {first} value of all candidates first: {listed}, "
            f"all others {last}; equal values share a rank.",
            "id": f"Poin menurut peringkat, nilai {pertama} dari seluruh kandidat lebih dulu: "
            f"{listed}, lainnya {last}; nilai yang sama berbagi peringkat.",
        },
        values,
    )


RANK = Scale(
    code="rank",
    title={"en": "Points by rank", "id": "Poin menurut peringkat"},
    parameters=RankParameters,
    points=points,
    describe=describe,
    statistics=("count", "below", "equal"),
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (RANK,)
