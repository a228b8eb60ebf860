"""Decide: titles are conferred by people, on the strength of a sealed run."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from awards.domain.canonical import json_digest
from awards.domain.errors import Refused
from awards.domain.records import Conferred, Decision, Event
from awards.domain.stages import Stage
from awards.evaluation import columns
from awards.evaluation.sheets import make_sheet
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import SealedRun
from awards.services.signatures import refuse_same_person
from awards.services.stages import advance
from awards.services.stores import Act, Stores

LISTED = 200
"""The ledger names up to so many holders; more stand in the decision alone, by digest."""


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """The committee's minutes (berita acara): their number and date."""

    number: str
    date: date


def propose(sealed: SealedRun, *, rulebook: RuleBook) -> tuple[Conferred, ...]:
    """What the category's first ladder proposes, best place first.

    A category without a ladder, or whose ladder confers nothing, proposes nobody.
    """
    if not sealed.definition.ladders:
        return ()
    use = sealed.definition.ladders[0]
    ladder = rulebook.ladder(use.code)
    words = ladder.words(ladder.parameters.model_validate(use.parameters))
    step = columns.title(0)
    titled = make_sheet(
        sealed.tables, sealed.definition, rulebook=rulebook, among=pl.col(step).is_not_null()
    )
    return tuple(
        Conferred(candidate=one, name=name, title=title, words=dict(words[title]), place=place)
        for one, name, title, place in titled.select("id", "name", step, "place")
        .collect()
        .iter_rows()
    )


def decide(
    stores: Stores,
    sealed: SealedRun,
    *,
    titles: tuple[Conferred, ...],
    minutes: Minutes,
    second: str,
    act: Act,
) -> Decision:
    """Record that *titles* are conferred on the strength of the sealed run.

    Raises `SamePerson` when both signatures are one person's, and `Refused` when
    there is nothing to confer; in both cases nothing is saved.
    """
    refuse_same_person(act, second, what="A decision is signed")
    if not titles:
        raise Refused("The run proposes no title, so there is nothing to decide.")
    manifest = sealed.manifest
    decision = Decision(
        id=0,
        edition=manifest["edition"],
        category=manifest["category"]["code"],
        seal=sealed.seal,
        titles=titles,
        by=act.by,
        second=second,
        minutes=minutes.number,
        decided_on=minutes.date,
    )
    with stores.database.transaction() as records:
        saved = records.decisions.add(decision)
        records.ledger.append(_event(saved), at=act.at)
        advance(records, saved.edition, Stage.DECISION, act)
    return saved


def _event(decision: Decision) -> Event:
    titles = [[each.candidate, each.title] for each in decision.titles]
    detail: dict[str, object] = {
        "category": decision.category,
        "seal": decision.seal,
        "second": decision.second,
        "minutes": decision.minutes,
        "titles": titles if len(titles) <= LISTED else {"count": len(titles)},
        "titles_digest": json_digest(titles),
    }
    return Event(
        actor=decision.by, action="titles.decided", subject=decision.edition, detail=detail
    )
