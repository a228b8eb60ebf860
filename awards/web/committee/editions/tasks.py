"""What waits for those who lead an edition."""

from collections.abc import Iterable, Iterator

from flask import url_for

from awards.domain.editing import Countersign
from awards.domain.people import Person
from awards.domain.records import Edition
from awards.web.committee.editions.requests import request_words
from awards.web.committee.layout import committee
from awards.web.committee.waiting import Task, waiting
from awards.web.formats import formats
from awards.web.guard import may
from awards.web.public.layout import Link
from awards.web.words import gettext


@waiting
def countersigns(person: Person, editions: tuple[Edition, ...]) -> Iterable[Task]:
    """Requests of others that a second person has to agree to."""
    return tuple(_tasks(person, editions))


def _tasks(person: Person, editions: tuple[Edition, ...]) -> Iterator[Task]:
    for edition in editions:
        if not may("committee.countersign", edition=edition.code, method="POST"):
            continue
        with committee().stores.database.reading() as records:
            open_ = records.countersigns.of(edition.code)
        for each in open_:
            if each.asked_by != person.id:
                yield _task(each, edition)


def _task(request: Countersign, edition: Edition) -> Task:
    title = formats().text(edition.definition.title)
    return Task(
        words=request_words(request),
        why=gettext("%(edition)s. Reason: %(reason)s", edition=title, reason=request.reason),
        action=Link(
            url_for("committee.countersign", edition=edition.code, request=request.id),
            gettext("Look at it"),
        ),
        edition=edition.code,
    )
