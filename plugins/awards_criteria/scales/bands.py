"""Look points up in a table of bands, one table for all or one for each group."""

from collections.abc import Mapping
from typing import Annotated

import narwhals as nw
from pydantic import Field, field_validator, model_validator

from awards.sdk import Parameters, Scale, ScaleInput, Sentence, hookimpl, step_table

Points = Annotated[float, Field(ge=0, le=100)]
Table = Annotated[tuple[tuple[float, Points], ...], Field(min_length=1)]


class BandsParameters(Parameters):
    """``table`` lists ``(lower edge, points)``, edges rising; a value on an edge
    belongs to the band above it.

    ``table`` may also give one such list for each value of the attribute
    ``keyed_by`` (a business scale, a sector). ``below`` is what a value under the
    first edge earns: unless stated, 0, or 100 where less is better.
    """

    table: Table | dict[str, Table]
    keyed_by: str | None = None
    below: Points | None = None

    @field_validator("table")
    @classmethod
    def _edges_rise(cls, table: Table | dict[str, Table]) -> Table | dict[str, Table]:
        for rows in table.values() if isinstance(table, dict) else (table,):
            edges = [edge for edge, _ in rows]
            if edges != sorted(set(edges)):
                raise ValueError("lower edges must rise from row to row")
        return table

    @model_validator(mode="after")
    def _keys_fit_the_table(self) -> "BandsParameters":
        if isinstance(self.table, dict) != (self.keyed_by is not None):
            raise ValueError("keyed_by goes with one table for each of its values, and only then")
        if not self.table:
            raise ValueError("the table is empty")
        return self

    @property
    def tables(self) -> Mapping[str, Table]:
        """Every table by its key; a single one under the empty key."""
        return self.table if isinstance(self.table, dict) else {"": self.table}

    def bottom(self, less_is_better: bool) -> float:
        """What a value under the first edge earns."""
        if self.below is not None:
            return self.below
        return 100.0 if less_is_better else 0.0


def points(given: ScaleInput, p: BandsParameters) -> nw.Expr:
    """The points of the band that the value falls in.

    A candidate whose attribute is missing or has no table has missing points.
    """
    _check_direction(p, given.less_is_better)
    bottom = p.bottom(given.less_is_better)
    found = {key: _look_up(given.value, rows, bottom) for key, rows in p.tables.items()}
    if p.keyed_by is None:
        return found[""]
    key = given.attribute(p.keyed_by)
    cases = [nw.when(key == name).then(earned) for name, earned in found.items()]
    return nw.coalesce(*cases) if len(cases) > 1 else cases[0]


def _look_up(value: nw.Expr, rows: Table, bottom: float) -> nw.Expr:
    number = value.cast(nw.Float64)
    lowest = nw.when(number < rows[0][0]).then(nw.lit(bottom))
    return nw.coalesce(step_table(number, rows), lowest)


def _check_direction(p: BandsParameters, less_is_better: bool) -> None:
    for rows in p.tables.values():
        first, last = rows[0][1], rows[-1][1]
        if first > last and not less_is_better:
            raise ValueError("more is better here, but the table gives the last band fewer points")
        if first < last and less_is_better:
            raise ValueError("less is better here, but the table gives the last band more points")


def describe(p: BandsParameters, less_is_better: bool) -> Sentence:
    bottom = p.bottom(less_is_better)
    values: dict[str, float | str] = {"below": bottom}
    english, indonesian = [], []
    for number, (key, rows) in enumerate(p.tables.items()):
        named = f"{{key{number}}}: " if key else ""
        values |= {f"key{number}": key} if key else {}
        english.append(named + _rows(rows, f"{number}_", ("from", "below")))
        indonesian.append(named + _rows(rows, f"{number}_", ("mulai", "di bawah")))
        for row, (edge, earned) in enumerate(rows):
            values |= {f"edge{number}_{row}": edge, f"points{number}_{row}": earned}
    return Sentence(
        {
            "en": f"Points by band. {'; '.join(english)}.",
            "id": f"Poin menurut rentang. {'; '.join(indonesian)}.",
        },
        values,
    )


def _rows(rows: Table, mark: str, words: tuple[str, str]) -> str:
    start, under = words
    said = [f"{under} {{edge{mark}0}} = {{below}}"]
    said += [f"{start} {{edge{mark}{row}}} = {{points{mark}{row}}}" for row in range(len(rows))]
    return ", ".join(said)


BANDS = Scale(
    code="bands",
    title={"en": "Points by band", "id": "Poin menurut rentang"},
    parameters=BandsParameters,
    points=points,
    describe=describe,
)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (BANDS,)
