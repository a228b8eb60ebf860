"""Give the title of the cell in which two bands meet: tier and percent, process and result."""

from collections.abc import Iterator, Mapping
from typing import Annotated

import narwhals as nw
from pydantic import Field, model_validator

from awards.sdk import Ladder, LadderInput, Parameters, Text, hookimpl

from .bands import first_of

Step = tuple[str, float]


class Axis(Parameters):
    """One side of the matrix, cut into bands.

    Either ``attribute`` names an attribute, whose values are the bands; or ``steps``
    lists ``(code, lower edge)``, highest first, of the points of ``of``, a criterion or
    group, or of the total. Edges are stated out of ``out_of`` points.
    """

    attribute: str | None = None
    of: str | None = None
    steps: tuple[Step, ...] = ()
    out_of: Annotated[float, Field(gt=0)] = 100.0

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "Axis":
        edges = [edge for _, edge in self.steps]
        if (self.attribute is None) == (not self.steps):
            raise ValueError("an axis has either an attribute or steps")
        if edges != sorted(set(edges), reverse=True):
            raise ValueError("list the steps highest first: lower edges must fall")
        return self

    def band(self, given: LadderInput) -> nw.Expr:
        """The code of the candidate's band, or missing."""
        if self.attribute is not None:
            return given.attribute(self.attribute)
        points = given.value(self.of) if self.of else given.total
        return first_of(
            [
                nw.when(points >= round(edge * 100.0 / self.out_of, 9)).then(nw.lit(code))
                for code, edge in self.steps
            ]
        )


class MatrixParameters(Parameters):
    """``cells`` gives the title of each cell as ``(row, column, title)``, ``titles`` the
    words of every title as ``(code, words)``, highest first. A cell that is not listed
    gives none."""

    rows: Axis
    columns: Axis
    cells: Annotated[tuple[tuple[str, str, str], ...], Field(min_length=1)]
    titles: Annotated[tuple[tuple[str, dict[str, str]], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _cells_can_be_reached(self) -> "MatrixParameters":
        for at, axis in enumerate((self.rows, self.columns)):
            known = {code for code, _ in axis.steps}
            strange = sorted({cell[at] for cell in self.cells} - known)
            if axis.steps and strange:
                raise ValueError(f"a cell names a band that is not there: {strange[0]!r}")
        strange = sorted({cell[2] for cell in self.cells} - {code for code, _ in self.titles})
        if strange:
            raise ValueError(f"no words for the title {strange[0]!r}")
        places = [cell[:2] for cell in self.cells]
        if len(set(places)) < len(places):
            raise ValueError("a cell is listed twice")
        return self


def titles(given: LadderInput, p: MatrixParameters) -> nw.Expr:
    """The title of the cell in which the candidate's two bands meet, or missing."""
    return first_of(list(_cells(given, p)))


def _cells(given: LadderInput, p: MatrixParameters) -> Iterator[nw.Expr]:
    row, column = p.rows.band(given), p.columns.band(given)
    for across, down, title in p.cells:
        yield nw.when((row == across) & (column == down)).then(nw.lit(title))


def words(p: MatrixParameters) -> Mapping[str, Text]:
    return dict(p.titles)


MATRIX = Ladder(
    code="matrix",
    title={"en": "Where two bands meet", "id": "Pertemuan dua rentang"},
    parameters=MatrixParameters,
    titles=titles,
    words=words,
)


@hookimpl
def awards_register_ladders() -> tuple[Ladder, ...]:
    return (MATRIX,)
