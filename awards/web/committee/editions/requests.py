"""What waits for a second person, in words."""

from dataclasses import dataclass

from flask_wtf.csrf import generate_csrf

from awards.domain.definition import EditionDefinition
from awards.domain.editing import Countersign
from awards.domain.records import Edition
from awards.domain.rule_changes import compare_definitions
from awards.domain.stages import WORDS, Stage
from awards.services.second_persons import CHANGE_RULES
from awards.web.committee.changes import ChangeWords, changes_in_words
from awards.web.committee.layout import address, committee, current_person
from awards.web.formats import formats
from awards.web.forms.pages import Fact
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True, kw_only=True)
class RequestPage:
    """``own`` is true for who asked: they can only withdraw it."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    facts: tuple[Fact, ...]
    changes: tuple[ChangeWords, ...]
    own: bool
    decline: str
    token: str
    back: Link


def request_words(request: Countersign) -> str:
    """What is asked for, beginning with a verb."""
    if request.act == CHANGE_RULES:
        return gettext("Agree, or not, to a change of locked rules")
    stage = formats().text(WORDS[Stage(request.payload["stage"])])
    return gettext("Agree, or not, to go back to the stage %(stage)s", stage=stage)


def request_page(edition: Edition, request: Countersign, crumbs: tuple[Link, ...]) -> RequestPage:
    words = formats()
    with committee().stores.database.reading() as records:
        asker = records.people.find(request.asked_by)
    own = request.asked_by == current_person().id
    return RequestPage(
        crumbs=crumbs,
        heading=request_words(request),
        lede=_lede(own=own),
        facts=(
            Fact(gettext("Asked by"), asker.name if asker else request.asked_by),
            Fact(gettext("When"), words.moment(request.asked_at, edition.definition.time_zone)),
            Fact(gettext("Reason"), request.reason),
            Fact(gettext("Digest in the ledger"), request.digest),
        ),
        changes=_changes(edition, request),
        own=own,
        decline=address(edition, "decline_request", request=request.id),
        token=generate_csrf(),
        back=Link(address(edition, "edition"), gettext("Not now")),
    )


def _lede(*, own: bool) -> str:
    if own:
        return gettext("You asked for this. Another person has to agree; nothing changes before.")
    return gettext("Two persons decide this. It is done as soon as you agree.")


def _changes(edition: Edition, request: Countersign) -> tuple[ChangeWords, ...]:
    if request.act != CHANGE_RULES:
        return ()
    after = EditionDefinition.model_validate(request.payload["definition"])
    found = compare_definitions(edition.definition, after)
    return changes_in_words(found, edition.definition, after)
