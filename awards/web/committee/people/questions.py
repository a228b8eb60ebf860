"""What is asked before something is done about a person, with what it does."""

from dataclasses import dataclass

from flask import request, url_for

from awards.domain.people import Grant, Person
from awards.web import acting
from awards.web.committee.layout import committee, plain_crumbs
from awards.web.committee.people.models import grant_words, person_crumbs
from awards.web.formats import formats
from awards.web.forms.pages import ConfirmPage, Fact
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """A page that is a form; ``outbox`` says that letters go nowhere by themselves."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    back: Link
    outbox: str | None


def form_page(title: str, person: Person | None) -> FormPage:
    crumbs = (
        person_crumbs(person, title)
        if person
        else plain_crumbs(Link(url_for("committee.people"), gettext("People")), Link("", title))
    )
    letters = not person and not committee().mailer.sends
    return FormPage(
        crumbs=crumbs,
        heading=title,
        lede=person.name if person else gettext("They get a link that works once, for three days."),
        back=_back(person),
        outbox=gettext("No mail server is configured: letters become files in the folder outbox.")
        if letters
        else None,
    )


def revoke(person: Person, grant: Grant) -> ConfirmPage:
    others = [grant_words(each) for each in person.grants if each != grant]
    return _question(
        person,
        heading=gettext("Take this role back?"),
        lede=f"{person.name}: {grant_words(grant)}",
        facts=(
            Fact(gettext("From the next click on"), gettext("what the role allowed is refused")),
            Fact(gettext("Roles that stay"), ", ".join(others) or gettext("none")),
        ),
        button=gettext("Take back"),
    )


def disable(person: Person) -> ConfirmPage:
    words = formats()
    with committee().stores.database.reading() as records:
        sessions = len(records.sign_ins.of(person.id, at=acting.now()))
    return _question(
        person,
        heading=gettext("Disable this account?"),
        lede=gettext(
            "%(name)s can no longer sign in. What they did stays on record.", name=person.name
        ),
        facts=(
            Fact(gettext("Sessions that end"), words.count(sessions)),
            Fact(gettext("Roles that rest"), words.count(len(person.grants))),
        ),
        button=gettext("Disable"),
    )


def recover(person: Person) -> ConfirmPage:
    return _question(
        person,
        heading=gettext("Let %(name)s in anew?", name=person.name),
        lede=gettext("Make sure, face to face or by telephone, that it is them who ask."),
        facts=(
            Fact(gettext("Now"), gettext("nothing changes; the request waits")),
            Fact(
                gettext("Once a second person agrees"),
                gettext("a link for half an hour: new password, second step and recovery codes"),
            ),
        ),
        button=gettext("Ask for it"),
    )


def agree(person: Person) -> ConfirmPage:
    return _question(
        person,
        heading=gettext("Agree to let %(name)s in anew?", name=person.name),
        lede=gettext("Make sure yourself that it is them who ask."),
        facts=(
            Fact(gettext("You get"), gettext("a link to hand over, good once, for half an hour")),
            Fact(
                gettext("When it is used"),
                gettext("password, second step and recovery codes are replaced; all sessions end"),
            ),
        ),
        button=gettext("Agree"),
    )


def _question(
    person: Person, *, heading: str, lede: str, facts: tuple[Fact, ...], button: str
) -> ConfirmPage:
    return ConfirmPage(
        crumbs=person_crumbs(person, heading),
        heading=heading,
        lede=lede,
        facts=facts,
        action=request.path,
        button=button,
        back=_back(person),
    )


def _back(person: Person | None) -> Link:
    address = (
        url_for("committee.person", person=person.id) if person else url_for("committee.people")
    )
    return Link(address, gettext("Cancel"))
