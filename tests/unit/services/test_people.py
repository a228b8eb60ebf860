"""Roles, recovery and disabling: what is refused, and that nothing is saved then."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from awards.domain.errors import Refused
from awards.domain.people import Grant, Person, Role
from awards.services.accounts import LastAdministrator, Newcomer, disable, enable, invite
from awards.services.recovery import (
    SecondPersonNeeded,
    agree_recovery,
    ask_recovery,
    drop_recovery,
)
from awards.services.roles import OwnRole, grant_role, revoke_role
from awards.services.stores import Act, Stores
from awards.storage.archive import Archive
from awards.storage.database import open_database

NOON = datetime(2025, 7, 29, 5, tzinfo=UTC)
ADMINISTRATOR = Grant(role=Role.ADMINISTRATOR)
CHAIR = Grant(role=Role.CHAIR)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    database = open_database(f"sqlite:///{tmp_path / 'awards.sqlite3'}")
    database.migrate()
    yield Stores(database, Archive(tmp_path))
    database.close()


def act(by: str = "operator") -> Act:
    return Act(by=by, at=NOON)


def add(stores: Stores, name: str, *grants: Grant) -> Person:
    newcomer = Newcomer(name=name, mail=f"{name}@example.org")
    return invite(stores, newcomer, grants=grants, act=act())[0]


def state(stores: Stores) -> tuple[object, int]:
    """Everybody on record, and how much was done."""
    with stores.database.reading() as records:
        return records.people.list(), sum(1 for _ in records.ledger.entries())


def test_a_mail_address_belongs_to_one_person_however_it_is_written(stores: Stores) -> None:
    add(stores, "ketua")
    before = state(stores)
    with pytest.raises(Refused, match="has an account already"):
        invite(stores, Newcomer(name="x", mail="KETUA@Example.org"), grants=(), act=act())
    assert state(stores) == before


def test_nobody_changes_their_own_roles(stores: Stores) -> None:
    person = add(stores, "sekretaris", ADMINISTRATOR)
    before = state(stores)
    for change in (grant_role, revoke_role):
        with pytest.raises(OwnRole):
            change(stores, person.id, grant=CHAIR, act=act(person.id))
    assert state(stores) == before


def test_there_is_always_an_administrator(stores: Stores) -> None:
    person = add(stores, "sekretaris", ADMINISTRATOR)
    before = state(stores)
    with pytest.raises(LastAdministrator):
        revoke_role(stores, person.id, grant=ADMINISTRATOR, act=act())
    with pytest.raises(LastAdministrator):
        disable(stores, person.id, act=act())
    assert state(stores) == before
    other = add(stores, "wakil", ADMINISTRATOR)
    disable(stores, person.id, act=act(other.id))
    with pytest.raises(LastAdministrator):
        revoke_role(stores, other.id, grant=ADMINISTRATOR, act=act())
    enable(stores, person.id, act=act(other.id))
    revoke_role(stores, other.id, grant=ADMINISTRATOR, act=act(person.id))


def test_a_role_is_given_once_and_in_an_edition_that_there_is(stores: Stores) -> None:
    person = add(stores, "anggota", CHAIR)
    before = state(stores)
    with pytest.raises(Refused, match="has that role already"):
        grant_role(stores, person.id, grant=CHAIR, act=act())
    with pytest.raises(Refused, match="edition"):
        grant_role(stores, person.id, grant=Grant(role=Role.JUROR, edition="x"), act=act())
    with pytest.raises(Refused, match="belong to no edition"):
        administrator = Grant(role=Role.ADMINISTRATOR, edition="x")
        grant_role(stores, person.id, grant=administrator, act=act())
    with pytest.raises(Refused, match="does not have that role"):
        revoke_role(stores, person.id, grant=Grant(role=Role.JUROR), act=act())
    assert state(stores) == before


def test_letting_in_anew_takes_two_others(stores: Stores) -> None:
    person, first, second = (add(stores, name) for name in ("juri", "sekretaris", "ketua"))
    with pytest.raises(SecondPersonNeeded):
        ask_recovery(stores, person.id, act=act(person.id))
    with pytest.raises(Refused, match="Nobody asked"):
        agree_recovery(stores, person.id, act=act(second.id))
    ask_recovery(stores, person.id, act=act(first.id))
    before = state(stores)
    for nobody in (first, person):
        with pytest.raises(SecondPersonNeeded):
            agree_recovery(stores, person.id, act=act(nobody.id))
    assert state(stores) == before
    agree_recovery(stores, person.id, act=act(second.id))
    with pytest.raises(Refused, match="Nobody asked"):
        agree_recovery(stores, person.id, act=act(second.id))


def test_a_request_that_is_dropped_opens_nothing(stores: Stores) -> None:
    person, first, second = (add(stores, name) for name in ("juri", "sekretaris", "ketua"))
    ask_recovery(stores, person.id, act=act(first.id))
    drop_recovery(stores, person.id, act=act(second.id))
    with pytest.raises(Refused, match="Nobody asked"):
        agree_recovery(stores, person.id, act=act(second.id))
