"""The pages about people, with words and addresses ready to show."""

from dataclasses import dataclass

from flask import url_for
from flask_wtf.csrf import generate_csrf

from awards.domain.people import EVERY_EDITION, Grant, Person
from awards.web import acting
from awards.web.account.roles import role_words
from awards.web.committee.layout import committee, plain_crumbs
from awards.web.formats import formats
from awards.web.public.layout import Link
from awards.web.words import gettext, ngettext

ZONE = "Asia/Jakarta"


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    link: Link
    mail: str
    roles: tuple[str, ...]
    state: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    invite: str
    rows: tuple[PersonRow, ...]


@dataclass(frozen=True, kw_only=True)
class HeldRole:
    words: str
    revoke: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that may be done about a person: a page, or at once (``posts``)."""

    link: Link
    posts: bool = False
    danger: bool = False


@dataclass(frozen=True, kw_only=True)
class OnePerson:
    crumbs: tuple[Link, ...]
    name: str
    mail: str
    state: str
    roles: tuple[HeldRole, ...]
    steps: tuple[Step, ...]
    note: str | None
    token: str


def people_page() -> PeoplePage:
    people, pending = _everybody()
    active = sum(each.active for each in people)
    return PeoplePage(
        crumbs=plain_crumbs(Link("", gettext("People"))),
        heading=ngettext(
            "%(count)s person has an account",
            "%(count)s people have an account",
            active,
            count=formats().count(active),
        ),
        lede=gettext("Who works on the awards, and in which role. Administrators see no scores."),
        invite=url_for("committee.invite_person"),
        rows=tuple(_row(each, invited=each.id in pending) for each in people),
    )


def one_person(person: Person) -> OnePerson:
    pending, recovery = _about(person)
    return OnePerson(
        crumbs=person_crumbs(person, None),
        name=person.name,
        mail=person.mail,
        state=_state(person, invited=pending)[0],
        roles=tuple(_held(each, person) for each in person.grants),
        steps=_steps(person, asked=recovery is not None),
        note=_note(recovery),
        token=generate_csrf(),
    )


def person_crumbs(person: Person, here: str | None) -> tuple[Link, ...]:
    """The way to a page about *person*, or to a step named *here*."""
    people = Link(url_for("committee.people"), gettext("People"))
    own = Link(url_for("committee.person", person=person.id), person.name)
    return plain_crumbs(people, own, *([Link("", here)] if here else []))


def grant_words(grant: Grant) -> str:
    where = gettext("every edition") if grant.edition == EVERY_EDITION else grant.edition
    return f"{role_words()[grant.role]}: {where}"


def _everybody() -> tuple[tuple[Person, ...], frozenset[str]]:
    with committee().stores.database.reading() as records:
        return records.people.list(), frozenset(records.invitations.pending(at=acting.now()))


def _about(person: Person) -> tuple[bool, str | None]:
    """Whether a link is open, and who asked that the person be let in anew."""
    with committee().stores.database.reading() as records:
        asked = records.recoveries.of(person.id)
        by = records.people.find(asked.asked_by) if asked else None
        name = (by.name if by else asked.asked_by) if asked else None
        return person.id in records.invitations.pending(at=acting.now()), name


def _row(person: Person, *, invited: bool) -> PersonRow:
    state, kind = _state(person, invited=invited)
    return PersonRow(
        link=Link(url_for("committee.person", person=person.id), person.name),
        mail=person.mail,
        roles=tuple(map(grant_words, person.grants)),
        state=state,
        kind=kind,
    )


def _state(person: Person, *, invited: bool) -> tuple[str, str]:
    """In words, and the kind of tag that shows it."""
    if not person.active:
        return gettext("disabled"), "bad"
    if person.joined and person.secured:
        return gettext("active"), "ok"
    if invited:
        return gettext("invited, link open"), "act"
    return gettext("not joined, no link open"), "warn"


def _held(grant: Grant, person: Person) -> HeldRole:
    address = url_for(
        "committee.revoke_role", person=person.id, role=grant.role, where=grant.edition
    )
    return HeldRole(words=grant_words(grant), revoke=address)


def _steps(person: Person, *, asked: bool) -> tuple[Step, ...]:
    def link(page: str, words: str) -> Link:
        return Link(url_for(f"committee.{page}", person=person.id), words)

    if not person.active:
        return (Step(link=link("enable_person", gettext("Let in again")), posts=True),)
    steps = [
        Step(link=link("grant_role", gettext("Give a role"))),
        Step(link=link("edit_person", gettext("Change name or address"))),
    ]
    if not person.joined:
        steps.append(Step(link=link("invite_again", gettext("Make a new link")), posts=True))
    elif asked:
        steps.append(Step(link=link("agree_recovery", gettext("Agree to let in anew"))))
        steps.append(Step(link=link("drop_recovery", gettext("Withdraw the request")), posts=True))
    else:
        steps.append(Step(link=link("ask_recovery", gettext("Password or phone lost"))))
    steps.append(Step(link=link("disable_person", gettext("Disable")), danger=True))
    return tuple(steps)


def _note(asked_by: str | None) -> str | None:
    if asked_by is None:
        return None
    return gettext(
        "%(name)s asks to let this person in anew. A second person has to agree.", name=asked_by
    )
