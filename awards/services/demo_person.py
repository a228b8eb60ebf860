"""Somebody who may look at everything in a demonstration."""

from awards.domain.people import Grant, Person, Purpose, Role
from awards.services.accounts import record, role_detail
from awards.services.links import Link, put_link
from awards.services.stores import Act, Stores
from awards.storage.records import Records

PERSON = "p-demonstration"
_ROLES = (Role.ADMINISTRATOR, Role.CHAIR, Role.DATA_OFFICER, Role.VERIFIER)


def open_demo(stores: Stores, *, act: Act) -> Link:
    """A link that lets in once, as the chair who administers, too.

    It opens nothing where the server was not started as a demonstration.
    """
    with stores.database.transaction() as records:
        if records.people.find(PERSON) is None:
            _add(records, act)
        link = put_link(records, PERSON, purpose=Purpose.DEMO, at=act.at)
        record(records, "demo.opened", PERSON, act=act)
    return link


def _add(records: Records, act: Act) -> None:
    records.people.add(
        Person(id=PERSON, name="Ketua Panitia", mail="ketua@localhost", language="id")
    )
    for role in _ROLES:
        records.people.grant(PERSON, Grant(role=role))
        record(records, "role.granted", PERSON, act=act, detail=role_detail(Grant(role=role)))
