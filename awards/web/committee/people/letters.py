"""Handing out a one-time link: by mail, as a file in the outbox, or to be copied."""

from dataclasses import dataclass

from flask import render_template, url_for
from flask_babel import force_locale

from awards.domain.people import Person, Purpose
from awards.services.links import Link as OneTimeLink
from awards.services.mail import Message
from awards.storage.mail import MailNotSent
from awards.web.committee.layout import committee
from awards.web.committee.people.models import ZONE, person_crumbs
from awards.web.formats import Formats, formats
from awards.web.parts import parts
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """``told`` says where the letter went; ``link`` is shown this once."""

    crumbs: tuple[Link, ...]
    heading: str
    told: str
    link: str
    until: str
    back: Link


def hand_over(person: Person, link: OneTimeLink, *, by_mail: bool) -> HandOver:
    """Send the letter if asked to; whatever happens, the link can be copied once."""
    address = _address(person, link)
    told = (
        _send(person, link, address)
        if by_mail
        else gettext("Copy the link into a message to this person, and to nobody else.")
    )
    return HandOver(
        crumbs=person_crumbs(person, gettext("One-time link")),
        heading=gettext("A link for %(name)s", name=person.name),
        told=told,
        link=address,
        until=formats().moment(link.expires_at, ZONE),
        back=Link(url_for("committee.person", person=person.id), person.name),
    )


def _send(person: Person, link: OneTimeLink, address: str) -> str:
    mailer = committee().mailer
    try:
        mailer.send(_letter(person, link, address))
    except MailNotSent as error:
        return gettext("The letter was not sent: %(why)s Copy the link instead.", why=str(error))
    if mailer.sends:
        return gettext("A letter went to %(mail)s.", mail=person.mail)
    return gettext(
        "No mail server is configured, so the letter lies as a file in the folder outbox of the "
        "instance. Hand it on, or copy the link."
    )


def _letter(person: Person, link: OneTimeLink, address: str) -> Message:
    """In the language that the person reads."""
    with force_locale(person.language):
        name = Formats(person.language).text(parts().settings.name)
        joins = link.purpose is Purpose.JOIN
        text = render_template(
            "mail/link.txt",
            name=person.name,
            site=name,
            joins=joins,
            link=address,
            until=Formats(person.language).moment(link.expires_at, ZONE),
        )
        subject = gettext("Your account: %(site)s", site=name)
    return Message(to=person.mail, subject=subject, text=text)


def _address(person: Person, link: OneTimeLink) -> str:
    path = url_for("account.join", lang=person.language, token=link.token)
    return parts().settings.address.rstrip("/") + path
