"""Give every candidate the title of the band that its total reaches."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Literal

import narwhals as nw
from pydantic import Field, model_validator

from awards.sdk import Ladder, LadderInput, Parameters, Text, hookimpl

Band = tuple[str, dict[str, str], float]


class BandsParameters(Parameters):
    """``bands`` lists ``(code, words, lower edge)``, highest first.

    What is below the last edge gets no title. Edges are stated out of ``out_of``
    points, 100 unless declared, and ``of`` names the criterion or group whose points
    they are of, the total unless declared. With ``decimals``, points count as if
    rounded to that many places before they are compared: halves up, or all ``down``.
    An edge belongs to the band above it.
    """

    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    rounding: Literal["half-up", "down"] = "half-up"
    of: str | None = None
    out_of: Annotated[float, Field(gt=0)] = 100.0

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
        """The least unrounded total, out of 100, that reaches *edge* once it is rounded.

        Exact to 10⁻⁹, to which totals are compared.
        """
        least = Decimal(repr(edge))
        if self.decimals is not None and self.rounding == "half-up":
            least -= Decimal("0.5").scaleb(-self.decimals)
        if self.out_of != 100.0:
            least = round(least * 100 / Decimal(repr(self.out_of)), 9)
        return float(least)


def titles(given: LadderInput, p: BandsParameters) -> nw.Expr:
    """The code of the highest band reached, or missing."""
    points = given.value(p.of) if p.of else given.total
    return first_of(
        [nw.when(points >= p.least_total(edge)).then(nw.lit(code)) for code, _, edge in p.bands]
    )


def first_of(cases: Sequence[nw.Expr]) -> nw.Expr:
    """The first of *cases* that is not missing."""
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
