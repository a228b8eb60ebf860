"""Give people roles, and take them back."""

from awards.domain.errors import Refused
from awards.domain.people import EVERY_EDITION, Grant, Role
from awards.services.accounts import record, refuse_last_administrator, role_detail
from awards.services.stores import Act, Stores


class OwnRole(Refused):
    """Nobody gives themselves a role."""


def grant_role(stores: Stores, person: str, *, grant: Grant, act: Act) -> None:
    """Give *person* a role; it counts from their next request on.

    Raises `OwnRole`, and `Refused` for an administrator of one edition only or a role
    that is held already; then nothing is saved.
    """
    _refuse_self(person, act)
    if grant.role is Role.ADMINISTRATOR and grant.edition != EVERY_EDITION:
        raise Refused("Administrators manage people, who belong to no edition: leave it out.")
    with stores.database.transaction() as records:
        if grant.edition != EVERY_EDITION:
            records.editions.get(grant.edition)
        if not records.people.grant(person, grant):
            raise Refused(f"{records.people.get(person).name} has that role already.")
        record(records, "role.granted", person, act=act, detail=role_detail(grant))


def revoke_role(stores: Stores, person: str, *, grant: Grant, act: Act) -> None:
    """Take a role back; from their next request on *person* is without it.

    Raises `OwnRole`, `LastAdministrator`, and `Refused` for a role that is not held.
    """
    _refuse_self(person, act)
    with stores.database.transaction() as records:
        if grant.role is Role.ADMINISTRATOR:
            refuse_last_administrator(records, person)
        if not records.people.revoke(person, grant):
            raise Refused(f"{records.people.get(person).name} does not have that role.")
        record(records, "role.revoked", person, act=act, detail=role_detail(grant))


def _refuse_self(person: str, act: Act) -> None:
    if person == act.by:
        raise OwnRole("Nobody changes their own roles: another administrator does.")
