"""Give the highest level whose conditions all hold: gates, points, places, earlier titles.

The form of PROPER's colors (each level asks for more than the one below), of special
mentions (first by one criterion) and of "nothing below a floor".
"""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import and_
from typing import Annotated

import narwhals as nw
from pydantic import Field, model_validator

from awards.sdk import Ladder, LadderInput, Parameters, Text, hookimpl

from .bands import first_of


class Level(Parameters):
    """A title and what it takes; without any condition everybody ranked has it.

    ``gates``: all are passed. ``least`` and ``above``: so many points at least, or more
    than so many, of ``of``, a criterion or group, or of the total. ``place``: this place
    or a better one, by ``of``, among those with the same value of ``within``.
    ``attributes``: each has one of the values. ``held``: one of these titles in each of
    the last ``editions`` editions.
    """

    code: str
    words: dict[str, str]
    gates: tuple[str, ...] = ()
    of: str | None = None
    least: float | None = None
    above: float | None = None
    place: Annotated[int, Field(ge=1)] | None = None
    within: str | None = None
    attributes: Annotated[dict[str, tuple[str, ...]], Field(default_factory=dict)]
    held: tuple[str, ...] = ()
    editions: Annotated[int, Field(ge=1, le=10)] = 1

    @model_validator(mode="after")
    def _says_something(self) -> "Level":
        if self.within is not None and self.place is None:
            raise ValueError("within goes with a place")
        return self

    def conditions(self, given: LadderInput) -> Iterator[nw.Expr]:
        """What must hold, one expression each."""
        for code in self.gates:
            yield given.passes(code)
        points = given.value(self.of) if self.of else given.total
        if self.least is not None:
            yield points >= self.least
        if self.above is not None:
            yield points > self.above
        if self.place is not None:
            yield self._place(given) <= self.place
        for code, values in self.attributes.items():
            yield given.attribute(code).is_in(list(values))
        if self.held:
            for back in range(1, self.editions + 1):
                yield given.held(back).is_in(list(self.held))

    def _place(self, given: LadderInput) -> nw.Expr:
        if self.of is None and self.within is None:
            return given.place
        return given.place_by(self.of, self.within)


class LevelsParameters(Parameters):
    """``levels`` lists what there is to reach, highest first."""

    levels: Annotated[tuple[Level, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_differ(self) -> "LevelsParameters":
        if len({level.code for level in self.levels}) < len(self.levels):
            raise ValueError("two levels have the same code")
        return self


def titles(given: LadderInput, p: LevelsParameters) -> nw.Expr:
    """The code of the highest level whose conditions all hold, or missing. A condition
    that cannot be told does not hold."""
    return first_of([_reached(level, given) for level in p.levels])


def _reached(level: Level, given: LadderInput) -> nw.Expr:
    known = [nw.coalesce(each, nw.lit(value=False)) for each in level.conditions(given)]
    holds = reduce(and_, known, ~given.place.is_null())
    return nw.when(holds).then(nw.lit(level.code))


def words(p: LevelsParameters) -> Mapping[str, Text]:
    return {level.code: level.words for level in p.levels}


LEVELS = Ladder(
    code="levels",
    title={"en": "Highest level reached", "id": "Tingkat tertinggi yang dicapai"},
    parameters=LevelsParameters,
    titles=titles,
    words=words,
)


@hookimpl
def awards_register_ladders() -> tuple[Ladder, ...]:
    return (LEVELS,)
