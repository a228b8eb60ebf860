"""The stages that an edition passes, in order."""

from collections.abc import Iterable
from enum import StrEnum


class Stage(StrEnum):
    """Where an edition stands; a program may leave some out."""

    DRAFT = "draft"
    RULES_LOCKED = "rules-locked"
    DATA = "data"
    VERIFICATION = "verification"
    EVALUATION = "evaluation"
    JURY = "jury"
    PROVISIONAL = "provisional"
    OBJECTIONS = "objections"
    DECISION = "decision"
    PUBLISHED = "published"
    ARCHIVED = "archived"


EVERY_STAGE = frozenset(Stage)


def stages_from(first: Stage, to: Stage = Stage.ARCHIVED) -> frozenset[Stage]:
    """The stages from *first* to *to*, both included."""
    order = list(Stage)
    return frozenset(order[order.index(first) : order.index(to) + 1])


AFTER_CLOSE = stages_from(Stage.PROVISIONAL)
"""Once the points stand: what happened before can be looked into, and no longer moved."""


def latest(stages: Iterable[Stage]) -> Stage:
    """The one that comes last; a draft where there is none."""
    order = list(Stage)
    return max(stages, key=order.index, default=Stage.DRAFT)
