"""Why a candidate stands where it does: what would lift it, and whom it is like."""

from dataclasses import dataclass
from typing import Literal

from awards.domain.text import Text


@dataclass(frozen=True, kw_only=True)
class Lift:
    """One figure changed, everything else as it is, and what the rules then give.

    The indicator changes ``by`` so much, to the value ``to``; one step less does not
    reach the goal. ``criteria`` are those whose points it raises. ``total`` and
    ``place`` are what an evaluation of the changed data gives.
    """

    indicator: str
    words: Text
    unit: str
    by: float
    to: float
    criteria: tuple[str, ...]
    total: float
    place: int


WhyNot = Literal["first", "highest", "out-of-reach", "too-many"]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A better place (``ladder`` None), or a higher title or class of the ladder whose
    number, from 0, and ``words`` are given.

    ``aims`` are the words of the title that each lift reaches, one for each lift, and
    empty for a place. ``why_not`` says why there is no lift: the candidate is first, has
    the highest title, no single figure within its bounds reaches it, or points depend on
    others and these are too many to be computed again for every try.
    """

    ladder: int | None
    words: Text | None
    lifts: tuple[Lift, ...]
    aims: tuple[Text, ...] = ()
    why_not: WhyNot | None = None


@dataclass(frozen=True, kw_only=True)
class PeerMedian:
    """Medians of one criterion over a peer group; None where it has too few values."""

    code: str
    raw: float | None
    points: float | None


@dataclass(frozen=True, kw_only=True)
class PeerGroup:
    """Ranked candidates that are alike in ``attributes``, pairs of code and value; the
    candidate itself is one of the ``count``."""

    attributes: tuple[tuple[str, str], ...]
    count: int
    total: float | None
    medians: tuple[PeerMedian, ...]


@dataclass(frozen=True, kw_only=True)
class Trait:
    """A criterion in which a candidate is strong or weak: ``lead`` is how many points of
    the total that makes, below zero for a weakness."""

    code: str
    lead: float
    basis: Literal["peers", "weight"]


@dataclass(frozen=True, kw_only=True)
class PolicyEffect:
    """What an absent value would mean under another policy, for everybody.

    ``place`` and ``total`` are None where the candidate would have none; ``lower`` is how
    many places lower than under the policy in force, negative where higher, None where
    either gives no place.
    """

    criterion: str
    policy: str
    in_force: bool
    place: int | None
    total: float | None
    lower: int | None
