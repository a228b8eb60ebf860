"""The smaller pieces of a definition: rules in use, gates, caps, tie-breakers, history."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=64)]

Words = Annotated[dict[str, str], Field(min_length=1)]


def is_none(value: object) -> bool:
    """Fields that came later are left out where they say nothing, so that definitions
    which do not use them keep their digest."""
    return value is None


class Model(BaseModel):
    """A frozen piece of a definition that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Use(Model):
    """A registered rule and the parameters it is used with."""

    code: Code
    parameters: dict[str, Any] = {}


def is_empty(value: object) -> bool:
    """Like `is_none`, for fields that are left out where they list nothing."""
    return not value


class GateUse(Use):
    """A gate as a category uses it; gates are asked in the order in which they stand.

    Passing it or one of its ``alternatives`` is passing. It is asked only where all
    gates in ``when`` hold. A gate that ``decides`` titles leaves nobody out: ladders
    read it, and the explanation shows it. ``name`` is its code in the results where one
    gate is used twice; ``title`` and ``reason`` say it in words where the rule's own
    words do not fit.
    """

    name: Annotated[Code | None, Field(exclude_if=is_none)] = None
    when: Annotated[tuple[Use, ...], Field(exclude_if=is_empty)] = ()
    alternatives: Annotated[tuple[Use, ...], Field(exclude_if=is_empty)] = ()
    decides: Annotated[
        Literal["standing", "titles"], Field(exclude_if=lambda value: value == "standing")
    ] = "standing"
    title: Annotated[Words | None, Field(exclude_if=is_none)] = None
    reason: Annotated[Words | None, Field(exclude_if=is_none)] = None

    @property
    def key(self) -> str:
        """Its code in the results."""
        return self.name or self.code

    @property
    def uses(self) -> tuple[Use, ...]:
        """The rules that can be passed, each of them enough."""
        return (Use(code=self.code, parameters=self.parameters), *self.alternatives)


class FullPoints(Model):
    """A tie-breaker: how many criteria of the group ``of``, or of the tree, have at least
    so many points."""

    points: Annotated[float, Field(ge=0, le=100)] = 100.0
    of: Annotated[Code | None, Field(exclude_if=is_none)] = None


class EarlierResults(Model):
    """The decided results of another category, of this or of another edition."""

    edition: Code
    category: Code


class Entrants(EarlierResults):
    """Whom another category sends: the holders of one of ``titles`` there."""

    titles: Annotated[tuple[Code, ...], Field(min_length=1)]


class Cap(Model):
    """The most that a group reaches, by the points of another criterion or group.

    Without ``steps`` that is the other's points plus ``plus``. ``steps`` lists
    ``(points from, the most)``, points rising from 0: the group reaches the most of the
    highest step that the other one reaches. Where the other one has no points there is
    no cap.
    """

    by: Code
    plus: Annotated[float, Field(ge=0, le=100)] = 0.0
    steps: tuple[tuple[float, Annotated[float, Field(ge=0, le=100)]], ...] = ()

    @model_validator(mode="after")
    def _steps_rise(self) -> Cap:
        edges = [edge for edge, _ in self.steps]
        if edges and (edges[0] != 0 or edges != sorted(set(edges))):
            raise ValueError("the steps of a cap start at 0 points and rise")
        if self.steps and self.plus:
            raise ValueError("a cap has either steps or plus")
        return self
