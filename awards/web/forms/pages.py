"""Pages around forms that many features need: asking before, and telling of a conflict."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from wtforms import Field

from awards.domain.errors import EditConflict
from awards.web.formats import ABSENT, format_day
from awards.web.forms.base import PageForm
from awards.web.language import choose_language
from awards.web.public.layout import Layout, Link
from awards.web.words import gettext


@dataclass(frozen=True)
class Fact:
    """One thing that a step does or touches: what, and how many or which."""

    label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ConfirmPage:
    """A question before something that cannot be taken back quietly.

    ``heading`` asks it, ``facts`` say with counts what will happen, ``button`` says it as
    a verb. ``danger`` colors the button where something is lost.
    """

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    facts: tuple[Fact, ...]
    action: str
    button: str
    back: Link
    danger: bool = True


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    mine: str
    differs: bool


@dataclass(frozen=True, kw_only=True)
class ConflictPage:
    """Both versions side by side; ``sent`` is what was typed, to be sent again with the
    version that is on record now."""

    rows: tuple[Difference, ...]
    action: str
    token: str
    sent: tuple[tuple[str, str], ...]


def ask(layout: Layout, page: ConfirmPage, form: PageForm) -> ResponseReturnValue:
    """Show the question; 422 where the answer was not usable."""
    shown = render_template("committee/confirm.html", layout=layout, page=page, form=form)
    return shown, 422 if form.problems() else 200


def conflict_page(error: EditConflict) -> ConflictPage:
    """What the form of this request and the record say now."""
    form: PageForm | None = g.get("awards_form")
    return ConflictPage(
        rows=tuple(_differences(form, error)) if form else (),
        action=request.path,
        token=generate_csrf(),
        sent=tuple(_sent(error)),
    )


def _differences(form: PageForm, error: EditConflict) -> Iterator[Difference]:
    for field in form.typed():
        if field.name in error.current:
            theirs, mine = error.current[field.name], field.data
            yield Difference(
                str(field.label.text),
                _shown(theirs, field),
                _shown(mine, field),
                str(theirs) != str(mine),
            )


def _sent(error: EditConflict) -> Iterator[tuple[str, str]]:
    for name, value in request.form.items(multi=True):
        if name not in ("csrf_token", "version"):
            yield name, value
    yield "version", str(error.version)


def _shown(value: object, field: Field) -> str:
    words = {each.value: each.label for each in getattr(field, "choices", None) or ()}
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return format_day(value, choose_language())
    if isinstance(value, list | tuple):
        return ", ".join(str(words.get(each, each)) for each in value) or ABSENT
    return str(words.get(value, value)) if value not in (None, "") else ABSENT
