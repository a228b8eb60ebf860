"""Explain a run: how it came out, and one candidate down to the source cells."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from awards.domain.definition import CategoryDefinition, GateUse
from awards.domain.errors import NotFound
from awards.domain.explained import Goal, PeerGroup, PolicyEffect, Trait
from awards.domain.published import CriterionHead, CriterionScore
from awards.domain.text import localized
from awards.evaluation import columns
from awards.evaluation.columns import Standing
from awards.evaluation.sheets import make_sheet
from awards.evaluation.standings import TOLERANCE
from awards.sdk.compiled import Outcome
from awards.sdk.rulebook import RuleBook
from awards.services.claims import Claim, claims_of
from awards.services.heads import criterion_heads
from awards.services.lifting import Lifting
from awards.services.peers import peer_groups, traits_of
from awards.services.policies import policy_effects
from awards.services.sealed import SealedRun
from awards.services.treatments import availability_head
from awards.storage.explained import group_of
from awards.storage.scorecards import read_scores

_FIRST = 10


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a run's ranking."""

    place: int
    id: str
    name: str
    total: float
    title: str | None


@dataclass(frozen=True, kw_only=True)
class Summary:
    """How a run came out: counts, and the first places."""

    population: int
    ranked: int
    ineligible: int
    not_assessable: int
    first: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class GateOutcome:
    """What a gate says of the candidate; ``reason`` is the rule in words."""

    title: str
    outcome: str
    reason: str
    failed: bool


@dataclass(frozen=True)
class Availability:
    """How many of the criteria that arise for the candidate are measured."""

    measured: int
    arising: int


@dataclass(frozen=True, kw_only=True)
class ExplainedCriterion:
    """A criterion as declared, and how it counted for the candidate."""

    head: CriterionHead
    score: CriterionScore


@dataclass(frozen=True, kw_only=True)
class Explained:
    """Everything about one candidate of a run. For the committee: gates, small peer groups
    and what others claim too included.

    ``goals`` is empty for a candidate without a place, ``peers`` None where it lacks an
    attribute that groups are made by; ``policies`` says what each absent value would
    mean under every policy.
    """

    id: str
    name: str
    standing: str
    place: int | None
    total: float | None
    gates: tuple[GateOutcome, ...]
    criteria: tuple[ExplainedCriterion, ...]
    claims: tuple[Claim, ...]
    availability: Availability
    goals: tuple[Goal, ...]
    peers: PeerGroup | None
    traits: tuple[Trait, ...]
    policies: tuple[PolicyEffect, ...]

    def data(self) -> dict[str, Any]:
        """The same as JSON data; sentences keep their gaps and values."""
        return asdict(self)


def summarize_run(sealed: SealedRun, *, rulebook: RuleBook) -> Summary:
    """How the run came out."""
    results = sealed.tables.results
    counts = dict(results.group_by("standing").len().collect(engine="streaming").iter_rows())
    step = columns.title(0) if sealed.definition.ladders else None
    best = pl.col("place") <= _FIRST
    first = make_sheet(sealed.tables, sealed.definition, rulebook=rulebook, among=best)
    return Summary(
        population=sum(counts.values()),
        ranked=counts.get(Standing.RANKED, 0),
        ineligible=counts.get(Standing.INELIGIBLE, 0),
        not_assessable=counts.get(Standing.NOT_ASSESSABLE, 0),
        first=tuple(
            Line(
                place=row["place"],
                id=row["id"],
                name=row["name"],
                total=row["total"],
                title=row[step] if step else None,
            )
            for row in first.head(_FIRST).collect().iter_rows(named=True)
        ),
    )


def explain_candidate(sealed: SealedRun, candidate: str | None, *, rulebook: RuleBook) -> Explained:
    """Explain *candidate*, or the first place when None.

    Raises `NotFound` for an id that was not evaluated.
    """
    ranked = sealed.tables.results.filter(pl.col("place").is_not_null())
    row = _row(sealed, _first(sealed) if candidate is None else candidate, rulebook)
    heads = criterion_heads(sealed.definition, ranked, rulebook=rulebook, everything=True)
    scores = read_scores(row, heads, sealed.snapshot["parts"])
    known = _availability(scores)
    peers = group_of(peer_groups(sealed, rulebook=rulebook, everything=True), row)
    return Explained(
        id=row["id"],
        name=row["name"],
        standing=_standing(row, sealed.manifest["result"]["ranked"]),
        place=row["place"],
        total=row["total"],
        gates=(
            *(_gate(row, use, rulebook) for use in sealed.definition.gates),
            *_availability_gate(sealed.definition, known),
        ),
        criteria=tuple(
            ExplainedCriterion(head=head, score=score)
            for head, score in zip(heads, scores, strict=True)
        ),
        claims=claims_of(sealed, row["id"], rulebook=rulebook),
        availability=known,
        goals=Lifting(sealed, rulebook=rulebook).of(row["id"]),
        peers=peers,
        traits=traits_of(scores, peers, row["total"]),
        policies=policy_effects(sealed, [row["id"]], rulebook=rulebook).get(row["id"], ()),
    )


def _availability(scores: Sequence[CriterionScore]) -> Availability:
    reasons = [score.reason for score in scores]
    measured = sum(each in ("measured", "off_scale") for each in reasons)
    return Availability(measured, len(reasons) - reasons.count("not_applicable"))


def _availability_gate(
    definition: CategoryDefinition, known: Availability
) -> Iterator[GateOutcome]:
    head, least = availability_head(definition), definition.least_availability
    if head is not None and least is not None:
        enough = known.measured >= least * known.arising - TOLERANCE
        yield GateOutcome(
            title=localized(head.title, "en"),
            outcome="pass" if enough else "not assessable",
            reason=localized(head.reason, "en"),
            failed=not enough,
        )


def _first(sealed: SealedRun) -> str:
    """Whoever the sheet begins with."""
    whole = sealed.tables.results.select("id", "place")
    best = whole.filter(pl.col("place") == 1).head(1).collect()
    return str((best if best.height else whole.head(1).collect())["id"][0])


def _row(sealed: SealedRun, candidate: str, rulebook: RuleBook) -> dict[str, Any]:
    found = make_sheet(
        sealed.tables, sealed.definition, rulebook=rulebook, among=pl.col("id") == candidate
    ).collect()
    if found.is_empty():
        raise NotFound(
            f"Run {sealed.seal[:12]} evaluated no candidate {candidate!r}. "
            f"Ids look like {_first(sealed)}."
        )
    return found.row(0, named=True)


def _standing(row: dict[str, Any], ranked: int) -> str:
    if row["standing"] == Standing.RANKED:
        shared = ", shared" if row["shared"] else ""
        return f"place {row['place']} of {ranked}{shared}"
    return "not eligible" if row["standing"] == Standing.INELIGIBLE else "not assessable"


def _gate(row: dict[str, Any], use: GateUse, rulebook: RuleBook) -> GateOutcome:
    title, reason = rulebook.gate_words(use)
    outcome = Outcome(row[columns.gate(use.key)])
    return GateOutcome(
        title=localized(title, "en"),
        outcome=outcome.name.lower().replace("_", " "),
        reason=localized(reason, "en"),
        failed=outcome is Outcome.FAIL,
    )
