"""Look points up in a table of bands, one table for all or one for each group."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

import narwhals as nw
from pydantic import Field, field_validator, model_validator

from awards.sdk import Parameters, Scale, ScaleInput, Sentence, hookimpl

Points = Annotated[float, Field(ge=0, le=100)]
Table = Annotated[tuple[tuple[float, Points], ...], Field(min_length=1)]


OTHERS = "*"
"""The key of the table for candidates that have none of their own."""


class BandsParameters(Parameters):
    """``table`` lists ``(lower edge, points)``, edges rising; a value on an edge
    belongs to the band above it, or to the one below where ``edges`` are excluded.

    ``table`` may also give one such list for each value of the attribute
    ``keyed_by`` (a business scale, a sector, a region), and one under ``*`` for all
    other values. ``below`` is what a value under the first edge earns: unless stated,
    0, or 100 where less is better. With ``decimals``, values count as if rounded to
    that many places, halves up, before they are looked up.
    """

    table: Table | dict[str, Table]
    keyed_by: str | None = None
    below: Points | None = None
    edges: Literal["included", "excluded"] = "included"
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None

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

    def reached(self, value: nw.Expr, edge: float) -> nw.Expr:
        """Whether *value* lies in the band above *edge*.

        Rounding never happens: a value that would be rounded up to an edge is at
        most half a unit below it, so the edge is moved instead.
        """
        if self.decimals is None:
            return value >= edge if self.edges == "included" else value > edge
        unit = Decimal(1).scaleb(-self.decimals)
        units = Decimal(repr(edge)) / unit
        first = math.ceil(units) if self.edges == "included" else math.floor(units) + 1
        return value >= float((first - Decimal("0.5")) * unit)

    def bottom(self, less_is_better: bool) -> float:
        """What a value under the first edge earns."""
        if self.below is not None:
            return self.below
        return 100.0 if less_is_better else 0.0


def points(given: ScaleInput, p: BandsParameters) -> nw.Expr:
    """The points of the highest band that the value reaches.

    A candidate whose attribute is missing, or has no table where there is none for all
    others, has missing points. Tables of this kind stand in most guidelines of Indonesian
    awards; each program names its own.
    """
    _check_direction(p, given.less_is_better)
    bottom = p.bottom(given.less_is_better)
    found = {key: _look_up(given.value, rows, p, bottom=bottom) for key, rows in p.tables.items()}
    if p.keyed_by is None:
        return found[""]
    key = given.attribute(p.keyed_by)
    own = [name for name in found if name != OTHERS]
    cases = [nw.when(key == name).then(found[name]) for name in own]
    if OTHERS in found:
        elsewhere = ~key.is_null() if not own else ~key.is_in(own)
        cases.append(nw.when(elsewhere).then(found[OTHERS]))
    return nw.coalesce(*cases) if len(cases) > 1 else cases[0]


def _look_up(value: nw.Expr, rows: Table, p: BandsParameters, *, bottom: float) -> nw.Expr:
    number = value.cast(nw.Float64)
    steps = [nw.when(p.reached(number, edge)).then(nw.lit(earned)) for edge, earned in rows]
    under = nw.when(~number.is_null()).then(nw.lit(bottom))
    return nw.coalesce(*reversed(steps), under)


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
    inside = p.edges == "included"
    for number, (key, rows) in enumerate(p.tables.items()):
        named = f"{{key{number}}}: " if key not in ("", OTHERS) else ""
        values |= {f"key{number}": key} if named else {}
        others, lainnya = ("others: ", "lainnya: ") if key == OTHERS else (named, named)
        words = ("from", "below") if inside else ("above", "up to")
        kata = ("mulai", "di bawah") if inside else ("di atas", "sampai")
        english.append(others + _rows(rows, f"{number}_", words))
        indonesian.append(lainnya + _rows(rows, f"{number}_", kata))
        for row, (edge, earned) in enumerate(rows):
            values |= {f"edge{number}_{row}": edge, f"points{number}_{row}": earned}
    return Sentence(
        {
            "en": f"Points by band. {'; '.join(english)}.{_rounding(p, values)['en']}",
            "id": f"Poin menurut rentang. {'; '.join(indonesian)}.{_rounding(p, values)['id']}",
        },
        values,
    )


def _rounding(p: BandsParameters, values: dict[str, float | str]) -> Mapping[str, str]:
    if p.decimals is None:
        return {"en": "", "id": ""}
    values["decimals"] = p.decimals
    return {
        "en": " Values are first rounded to {decimals} decimals, halves up.",
        "id": " Nilai lebih dulu dibulatkan ke {decimals} desimal, setengah ke atas.",
    }


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
