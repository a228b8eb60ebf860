"""Give every candidate the title of the band that its total reaches."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

import narwhals as nw
from pydantic import Field, model_validator

from awards.sdk import Ladder, LadderInput, Parameters, Text, hookimpl

Band = tuple[str, dict[str, str], float]


class BandsParameters(Parameters):
    """``bands`` lists ``(code, words, lower edge of the total)``, highest first.

    A total below the last edge gets no title. With ``decimals``, totals count as
    if rounded to that many places, halves up, before they are compared.
    """

    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None

    @model_validator(mode="after")
    def _bands_fall(self) -> "BandsParameters":
        edges = [edge for _, _, edge in self.bands]
        if edges != sorted(set(edges), reverse=True):
            raise ValueError("list the bands highest first: lower edges must fall")
        if len({code for code, _, _ in self.bands}) < len(self.bands):
            raise ValueError("two bands have the same code")
        finer = [edge for edge in edges if not self._is_whole(edge)]
        if finer:
            raise ValueError(f"an edge has more decimals than totals are rounded to: {finer}")
        return self

    def _is_whole(self, edge: float) -> bool:
        scaled = Decimal(repr(edge)).scaleb(self.decimals or 0)
        return self.decimals is None or scaled == scaled.to_integral_value()

    def least_total(self, edge: float) -> float:
        """The least unrounded total that reaches *edge* once it is rounded half-up."""
        if self.decimals is None:
            return edge
        return float(Decimal(repr(edge)) - Decimal("0.5").scaleb(-self.decimals))


def titles(given: LadderInput, p: BandsParameters) -> nw.Expr:
    """The code of the highest band reached, or missing."""
    cases = [
        nw.when(given.total >= p.least_total(edge)).then(nw.lit(code)) for code, _, edge in p.bands
    ]
    return nw.coalesce(*cases) if len(cases) > 1 else cases[0]


def words(p: BandsParameters) -> Mapping[str, Text]:
    return {code: text for code, text, _ in p.bands}


BANDS = Ladder(
    code="bands",
    title={"en": "Bands of the total", "id": "Rentang nilai akhir"},
    parameters=BandsParameters,
    titles=titles,
    words=words,
)


@hookimpl
def awards_register_ladders() -> tuple[Ladder, ...]:
    return (BANDS,)
