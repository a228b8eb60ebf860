"""Give the first places a title each."""

from collections.abc import Mapping
from typing import Annotated

import narwhals as nw
from pydantic import Field

from awards.sdk import Ladder, LadderInput, Parameters, Text, hookimpl


class TopNParameters(Parameters):
    """``titles`` gives the words of the first place, the second, and so on."""

    titles: Annotated[tuple[dict[str, str], ...], Field(min_length=1)] = (
        {"en": "First place", "id": "Juara I"},
        {"en": "Second place", "id": "Juara II"},
        {"en": "Third place", "id": "Juara III"},
    )


def titles(given: LadderInput, p: TopNParameters) -> nw.Expr:
    """``place-1``, ``place-2`` … by place.

    Candidates that share a place share its title, and the places that they
    take up confer none: 1, 2, 2, 4.
    """
    steps = range(1, len(p.titles) + 1)
    cases = [nw.when(given.place == step).then(nw.lit(f"place-{step}")) for step in steps]
    return nw.coalesce(*cases) if len(cases) > 1 else cases[0]


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
