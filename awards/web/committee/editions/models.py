"""The list of editions and the page of one, with words and addresses ready to show."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from awards.domain.editing import Countersign
from awards.domain.records import Edition
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
from awards.services.stages import milestones, progress_of
from awards.web import acting
from awards.web.committee.editions.requests import request_words
from awards.web.committee.layout import address, committee, own_editions, plain_crumbs
from awards.web.formats import ABSENT, Formats, formats
from awards.web.forms.pages import Fact
from awards.web.guard import may
from awards.web.public.layout import Link
from awards.web.words import gettext, ngettext


@dataclass(frozen=True, kw_only=True)
class EditionRow:
    link: Link
    program: str
    period: str
    stage: str
    following: str


@dataclass(frozen=True, kw_only=True)
class EditionsPage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    new: Link | None
    rows: tuple[EditionRow, ...]


@dataclass(frozen=True, kw_only=True)
class StageStep:
    """``state`` is done, now or to-come; ``late`` says by how much a plan was missed."""

    title: str
    state: str
    planned: str
    actual: str
    late: str | None


@dataclass(frozen=True, kw_only=True)
class PastEntry:
    words: str
    note: str | None


@dataclass(frozen=True, kw_only=True)
class EditionPage:
    """``missing`` says what the next stage still asks for; ``enter`` leads there when
    nothing is missing and one may."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    steps: tuple[StageStep, ...]
    next_title: str | None
    missing: tuple[str, ...]
    enter: Link | None
    back: Link | None
    waiting: tuple[Link, ...]
    facts: tuple[Fact, ...]
    categories: tuple[Link, ...]
    ways: tuple[Link, ...]
    history: tuple[PastEntry, ...]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the records say of one edition, read at once."""

    edition: Edition
    progress: Progress
    milestones: tuple[Milestone, ...]
    entries: tuple[StageEntry, ...]
    requests: tuple[Countersign, ...]
    names: dict[str, str]


def on_record(code: str) -> Edition:
    """The edition as it stands now."""
    with committee().stores.database.reading() as records:
        return records.editions.get(code)


def know(code: str) -> Known:
    with committee().stores.database.reading() as records:
        edition = records.editions.get(code)
        entries = records.editions.stages(code)
        return Known(
            edition=edition,
            progress=progress_of(records, edition),
            milestones=milestones(records, edition),
            entries=entries,
            requests=records.countersigns.of(code),
            names={each.id: each.name for each in records.people.list()},
        )


def editions_page() -> EditionsPage:
    found = own_editions()
    new = Link(url_for("committee.new_edition"), gettext("Open a new edition"))
    return EditionsPage(
        crumbs=plain_crumbs(Link("", gettext("Editions"))),
        heading=ngettext(
            "%(count)s edition", "%(count)s editions", len(found), count=formats().count(len(found))
        ),
        lede=gettext("Those in which you have a role, the latest assessment period first."),
        new=new if may("committee.new_edition") else None,
        rows=tuple(_row(each, formats()) for each in found),
    )


def edition_page(known: Known) -> EditionPage:
    words, edition = formats(), known.edition
    due = following(edition.stage, edition.definition.course)
    return EditionPage(
        crumbs=edition_crumbs(edition),
        heading=f"{words.text(edition.definition.title)}: {words.text(WORDS[edition.stage])}",
        lede=_lede(edition, due, words),
        steps=tuple(_step(each, edition, words) for each in known.milestones),
        next_title=words.text(WORDS[due]) if due else None,
        missing=_missing(known, due, words),
        enter=_enter(known, due, words),
        back=_back(edition),
        waiting=tuple(_waiting(each) for each in known.requests),
        facts=tuple(_facts(edition, words)),
        categories=_categories(edition, words),
        ways=tuple(_ways(edition)),
        history=tuple(_past(each, known, words) for each in reversed(known.entries)),
    )


def edition_crumbs(edition: Edition, *more: Link) -> tuple[Link, ...]:
    """The way from the first page to *edition*, or further to *more*."""
    own = Link(address(edition, "edition"), formats().text(edition.definition.title))
    editions = Link(url_for("committee.editions"), gettext("Editions"))
    return plain_crumbs(editions, own, *more)


def _row(edition: Edition, words: Formats) -> EditionRow:
    definition = edition.definition
    due = following(edition.stage, definition.course)
    opens = may("committee.edition", edition=edition.code)
    return EditionRow(
        link=Link(address(edition, "edition") if opens else "", words.text(definition.title)),
        program=words.text(edition.program_title),
        period=words.period(definition.period_start, definition.period_end),
        stage=words.text(WORDS[edition.stage]),
        following=words.text(WORDS[due]) if due else ABSENT,
    )


def _lede(edition: Edition, due: Stage | None, words: Formats) -> str:
    if due is None:
        return gettext("It has passed all its stages.")
    planned = {each.stage: each.planned for each in edition.definition.stages}.get(due)
    following_words = words.text(WORDS[due])
    if planned is None:
        return gettext("%(stage)s comes next; no day is planned for it.", stage=following_words)
    return gettext(
        "%(stage)s comes next, planned for %(day)s.",
        stage=following_words,
        day=words.day(planned),
    )


def _step(each: Milestone, edition: Edition, words: Formats) -> StageStep:
    passed = is_before(each.stage, edition.stage)
    state = "now" if each.is_current else "done" if passed else "to-come"
    return StageStep(
        title=words.text(WORDS[each.stage]),
        state=state,
        planned=words.day(each.planned) if each.planned else ABSENT,
        actual=_actual(each, words),
        late=_late(each),
    )


def _actual(each: Milestone, words: Formats) -> str:
    if each.actual:
        return words.day(each.actual)
    return gettext("now") if each.is_current else gettext("not yet")


def _late(each: Milestone) -> str | None:
    today: date = each.actual or acting.now().date()
    if each.planned is None or today <= each.planned:
        return None
    days = (today - each.planned).days
    return ngettext("%(days)s day late", "%(days)s days late", days, days=days)


def _missing(known: Known, due: Stage | None, words: Formats) -> tuple[str, ...]:
    return tuple(words.text(each) for each in lacking(due, known.progress)) if due else ()


def _enter(known: Known, due: Stage | None, words: Formats) -> Link | None:
    edition = known.edition
    if due is None:
        return None
    if due is Stage.RULES_LOCKED:
        lock = Link(address(edition, "lock_rules"), gettext("Lock the rules"))
        return lock if _may_act("lock_rules", edition) else None
    if lacking(due, known.progress) or not _may_act("enter_next_stage", edition):
        return None
    words_ = gettext("Enter the stage: %(stage)s", stage=words.text(WORDS[due]))
    return Link(address(edition, "enter_next_stage"), words_)


def _back(edition: Edition) -> Link | None:
    at_start = edition.stage is edition.definition.course[0]
    closed = not is_before(edition.stage, Stage.PUBLISHED)
    if at_start or closed or not _may_act("return_to_stage", edition):
        return None
    return Link(address(edition, "return_to_stage"), gettext("Go back to an earlier stage"))


def _waiting(request: Countersign) -> Link:
    href = url_for("committee.countersign", edition=request.edition, request=request.id)
    return Link(href, request_words(request))


def _facts(edition: Edition, words: Formats) -> list[Fact]:
    definition = edition.definition
    return [
        Fact(gettext("Program"), words.text(edition.program_title)),
        Fact(gettext("Label"), definition.label),
        Fact(
            gettext("Assessment period"),
            words.period(definition.period_start, definition.period_end),
        ),
        Fact(gettext("Version of the rules"), words.count(edition.version)),
        Fact(gettext("Decree"), edition.decree or gettext("none: the rules are not locked")),
    ]


def _categories(edition: Edition, words: Formats) -> tuple[Link, ...]:
    edits = may("committee.category", edition=edition.code)
    return tuple(
        Link(
            address(edition, "category", category=each.code) if edits else "",
            words.text(each.title),
        )
        for each in edition.definition.categories
    )


def _ways(edition: Edition) -> list[Link]:
    pages = [("rules_versions", gettext("Versions of the rules"))]
    if may("committee.rules", edition=edition.code):
        pages.insert(0, ("rules", gettext("Rules and categories")))
    return [Link(address(edition, page), words) for page, words in pages]


def _past(entry: StageEntry, known: Known, words: Formats) -> PastEntry:
    zone = known.edition.definition.time_zone
    told = gettext(
        "%(stage)s: %(moment)s, %(name)s",
        stage=words.text(WORDS[entry.stage]),
        moment=words.moment(entry.entered_at, zone),
        name=known.names.get(entry.by, entry.by),
    )
    if entry.second:
        second = known.names.get(entry.second, entry.second)
        return PastEntry(
            words=told,
            note=gettext(
                "Second person: %(name)s. Reason: %(reason)s", name=second, reason=entry.reason
            ),
        )
    return PastEntry(words=told, note=entry.decree)


def _may_act(page: str, edition: Edition) -> bool:
    return may(f"committee.{page}", edition=edition.code, method="POST")
