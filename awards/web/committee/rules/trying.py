"""Trying rules before they are saved, and what data they need."""

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from awards.domain.definition import CategoryDefinition
from awards.domain.errors import AwardsError
from awards.intake.template import write_template
from awards.sdk.types import Indicator
from awards.services.imports import layout_of
from awards.services.trials import Trial, try_on_edition, try_on_made_up
from awards.web.acting import acting
from awards.web.committee.blueprint import desk
from awards.web.committee.layout import address, committee, own_editions
from awards.web.committee.rules.editing import Editing, begin_editing
from awards.web.committee.rules.tree import titles_of
from awards.web.formats import ABSENT, formats
from awards.web.forms.pages import Fact
from awards.web.language import choose_language
from awards.web.public.filters import Option, Select
from awards.web.public.layout import Link
from awards.web.refusals import words_of
from awards.web.words import gettext

MADE_UP = "made-up"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True)
class TrialLine:
    place: str
    name: str
    total: str


@dataclass(frozen=True, kw_only=True)
class MeasuredLine:
    title: str
    measured: str
    median: str


@dataclass(frozen=True, kw_only=True)
class TrialWords:
    """What the rules would do; ``decides`` names the criterion that tells most apart."""

    facts: tuple[Fact, ...]
    decides: str | None
    first: tuple[TrialLine, ...]
    criteria: tuple[MeasuredLine, ...]


@dataclass(frozen=True, kw_only=True)
class TryPage:
    crumbs: tuple[Link, ...]
    heading: str
    select: Select
    trial: TrialWords | None
    refused: str | None
    back: Link


@dataclass(frozen=True, kw_only=True)
class IndicatorLine:
    title: str
    note: str
    unit: str
    source: str


@dataclass(frozen=True, kw_only=True)
class DataPage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    rows: tuple[IndicatorLine, ...]
    download: Link
    back: Link


@desk.get("/<edition>/categories/<category>/try")
def rule_try(edition: str, category: str) -> ResponseReturnValue:
    """What the draft would do; shown and forgotten."""
    editing = begin_editing(edition)
    found = editing.category(category)
    chosen = request.args.get("on", "")
    trial, refused = _tried(editing, found, chosen)
    heading = gettext("Try the rules")
    page = TryPage(
        crumbs=editing.category_crumbs(found, Link("", heading)),
        heading=heading,
        select=_select(editing, chosen),
        trial=_trial_words(found, trial) if trial else None,
        refused=refused,
        back=Link(editing.link(found).href, gettext("Back to the category")),
    )
    layout = editing.layout(heading)
    return render_template("committee/rules/try.html", layout=layout, page=page)


@desk.get("/<edition>/categories/<category>/data")
def rule_data(edition: str, category: str) -> ResponseReturnValue:
    editing = begin_editing(edition)
    found = editing.category(category)
    needed = committee().rulebook.indicators_of(found)
    heading = gettext("What data does this need?")
    page = DataPage(
        crumbs=editing.category_crumbs(found, Link("", heading)),
        heading=heading,
        lede=gettext("%(count)s indicators for each candidate", count=formats().count(len(needed))),
        rows=tuple(map(_indicator, needed)),
        download=Link(
            address(editing.edition, "rule_template", category=found.code),
            gettext("Download the workbook to fill in"),
        ),
        back=Link(editing.link(found).href, gettext("Back to the category")),
    )
    layout = editing.layout(heading)
    return render_template("committee/rules/data.html", layout=layout, page=page)


@desk.get("/<edition>/categories/<category>/template.xlsx")
def rule_template(edition: str, category: str) -> ResponseReturnValue:
    """The workbook that a sender fills, by the draft's rules for this kind."""
    editing = begin_editing(edition)
    found = editing.category(category)
    parts = committee()
    drafted = replace(editing.edition, definition=editing.draft.definition)
    layout = layout_of(drafted, found.kind, rulebook=parts.rulebook)
    with parts.stores.archive.workspace() as folder:
        path: Path = folder / "template.xlsx"
        write_template(path, layout, language=choose_language(), names={})
        body = BytesIO(path.read_bytes())
    response = Response(body.getvalue(), content_type=_XLSX)
    name = f"{edition}-{found.kind}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _tried(
    editing: Editing, found: CategoryDefinition, chosen: str
) -> tuple[Trial | None, str | None]:
    """The trial, or why it cannot be."""
    if not chosen:
        return None, None
    try:
        return _try(editing, found, chosen), None
    except AwardsError as error:
        return None, words_of(error)


def _try(editing: Editing, found: CategoryDefinition, chosen: str) -> Trial:
    parts = committee()
    if chosen == MADE_UP:
        drafted = replace(editing.edition, definition=editing.draft.definition)
        return try_on_made_up(drafted, found, rulebook=parts.rulebook, act=acting())
    return try_on_edition(parts.stores, found, edition=chosen, rulebook=parts.rulebook)


def _select(editing: Editing, chosen: str) -> Select:
    words = formats()
    others = [each for each in own_editions() if each.code != editing.edition.code]
    offered = [
        (MADE_UP, gettext("made-up data")),
        *((each.code, words.text(each.definition.title)) for each in others),
    ]
    options = tuple(Option(code, text, code == chosen) for code, text in offered)
    return Select("on", gettext("Try on"), options)


def _trial_words(found: CategoryDefinition, trial: Trial) -> TrialWords:
    words, titles = formats(), titles_of(found)
    return TrialWords(
        facts=(
            Fact(gettext("Candidates"), words.count(trial.candidates)),
            Fact(gettext("Ranked"), words.count(trial.ranked)),
            Fact(gettext("Not eligible"), words.count(trial.ineligible)),
            Fact(gettext("Not assessable"), words.count(trial.not_assessable)),
        ),
        decides=words.text(titles[trial.decides_most]) if trial.decides_most else None,
        first=tuple(
            TrialLine(place=words.count(each.place), name=each.name, total=words.number(each.total))
            for each in trial.first
        ),
        criteria=tuple(
            MeasuredLine(
                title=words.text(titles[each.criterion]),
                measured=words.count(each.measured),
                median=ABSENT if each.median is None else words.number(each.median),
            )
            for each in trial.criteria
        ),
    )


def _indicator(each: Indicator) -> IndicatorLine:
    words = formats()
    return IndicatorLine(
        title=words.text(each.title),
        note=words.text(each.description or {}),
        unit=each.unit.replace("_", " ") or ABSENT,
        source=words.text(each.source or {}) or ABSENT,
    )
