"""Files: sent, matched, checked, put right, brought in."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from awards.domain.records import Edition
from awards.domain.uploads import Upload
from awards.jobs.tasks import Verb
from awards.services.acceptance import RefusedRow, refused_rows
from awards.services.acceptance import correct_row as send_again
from awards.services.upload_checks import (
    FAULTS,
    MARKED,
    Look,
    checked_folder,
    checked_of,
    look_of,
)
from awards.services.uploads import MOST, ask, drop, layout_for, receive
from awards.web.acting import acting
from awards.web.committee.blueprint import PREFIX, desk
from awards.web.committee.data import wizard
from awards.web.committee.data.forms import (
    UNDECLARED,
    ColumnsForm,
    SheetForm,
    UploadForm,
    columns_form,
    row_form,
)
from awards.web.committee.data.models import data_page
from awards.web.committee.data.report import report_page
from awards.web.committee.layout import address, committee, committee_layout, find_edition
from awards.web.committee.work.routes import begin
from awards.web.formats import formats
from awards.web.forms.base import PageForm, tried
from awards.web.forms.pages import ask as ask_first
from awards.web.words import gettext

_CHUNK = 1 << 20
_ROOM = 1_000_000
_CORRECTED = 200


@desk.url_value_preprocessor
def _allow_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """This one route takes large files; they are written to disk as they arrive."""
    if endpoint == f"{PREFIX}.new_upload":
        request.max_content_length = MOST + _ROOM


@desk.get("/<edition>/data")
def data(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    layout = committee_layout(gettext("Data"), edition=found, current="data")
    return render_template("committee/data/data.html", layout=layout, page=data_page(found))


@desk.route("/<edition>/data/new", methods=["GET", "POST"])
def new_upload(edition: str) -> ResponseReturnValue:
    found = find_edition(edition)
    form = UploadForm(found)
    if form.validate_on_submit():
        upload = tried(form, lambda: _receive(found, form))
        if upload is not None:
            return begin(found, Verb.LOOK, upload.id)
    page = wizard.wizard_page(found, None, gettext("Send a file"), at=0)
    return _form("upload", found, page, form)


@desk.get("/<edition>/uploads/<upload>")
def upload(edition: str, upload: str) -> ResponseReturnValue:
    """The next question about a file, or what is being done with it."""
    found, one = _both(edition, upload)
    job = _job_of(one)
    if job is not None:
        return redirect(url_for("committee.job", edition=edition, job=job), 303)
    if one.made is not None or checked_of(committee().stores, one) is not None:
        return redirect(wizard.to_upload(one, "report"), 303)
    look = look_of(committee().stores, one)
    if look is None:
        return begin(found, Verb.LOOK, one.id)
    if look.refused is not None:
        page = wizard.wizard_page(found, one, gettext("This file cannot be read"), at=0)
        layout = committee_layout(page.heading, edition=found, current="data")
        page = replace(page, refused=formats().text(look.refused))
        return render_template("committee/data/unreadable.html", layout=layout, page=page)
    step = "columns" if wizard.sheet_of(look, one) else "sheet"
    return redirect(wizard.to_upload(one, step), 303)


@desk.route("/<edition>/uploads/<upload>/sheet", methods=["GET", "POST"])
def sheet(edition: str, upload: str) -> ResponseReturnValue:
    found, one, look = _looked(edition, upload)
    form = SheetForm(version=one.version)
    form.sheet.choices = wizard.sheet_choices(look)
    if form.validate_on_submit():
        asked = replace(one.asked, sheet=form.sheet.data, columns={}, header_row=None)
        ask(committee().stores, one, asked=asked, version=form.version.data or 0)
        return redirect(wizard.to_upload(one, "columns"), 303)
    page = wizard.wizard_page(found, one, gettext("Which sheet has the table?"), at=1)
    return _form("sheet", found, page, form)


@desk.route("/<edition>/uploads/<upload>/columns", methods=["GET", "POST"])
def columns(edition: str, upload: str) -> ResponseReturnValue:
    found, one, look = _looked(edition, upload)
    shown = wizard.sheet_of(look, one)
    if shown is None:
        return redirect(wizard.to_upload(one, "sheet"), 303)
    layout = layout_for(one, found, rulebook=committee().rulebook)
    fields, targets = wizard.match_fields(layout, shown, one)
    numbers = one.asked.numbers or UNDECLARED
    form = columns_form(fields, version=one.version, numbers=numbers)
    if form.validate_on_submit() and _distinct(form, targets):
        return _check(found, one, form, form.chosen_columns(targets))
    page = replace(
        wizard.wizard_page(found, one, gettext("Which column holds what?"), at=1),
        rows=wizard.match_rows(layout, shown, targets, one),
        unused=wizard.unused_titles(shown, {}),
    )
    return _form("columns", found, page, form)


@desk.get("/<edition>/uploads/<upload>/report")
def report(edition: str, upload: str) -> ResponseReturnValue:
    found, one = _both(edition, upload)
    stores = committee().stores
    checked = checked_of(stores, one)
    if checked is None:
        return redirect(wizard.to_upload(one), 303)
    page = report_page(
        found,
        one,
        checked,
        layout=layout_for(one, found, rulebook=committee().rulebook),
        asked=request.args,
        rows=_left_to_correct(one),
        again=url_for("committee.new_upload", edition=edition),
    )
    layout = committee_layout(page.heading, edition=found, current="data")
    return render_template("committee/data/report.html", layout=layout, page=page)


@desk.get("/<edition>/uploads/<upload>/marked.xlsx")
def marked_file(edition: str, upload: str) -> ResponseReturnValue:
    """The sheet that was sent, its refused cells marked."""
    _, one = _both(edition, upload)
    return _file(one, MARKED, f"{Path(one.file).stem}-marked.xlsx")


@desk.get("/<edition>/uploads/<upload>/faults.csv")
def fault_file(edition: str, upload: str) -> ResponseReturnValue:
    _, one = _both(edition, upload)
    return _file(one, FAULTS, f"{Path(one.file).stem}-faults.csv")


@desk.route("/<edition>/uploads/<upload>/accept", methods=["GET", "POST"])
def accept_upload(edition: str, upload: str) -> ResponseReturnValue:
    found, one = _both(edition, upload)
    checked = checked_of(committee().stores, one)
    if checked is None or one.made is not None or not checked.rows_accepted:
        return redirect(wizard.to_upload(one), 303)
    form = PageForm()
    if form.validate_on_submit():
        return begin(found, Verb.ACCEPT, f"{one.id}@{one.version}")
    page = wizard.accept_question(found, one, checked)
    return ask_first(committee_layout(page.heading, edition=found, current="data"), page, form)


@desk.route("/<edition>/uploads/<upload>/drop", methods=["GET", "POST"])
def drop_upload(edition: str, upload: str) -> ResponseReturnValue:
    found, one = _both(edition, upload)
    form = PageForm()
    if form.validate_on_submit():
        drop(committee().stores, one)
        flash(gettext("Dropped: %(file)s", file=one.file))
        return redirect(address(found, "data"), 303)
    page = wizard.drop_question(found, one)
    return ask_first(committee_layout(page.heading, edition=found, current="data"), page, form)


@desk.route("/<edition>/uploads/<upload>/rows/<int:row>", methods=["GET", "POST"])
def correct_row(edition: str, upload: str, row: int) -> ResponseReturnValue:
    found, one = _both(edition, upload)
    wrong = next((each for each in _left_to_correct(one) if each.row == row), None) or abort(404)
    form = row_form(wrong.cells)
    if form.validate_on_submit():
        cells = {title: str(form[f"c{n}"].data or "") for n, title in enumerate(wrong.cells)}
        made = send_again(committee().stores, one, found, row=row, cells=cells, act=acting())
        return begin(found, Verb.CHECK, made.id)
    return _form("row", found, wizard.row_page(found, one, wrong), form)


def _receive(edition: Edition, form: UploadForm) -> Upload:
    sent = form.file.data
    return receive(
        committee().stores,
        _chunks(sent.stream),
        name=sent.filename or "data",
        edition=edition,
        kind=form.kind.data,
        asked=form.asked(),
        act=acting(),
    )


def _chunks(stream: Any) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _both(edition: str, upload: str) -> tuple[Edition, Upload]:
    """The edition and its upload; another edition's is not there."""
    found = find_edition(edition)
    with committee().stores.database.reading() as records:
        one = records.uploads.get(upload)
    return found, one if one.edition == edition else abort(404)


def _looked(edition: str, upload: str) -> tuple[Edition, Upload, Look]:
    found, one = _both(edition, upload)
    look = look_of(committee().stores, one)
    if one.made is not None or look is None or look.refused is not None:
        abort(redirect(wizard.to_upload(one), 303))
    return found, one, look


def _check(
    edition: Edition, upload: Upload, form: ColumnsForm, chosen: dict[str, str]
) -> ResponseReturnValue:
    numbers = None if form.numbers.data == UNDECLARED else form.numbers.data
    asked = replace(upload.asked, columns=chosen, numbers=numbers)
    ask(committee().stores, upload, asked=asked, version=form.version.data or 0)
    return begin(edition, Verb.CHECK, upload.id)


def _distinct(form: ColumnsForm, targets: dict[str, str]) -> bool:
    """Whether no column was chosen twice; else the form says so."""
    seen: dict[str, str] = {}
    for name in targets:
        title = form[name].data
        if title and title in seen:
            form.refuse(gettext("This column was chosen for something else, too."), field=name)
        seen[title] = name
    return not form.problems()


def _job_of(upload: Upload) -> str | None:
    """The job that is at work on *upload* now."""
    jobs = committee().jobs.of(upload.edition)
    own = (each for each in jobs if each.task.subject.partition("@")[0] == upload.id)
    return next((each.id for each in own if not each.is_over), None)


def _left_to_correct(upload: Upload) -> tuple[RefusedRow, ...]:
    """The refused rows of an upload that was brought in, without those sent again since."""
    if upload.made is None:
        return ()
    stores = committee().stores
    with stores.database.reading() as records:
        others = records.uploads.of(upload.edition)
    done = {each.asked.corrects for each in others if each.made is not None}
    rows = refused_rows(stores, upload, most=_CORRECTED)
    return tuple(each for each in rows if f"{upload.id}/{each.row}" not in done)


def _file(upload: Upload, name: str, shown: str) -> ResponseReturnValue:
    path = checked_folder(committee().stores, upload) / name
    if not path.is_file():
        abort(404)
    return send_file(path, as_attachment=True, download_name=shown)


def _form(
    template: str, edition: Edition, page: wizard.WizardPage, form: PageForm
) -> ResponseReturnValue:
    layout = committee_layout(page.heading, edition=edition, current="data")
    shown = render_template(f"committee/data/{template}.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200
