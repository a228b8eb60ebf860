"""Jobs, snapshots and runs: each begun by a button, with its progress on a page."""

from flask import abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from awards.domain.errors import NotFound
from awards.domain.records import Edition
from awards.jobs.tasks import Job, State, Task, Verb
from awards.web.acting import acting
from awards.web.committee.blueprint import desk
from awards.web.committee.layout import address, committee, committee_layout, find_edition
from awards.web.committee.work import runs as runs_pages
from awards.web.committee.work.models import job_page, progress_words, share_of
from awards.web.formats import formats
from awards.web.forms.base import PageForm
from awards.web.forms.pages import ask
from awards.web.words import gettext


def begin(edition: Edition, verb: Verb, subject: str) -> ResponseReturnValue:
    """Put a task in the queue and lead to its page."""
    task = Task(verb=verb, edition=edition.code, subject=subject, by=acting().by)
    job = committee().jobs.begin(task)
    return redirect(url_for("committee.job", edition=edition.code, job=job), 303)


@desk.get("/<edition>/jobs/<job>")
def job(edition: str, job: str) -> ResponseReturnValue:
    found = find_edition(edition)
    one = _find(found, job)
    if one.state is State.DONE:
        return _arrive(found, one)
    page = job_page(found, one, subject=_subject(found, one), token=generate_csrf())
    layout = committee_layout(page.heading, edition=found, current="data")
    return render_template("committee/data/job.html", layout=layout, page=page)


@desk.get("/<edition>/jobs/<job>/state")
def job_state(edition: str, job: str) -> ResponseReturnValue:
    """How a job is doing, for the page that shows it."""
    one = _find(find_edition(edition), job)
    return jsonify(over=one.is_over, words=progress_words(one), share=share_of(one))


@desk.post("/<edition>/jobs/<job>/again")
def begin_again(edition: str, job: str) -> ResponseReturnValue:
    found = find_edition(edition)
    one = _find(found, job)
    if one.state not in (State.REFUSED, State.FAILED, State.STRANDED):
        abort(400)
    return begin(found, one.task.verb, one.task.subject)


@desk.route("/<edition>/data/<kind>/lock", methods=["GET", "POST"])
def lock_data(edition: str, kind: str) -> ResponseReturnValue:
    found = find_edition(edition)
    _known_kind(found, kind)
    form = PageForm()
    if form.validate_on_submit():
        return begin(found, Verb.SNAPSHOT, kind)
    page = runs_pages.lock_question(found, kind)
    return ask(committee_layout(page.heading, edition=found, current="data"), page, form)


@desk.get("/<edition>/runs")
def runs(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    layout = committee_layout(gettext("Runs"), edition=found, current="runs")
    page = runs_pages.runs_page(found)
    return render_template("committee/data/runs.html", layout=layout, page=page)


@desk.route("/<edition>/runs/start", methods=["GET", "POST"])
def start_run(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    form = PageForm()
    if form.validate_on_submit():
        return begin(found, Verb.RUN, "*")
    page = runs_pages.run_question(found)
    return ask(committee_layout(page.heading, edition=found, current="runs"), page, form)


def _find(edition: Edition, job: str) -> Job:
    found = committee().jobs.find(job)
    if found is None or found.task.edition != edition.code:
        abort(404)
    return found


def _subject(edition: Edition, job: Job) -> str:
    """What the job is about, by name."""
    verb, words = job.task.verb, formats()
    if verb is Verb.SNAPSHOT:
        return words.text(committee().rulebook.kind(job.task.subject).title)
    if verb is Verb.RUN:
        return words.text(edition.definition.title)
    try:
        with committee().stores.database.reading() as records:
            return records.uploads.get(job.task.subject.partition("@")[0]).file
    except NotFound:
        return gettext("a file that was dropped")


def _arrive(edition: Edition, job: Job) -> ResponseReturnValue:
    """Where the outcome of a job is shown."""
    if job.task.verb is Verb.RUN:
        return redirect(address(edition, "runs"), 303)
    if job.task.verb is Verb.SNAPSHOT:
        flash(gettext("The data are locked."))
        return redirect(address(edition, "data"), 303)
    upload = job.task.subject.partition("@")[0]
    return redirect(url_for("committee.upload", edition=edition.code, upload=upload), 303)


def _known_kind(edition: Edition, kind: str) -> None:
    if kind not in {each.kind for each in edition.definition.categories}:
        abort(404)
