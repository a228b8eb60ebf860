"""Give the first places a title each: of all, or of each sector, region or scale."""

from collections.abc import Mapping
from typing import Annotated

import narwhals as nw
from pydantic import Field

from awards.sdk import Ladder, LadderInput, Parameters, Text, hookimpl


class TopNParameters(Parameters):
    """``titles`` gives the words of the first place, the second, and so on.

    With ``within``, an attribute, they are given in each of its values. A total below
    ``least_total`` gets no title.
    """

    titles: Annotated[tuple[dict[str, str], ...], Field(min_length=1)] = (
        {"en": "First place", "id": "Juara I"},
        {"en": "Second place", "id": "Juara II"},
        {"en": "Third place", "id": "Juara III"},
    )
    within: str | None = None
    least_total: Annotated[float, Field(gt=0)] | None = None


def titles(given: LadderInput, p: TopNParameters) -> nw.Expr:
    """``place-1``, ``place-2`` … by place.

    Candidates that share a place share its title, and the places that they
    take up confer none: 1, 2, 2, 4. Nobody moves up for a candidate below the least
    total: such a place stays empty.
    """
    place = given.place_by(None, p.within) if p.within else given.place
    steps = range(1, len(p.titles) + 1)
    cases = [nw.when(place == step).then(nw.lit(f"place-{step}")) for step in steps]
    found = nw.coalesce(*cases) if len(cases) > 1 else cases[0]
    return found if p.least_total is None else nw.when(given.total >= p.least_total).then(found)


def words(p: TopNParameters) -> Mapping[str, Text]:
    return {f"place-{step}": text for step, text in enumerate(p.titles, 1)}


TOP_N = Ladder(
    code="top-n",
    title={"en": "First places", "id": "Peringkat teratas"},
    parameters=TopNParameters,
    titles=titles,
    words=words,
)


@hookimpl
def awards_register_ladders() -> tuple[Ladder, ...]:
    return (TOP_N,)
