"""The committee's first page: every edition, and its boards."""

from collections.abc import Iterator
from dataclasses import dataclass

from awards.domain.records import Edition
from awards.web.committee.layout import address, committee
from awards.web.formats import Formats, formats
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True)
class BoardLink:
    """A board of an edition: where it is, and what it answers."""

    link: Link
    words: str


@dataclass(frozen=True)
class EditionBoards:
    title: str
    program: str
    period: str
    boards: tuple[BoardLink, ...]


@dataclass(frozen=True)
class CommitteeHome:
    editions: tuple[EditionBoards, ...]


def committee_home() -> CommitteeHome:
    words = formats()
    return CommitteeHome(tuple(_edition(each, words) for each in committee().desk.editions()))


def _edition(edition: Edition, words: Formats) -> EditionBoards:
    definition = edition.definition
    return EditionBoards(
        title=words.text(definition.title),
        program=words.text(edition.program_title),
        period=words.period(definition.period_start, definition.period_end),
        boards=tuple(_boards(edition)),
    )


def _boards(edition: Edition) -> Iterator[BoardLink]:
    yield BoardLink(
        Link(address(edition, "targets"), gettext("Targets")),
        gettext("What was aimed at, what was reached, and how it grew."),
    )
    yield BoardLink(
        Link(address(edition, "effect"), gettext("Before and after")),
        gettext("Coverage of those honored, before and after, beside comparable others."),
    )
    yield BoardLink(
        Link(address(edition, "near"), gettext("Near misses")),
        gettext("Who is one condition or a few people away, for the membership desk."),
    )
