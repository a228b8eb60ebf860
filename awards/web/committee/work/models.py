"""Jobs in words: what is done, how far it is, how long it may still take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from awards.domain.records import Edition
from awards.domain.text import localized
from awards.jobs.tasks import Job, State, Verb
from awards.web import acting
from awards.web.committee.layout import address, crumbs
from awards.web.formats import Formats, formats
from awards.web.language import choose_language
from awards.web.public.layout import Link
from awards.web.words import gettext, ngettext

_FIRST = 2
"""Seconds in which nothing is said about the time left."""


@dataclass(frozen=True, kw_only=True)
class JobPage:
    """A job that is under way, or why it ended without success. ``share`` is how much is
    over, None where nobody knows; ``again`` begins it anew."""

    crumbs: tuple[Link, ...]
    heading: str
    words: str
    share: float | None
    state_href: str
    over: bool
    back: Link
    again: str | None
    token: str


@dataclass(frozen=True, kw_only=True)
class JobRow:
    """A line of a list of jobs."""

    link: Link
    state: str
    kind: str
    when: str


def job_page(edition: Edition, job: Job, *, subject: str, token: str) -> JobPage:
    title = verb_words(job, subject)
    again = job.state in (State.REFUSED, State.FAILED, State.STRANDED)
    return JobPage(
        crumbs=crumbs(edition, title),
        heading=title if not job.is_over else _ended(job, title),
        words=progress_words(job),
        share=share_of(job),
        state_href=url_for("committee.job_state", edition=edition.code, job=job.id),
        over=job.is_over,
        back=Link(address(edition, "data"), gettext("Back to the data")),
        again=url_for("committee.begin_again", edition=edition.code, job=job.id) if again else None,
        token=token,
    )


def job_rows(
    edition: Edition, jobs: tuple[Job, ...], subjects: Mapping[str, str]
) -> tuple[JobRow, ...]:
    words = formats()
    zone = edition.definition.time_zone
    return tuple(_row(edition, each, subjects, words, zone=zone) for each in jobs)


def verb_words(job: Job, subject: str) -> str:
    """What the job does to what."""
    said = {
        Verb.LOOK: gettext("Reading %(what)s", what=subject),
        Verb.CHECK: gettext("Checking %(what)s", what=subject),
        Verb.ACCEPT: gettext("Bringing in %(what)s", what=subject),
        Verb.SNAPSHOT: gettext("Locking the data: %(what)s", what=subject),
        Verb.RUN: gettext("Run: %(what)s", what=subject),
    }
    return said[job.task.verb]


def progress_words(job: Job) -> str:
    """How far a job is, or why it ended."""
    if job.words is not None:
        return localized(job.words, choose_language())
    if job.state is State.FAILED:
        return gettext("The program failed. Nothing was changed by halves; begin it again.")
    if job.state is State.STRANDED:
        return gettext("It was begun by another version of the program. Begin it again.")
    if job.state is State.WAITING:
        return gettext("It waits for its turn. You can leave this page; it goes on without you.")
    return " ".join((*_doing(job), *_left(job)))


def share_of(job: Job) -> float | None:
    """How much of the job is over, from 0 to 1."""
    if job.is_over or job.state is State.WAITING:
        return None
    if job.steps > 1:
        return job.done / job.steps
    if job.usual:
        return min(0.95, _elapsed(job) / job.usual)
    return None


def state_words(state: State) -> tuple[str, str]:
    """A state in words, and the kind of tag that shows it."""
    said = {
        State.WAITING: (gettext("waiting"), "act"),
        State.WORKING: (gettext("at work"), "act"),
        State.DONE: (gettext("done"), "ok"),
        State.REFUSED: (gettext("refused"), "warn"),
        State.FAILED: (gettext("failed"), "bad"),
        State.STRANDED: (gettext("of another version"), "bad"),
    }
    return said[state]


def _row(
    edition: Edition, job: Job, subjects: Mapping[str, str], words: Formats, *, zone: str
) -> JobRow:
    state, kind = state_words(job.state)
    named = subjects.get(job.task.subject.partition("@")[0], job.task.subject)
    return JobRow(
        link=Link(
            url_for("committee.job", edition=edition.code, job=job.id), verb_words(job, named)
        ),
        state=state,
        kind=kind,
        when=words.moment(job.begun, zone),
    )


def _ended(job: Job, title: str) -> str:
    return f"{title}: {state_words(job.state)[0]}"


def _doing(job: Job) -> tuple[str, ...]:
    said = {
        "reading": gettext("The file is read and every cell checked."),
        "comparing": gettext("The rows are compared with what was there."),
        "writing": gettext("The report is written."),
        "importing": gettext("Every cell is checked once more, then the part is saved."),
        "locking": gettext("The parts are put together and locked."),
    }
    doing = said.get(job.doing)
    if doing:
        return (doing,)
    if job.steps > 1:
        return (
            gettext(
                "Step %(number)s of %(all)s.",
                number=formats().count(job.done + 1),
                all=formats().count(job.steps),
            ),
        )
    return (gettext("It is at work."),)


def _left(job: Job) -> tuple[str, ...]:
    if job.usual is None or _elapsed(job) < _FIRST:
        return ()
    left = max(1, round(job.usual - _elapsed(job)))
    return (ngettext("About %(n)s second left.", "About %(n)s seconds left.", left, n=left),)


def _elapsed(job: Job) -> float:
    now: datetime = acting.now()
    return (now - job.begun).total_seconds()
