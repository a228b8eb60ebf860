"""What is asked before an edition moves, and the ways to open one."""

from dataclasses import dataclass
from typing import NoReturn

from flask import request, url_for

from awards.domain.errors import NotFound
from awards.domain.records import Edition
from awards.domain.stages import WORDS, Stage
from awards.services.rules import digest_of
from awards.web.committee.editions.models import edition_crumbs
from awards.web.committee.layout import address, plain_crumbs
from awards.web.formats import ABSENT, format_digest, formats
from awards.web.forms.pages import ConfirmPage, Fact
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True)
class Way:
    link: Link
    words: str


@dataclass(frozen=True, kw_only=True)
class WaysPage:
    crumbs: tuple[Link, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, kw_only=True)
class OpeningPage:
    """``uploads`` is true where the form sends a file."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    uploads: bool
    back: Link


def gone() -> NoReturn:
    raise NotFound(gettext("This waits no longer: somebody approved, declined or replaced it."))


def ways_page() -> WaysPage:
    return WaysPage(
        crumbs=_crumbs(gettext("New edition")),
        ways=tuple(
            Way(Link(url_for(f"committee.{page}"), heading), lede)
            for page, heading, lede in _ways().values()
        ),
    )


def opening_page(way: str) -> OpeningPage:
    _, heading, lede = _ways()[way]
    return OpeningPage(
        crumbs=_crumbs(heading),
        heading=heading,
        lede=lede,
        uploads=way == "file",
        back=Link(url_for("committee.new_edition"), gettext("Cancel")),
    )


def enter(edition: Edition, due: Stage) -> ConfirmPage:
    words = formats()
    planned = {each.stage: each.planned for each in edition.definition.stages}.get(due)
    return _question(
        edition,
        heading=gettext("Enter the stage %(stage)s?", stage=words.text(WORDS[due])),
        lede=gettext("The day is recorded, and pages of the stage open for those who work in it."),
        facts=(
            Fact(gettext("Stage now"), words.text(WORDS[edition.stage])),
            Fact(gettext("Planned for"), words.day(planned) if planned else ABSENT),
        ),
        button=gettext("Enter it"),
        danger=False,
    )


def return_(edition: Edition, *, runs: int) -> ConfirmPage:
    words = formats()
    effect = (
        gettext("nothing changes until a second person agrees; the reason is recorded")
        if runs
        else gettext("it goes back at once: nothing was computed yet")
    )
    return _question(
        edition,
        heading=gettext("Go back to an earlier stage?"),
        lede=gettext("What was done stays on record. Going back to the draft unlocks the rules."),
        facts=(
            Fact(gettext("Stage now"), words.text(WORDS[edition.stage])),
            Fact(gettext("Runs so far"), words.count(runs)),
            Fact(gettext("What happens"), effect),
        ),
        button=gettext("Go back"),
    )


def lock(edition: Edition) -> ConfirmPage:
    words = formats()
    return _question(
        edition,
        heading=gettext("Lock the rules?"),
        lede=gettext(
            "From then on real data may be brought in. A later change takes two persons and a "
            "reason, and is shown to the public."
        ),
        facts=(
            Fact(gettext("Version of the rules"), words.count(edition.version)),
            Fact(gettext("Categories"), words.count(len(edition.definition.categories))),
            Fact(gettext("Digest"), format_digest(digest_of(edition.definition))),
        ),
        button=gettext("Lock"),
        danger=False,
    )


def _question(
    edition: Edition,
    *,
    heading: str,
    lede: str,
    facts: tuple[Fact, ...],
    button: str,
    danger: bool = True,
) -> ConfirmPage:
    return ConfirmPage(
        crumbs=edition_crumbs(edition, Link("", heading)),
        heading=heading,
        lede=lede,
        facts=facts,
        action=request.path,
        button=button,
        back=Link(address(edition, "edition"), gettext("Cancel")),
        danger=danger,
    )


def _crumbs(here: str) -> tuple[Link, ...]:
    editions = Link(url_for("committee.editions"), gettext("Editions"))
    return plain_crumbs(editions, Link("", here))


def _ways() -> dict[str, tuple[str, str, str]]:
    """Endpoint, heading and explanation of each way to open an edition."""
    return {
        "preset": (
            "edition_from_preset",
            gettext("From a preset"),
            gettext("Categories, criteria, weights and certificates of a known program."),
        ),
        "next": (
            "edition_from_earlier",
            gettext("From an earlier edition"),
            gettext("Last year's rules; period and planned days move with it."),
        ),
        "file": (
            "edition_from_file",
            gettext("From a file"),
            gettext("Rules that were downloaded or written elsewhere, as TOML."),
        ),
        "empty": (
            "empty_edition",
            gettext("With one category"),
            gettext("One category with one criterion, to build on."),
        ),
    }
