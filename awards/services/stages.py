"""Move an edition from stage to stage, each step with what it asks for."""

from awards.domain.errors import Refused
from awards.domain.records import Edition, Event
from awards.domain.stages import (
    WORDS,
    Milestone,
    Progress,
    Stage,
    StageEntry,
    following,
    is_before,
    lacking,
)
from awards.domain.text import Text
from awards.services.signatures import refuse_alone
from awards.services.stores import Act, Stores
from awards.storage.records import Records


class StageNotReady(Refused):
    """Something is still lacking; ``lacking`` says what, in every language."""

    def __init__(self, message: str, *, lacking: tuple[Text, ...]) -> None:
        super().__init__(message)
        self.lacking = lacking


def enter_stage(
    stores: Stores,
    code: str,
    stage: Stage,
    *,
    act: Act,
    second: str | None = None,
    reason: str | None = None,
) -> Edition:
    """Let the edition *code* enter the next stage of its course, or go back to an earlier one.

    Raises `StageNotReady` with what the stage still asks for, and `Refused` for a
    stage that is not the next, for going back from a published edition, and for going
    back after a run without a reason and a second person. Nothing is saved then.
    """
    with stores.database.transaction() as records:
        edition = records.editions.get(code)
        if is_before(stage, edition.stage):
            _refuse_return(records, edition, act=act, second=second, reason=reason)
        else:
            _refuse_leap(records, edition, stage)
        entry = StageEntry(
            edition=code,
            stage=stage,
            entered_at=act.at,
            by=act.by,
            second=second,
            reason=reason,
        )
        records.editions.enter(entry)
        records.ledger.append(_event(entry), at=act.at)
        return records.editions.get(code)


def advance(records: Records, edition: str, stage: Stage, act: Act) -> None:
    """Let *edition* be at *stage* at least: an act that belongs to a stage enters it, and
    the act's own event records that."""
    if is_before(records.editions.get(edition).stage, stage):
        entry = StageEntry(edition=edition, stage=stage, entered_at=act.at, by=act.by)
        records.editions.enter(entry)


def progress_of(records: Records, edition: Edition) -> Progress:
    """What *edition* has, as far as stages ask for it."""
    definition = edition.definition
    kinds = dict.fromkeys(each.kind for each in definition.categories)
    codes = [each.code for each in definition.categories]
    runs = records.runs.list(edition.code)
    run = {each.category for each in runs}
    return Progress(
        is_locked=edition.decree is not None,
        kinds_without_data=[
            each for each in kinds if not records.parts.current(edition.code, each)
        ],
        categories_without_run=[each for each in codes if each not in run],
        undecided_categories=[
            each for each in codes if records.decisions.latest(edition.code, each) is None
        ],
        is_published=records.publications.of(edition.code) is not None,
        runs=len(runs),
    )


def milestones(records: Records, edition: Edition) -> tuple[Milestone, ...]:
    """The course of *edition*: planned and actual days, and where it stands."""
    planned = {each.stage: each.planned for each in edition.definition.stages}
    entered = {each.stage: each.entered_at.date() for each in records.editions.stages(edition.code)}
    return tuple(
        Milestone(
            stage=each,
            planned=planned.get(each),
            actual=None if is_before(edition.stage, each) else entered.get(each),
            is_current=each == edition.stage,
        )
        for each in edition.definition.course
    )


def _refuse_leap(records: Records, edition: Edition, stage: Stage) -> None:
    due = following(edition.stage, edition.definition.course)
    if stage == edition.stage or due is None:
        raise Refused(f"{edition.code} is at the stage {WORDS[edition.stage]['en']!r} already.")
    if due != stage:
        raise Refused(
            f"{edition.code} is at the stage {WORDS[edition.stage]['en']!r}; "
            f"{WORDS[due]['en']!r} comes next."
        )
    missing = lacking(stage, progress_of(records, edition))
    if stage is Stage.RULES_LOCKED:
        raise Refused(f"Lock the rules: awards edition lock {edition.code} --decree NUMBER")
    if missing:
        words = " ".join(each["en"] for each in missing)
        raise StageNotReady(
            f"{edition.code} cannot enter {WORDS[stage]['en']!r} yet. {words}", lacking=missing
        )


def _refuse_return(
    records: Records, edition: Edition, *, act: Act, second: str | None, reason: str | None
) -> None:
    if not is_before(edition.stage, Stage.PUBLISHED):
        raise Refused(
            f"{edition.code} is published and does not go back. Withdraw or correct what is "
            "published instead; that leaves a notice."
        )
    if not records.runs.list(edition.code):
        return
    what = f"{edition.code} has runs already; it goes back"
    refuse_alone(act, second=second, reason=reason, what=what)


def _event(entry: StageEntry) -> Event:
    detail: dict[str, object] = {"stage": entry.stage.value}
    if entry.second is not None:
        detail |= {"reason": entry.reason, "second": entry.second}
    return Event(actor=entry.by, action="edition.moved", subject=entry.edition, detail=detail)
