"""What waits for those who manage people."""

from collections.abc import Iterable, Iterator

from flask import url_for

from awards.domain.people import Person
from awards.domain.records import Edition
from awards.web.committee.layout import committee
from awards.web.committee.waiting import Task, waiting
from awards.web.guard import may
from awards.web.public.layout import Link
from awards.web.words import gettext


@waiting
def recoveries(person: Person, editions: tuple[Edition, ...]) -> Iterable[Task]:
    """Requests of others to let somebody in anew, to agree to as a second person."""
    del editions  # people belong to none
    if not may("committee.agree_recovery"):
        return ()
    with committee().stores.database.reading() as records:
        asked = [each for each in records.recoveries.list() if each.asked_by != person.id]
        names = {each.person: records.people.get(each.person).name for each in asked}
    return tuple(_tasks({id_: name for id_, name in names.items() if id_ != person.id}))


def _tasks(names: dict[str, str]) -> Iterator[Task]:
    for person, name in names.items():
        yield Task(
            words=gettext("Agree, or not, to let %(name)s in anew", name=name),
            why=gettext(
                "They lost password or phone and cannot work until a second person agrees."
            ),
            action=Link(url_for("committee.agree_recovery", person=person), gettext("Look at it")),
        )
