"""Questions before locking data and starting runs, and the list of runs."""

from dataclasses import dataclass

from flask import request, url_for

from awards.domain.records import Edition, Part, Run, Snapshot
from awards.web.committee.layout import address, committee, crumbs
from awards.web.committee.work.models import JobRow, job_rows
from awards.web.formats import ABSENT, formats
from awards.web.forms.pages import ConfirmPage, Fact
from awards.web.guard import may
from awards.web.public.layout import Link
from awards.web.words import gettext, ngettext

_DIGITS = 12
_JOBS = 10


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """A run: its category, seal and candidates; ``latest`` is the one in force."""

    category: str
    seal: str
    digest: str
    candidates: str
    latest: bool


@dataclass(frozen=True, kw_only=True)
class RunsPage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    start: str | None
    rows: tuple[RunRow, ...]
    jobs: tuple[JobRow, ...]


def lock_question(edition: Edition, kind: str) -> ConfirmPage:
    """What locking the data now in force would lock."""
    words, title = formats(), formats().text(committee().rulebook.kind(kind).title)
    with committee().stores.database.reading() as records:
        parts = records.parts.current(edition.code, kind)
        latest = records.snapshots.latest(edition.code, kind)
    rows = sum(each.rows for each in parts if each.records is None)
    facts = [
        Fact(gettext("Parts"), ", ".join(each.name for each in parts) or gettext("none yet")),
        Fact(gettext("Rows in them"), words.count(rows)),
        Fact(gettext("Rows left out"), words.count(sum(each.refused for each in parts))),
        Fact(gettext("Locked until now"), _locked(latest, parts)),
    ]
    return ConfirmPage(
        crumbs=crumbs(edition, gettext("Lock the data")),
        heading=gettext("Lock the data: %(kind)s?", kind=title),
        lede=gettext(
            "The parts are put together, one row a candidate. What is locked never changes; "
            "later parts make a new one."
        ),
        facts=tuple(facts),
        action=request.path,
        button=gettext("Lock the data"),
        back=Link(address(edition, "data"), gettext("Cancel")),
        danger=False,
    )


def run_question(edition: Edition) -> ConfirmPage:
    """What a run of all categories would compute."""
    words = formats()
    facts = []
    with committee().stores.database.reading() as records:
        for each in edition.definition.categories:
            latest = records.snapshots.latest(edition.code, each.kind)
            told = words.count(latest.rows) if latest else gettext("no data are locked yet")
            facts.append(Fact(words.text(each.title), told))
    return ConfirmPage(
        crumbs=crumbs(edition, gettext("Start a run")),
        heading=gettext("Compute all categories?"),
        lede=gettext(
            "Every category is computed over the data locked last, and sealed. The figures "
            "below are the candidates in these data."
        ),
        facts=tuple(facts),
        action=request.path,
        button=gettext("Start the run"),
        back=Link(address(edition, "runs"), gettext("Cancel")),
        danger=False,
    )


def runs_page(edition: Edition) -> RunsPage:
    with committee().stores.database.reading() as records:
        found = records.runs.list(edition.code)
        rows = tuple(
            _row(edition, each, records.snapshots.get(each.snapshot), latest=_is_last(each, found))
            for each in reversed(found)
        )
    jobs = [each for each in committee().jobs.of(edition.code) if each.task.verb == "run"]
    start = may("committee.start_run", edition=edition.code, method="POST")
    return RunsPage(
        crumbs=crumbs(edition, gettext("Runs")),
        heading=ngettext("%(n)s run", "%(n)s runs", len(rows), n=formats().count(len(rows))),
        lede=gettext(
            "Each run is sealed: the same data and rules give the same seal, and nobody can "
            "change it afterwards."
        ),
        start=url_for("committee.start_run", edition=edition.code) if start else None,
        rows=rows,
        jobs=job_rows(edition, tuple(jobs[:_JOBS]), {"*": gettext("all categories")}),
    )


def _is_last(run: Run, found: tuple[Run, ...]) -> bool:
    of_category = [each for each in found if each.category == run.category]
    return of_category[-1] == run


def _row(edition: Edition, run: Run, snapshot: Snapshot, *, latest: bool) -> RunRow:
    definition = edition.definition.category(run.category)
    return RunRow(
        category=formats().text(definition.title) if definition else run.category,
        seal=run.seal[:_DIGITS],
        digest=run.result_digest[:_DIGITS],
        candidates=formats().count(snapshot.rows),
        latest=latest,
    )


def _locked(latest: Snapshot | None, parts: tuple[Part, ...]) -> str:
    if latest is None:
        return ABSENT
    same = set(latest.parts) == {each.id for each in parts}
    rows = formats().count(latest.rows)
    if same:
        return gettext("%(rows)s candidates, of these same parts", rows=rows)
    return gettext("%(rows)s candidates, of other parts", rows=rows)
