"""The committee's first page: what is waiting, and the pages of every edition."""

from collections.abc import Iterator
from dataclasses import dataclass

from awards.domain.records import Edition
from awards.web.committee.layout import current_person, own_editions
from awards.web.committee.navigation import edition_links
from awards.web.committee.waiting import Task, tasks_for
from awards.web.formats import Formats, formats
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True)
class BoardLink:
    """A page of an edition: where it is, and what it answers."""

    link: Link
    words: str


@dataclass(frozen=True)
class EditionBoards:
    code: str
    title: str
    program: str
    period: str
    boards: tuple[BoardLink, ...]


@dataclass(frozen=True)
class CommitteeHome:
    """``heading`` says what is waiting, ``lede`` what to do without a role."""

    heading: str
    lede: str
    tasks: tuple[Task, ...]
    editions: tuple[EditionBoards, ...]


def committee_home() -> CommitteeHome:
    words, person = formats(), current_person()
    editions = own_editions()
    tasks = tasks_for(person, editions)
    return CommitteeHome(
        heading=_heading(tasks, words),
        lede=_lede(held=bool(person.grants)),
        tasks=tasks,
        editions=tuple(_edition(each, words) for each in editions if edition_links(each)),
    )


def _heading(tasks: tuple[Task, ...], words: Formats) -> str:
    if not tasks:
        return gettext("Nothing is waiting for you")
    return gettext("Waiting for you: %(count)s", count=words.count(len(tasks)))


def _lede(*, held: bool) -> str:
    if not held:
        return gettext("You have no role yet. An administrator gives you one.")
    return gettext("Nothing here is public. What you may open follows from your roles.")


def _edition(edition: Edition, words: Formats) -> EditionBoards:
    definition = edition.definition
    return EditionBoards(
        code=edition.code,
        title=words.text(definition.title),
        program=words.text(edition.program_title),
        period=words.period(definition.period_start, definition.period_end),
        boards=tuple(_boards(edition)),
    )


def _boards(edition: Edition) -> Iterator[BoardLink]:
    notes = {
        "data": gettext("Files that came in, what is locked, and what is still on its way."),
        "runs": gettext("Results computed over locked data, each under its seal."),
        "edition": gettext(
            "Where it stands, what the next stage asks for, planned and actual days."
        ),
        "rules": gettext("Categories, criteria, weights and titles; edited, tried and saved."),
        "targets": gettext("What was aimed at, what was reached, and how it grew."),
        "effect": gettext("Coverage of those honored, before and after, beside comparable others."),
        "near": gettext("Who is one condition or a few people away, for the membership desk."),
    }
    for page, link in edition_links(edition):
        yield BoardLink(link, notes.get(page, ""))
