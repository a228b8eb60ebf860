"""`awards user`: people and their roles, by whoever runs the server."""

import click

from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.printing import print_json, print_table
from awards.domain.errors import NotFound
from awards.domain.people import EVERY_EDITION, Grant, Person, Role
from awards.services.accounts import Newcomer, disable, invite, invite_again
from awards.services.links import Link
from awards.services.recovery import recover_from_the_machine
from awards.services.roles import grant_role, revoke_role

_ROLES = click.Choice([str(each) for each in Role])
edition_option = click.option(
    "--edition", default=EVERY_EDITION, show_default="every edition", help="Where the role holds."
)


@click.group()
def user() -> None:
    """People with an account, and their roles."""


@user.command("add")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--mail", required=True, help="Mail address, by which they sign in.")
@click.option("--role", "roles", type=_ROLES, multiple=True, help="A role; may be repeated.")
@edition_option
@click.option(
    "--language",
    type=click.Choice(["id", "en"]),
    default="id",
    show_default=True,
    help="Language of letters and of the link.",
)
@by_option
@with_instance
def add(
    instance: Instance,
    *,
    name: str,
    mail: str,
    roles: tuple[str, ...],
    edition: str,
    language: str,
    by: str | None,
) -> None:
    """Add a person, and print the one-time link by which they join."""
    instance.create()
    newcomer = Newcomer(name=name, mail=mail, language=language)
    grants = [_grant(each, edition) for each in roles]
    person, link = invite(instance.stores, newcomer, grants=grants, act=act_of(by))
    _print_link(instance, person, link)


@user.command("list")
@json_option
@with_instance
def list_people(instance: Instance, *, as_json: bool) -> None:
    """List everybody with an account."""
    with instance.database.reading() as records:
        people = records.people.list()
    if as_json:
        print_json([_data(each) for each in people])
    else:
        rows = ((each.name, each.mail, _state(each), _roles(each)) for each in people)
        print_table(("name", "mail", "account", "roles"), rows)


@user.command("invite")
@click.argument("mail")
@by_option
@with_instance
def invite_command(instance: Instance, *, mail: str, by: str | None) -> None:
    """Print a new one-time link for MAIL.

    For somebody who has joined already it replaces password and second factor; the
    ledger says that it was made on the machine, without a second person.
    """
    person, act = _find(instance, mail), act_of(by)
    again = recover_from_the_machine if person.joined else invite_again
    _print_link(instance, person, again(instance.stores, person.id, act=act))


@user.command("disable")
@click.argument("mail")
@by_option
@with_instance
def disable_command(instance: Instance, *, mail: str, by: str | None) -> None:
    """Keep MAIL out, from the next click on."""
    person = _find(instance, mail)
    ended = disable(instance.stores, person.id, act=act_of(by))
    click.echo(f"Disabled: {person.name}. Sessions that ended: {ended}.")


@user.command("role")
@click.argument("mail")
@click.argument("role", metavar="ROLE", type=_ROLES)
@edition_option
@click.option("--revoke", is_flag=True, help="Take the role back instead of giving it.")
@by_option
@with_instance
def role_command(
    instance: Instance, *, mail: str, role: str, edition: str, revoke: bool, by: str | None
) -> None:
    """Give MAIL a role, or take it back."""
    person, grant = _find(instance, mail), _grant(role, edition)
    change = revoke_role if revoke else grant_role
    change(instance.stores, person.id, grant=grant, act=act_of(by))
    click.echo(f"{'Taken back from' if revoke else 'Given to'} {person.name}: {role}.")


def _find(instance: Instance, mail: str) -> Person:
    with instance.database.reading() as records:
        person = records.people.by_mail(mail)
    if person is None:
        raise NotFound(f"Nobody has an account with the address {mail}. See: awards user list")
    return person


def _grant(role: str, edition: str) -> Grant:
    everywhere = role == Role.ADMINISTRATOR
    return Grant(role=Role(role), edition=EVERY_EDITION if everywhere else edition)


def _print_link(instance: Instance, person: Person, link: Link) -> None:
    address = instance.settings.address.rstrip("/")
    click.echo(f"{person.name} joins here, once, until {link.expires_at:%Y-%m-%d %H:%M} UTC:")
    click.echo(f"{address}/account/{person.language}/join/{link.token}")


def _state(person: Person) -> str:
    if not person.active:
        return "disabled"
    return "active" if person.joined and person.secured else "not joined"


def _roles(person: Person) -> str:
    return ", ".join(
        str(each.role) if each.edition == EVERY_EDITION else f"{each.role} ({each.edition})"
        for each in person.grants
    )


def _data(person: Person) -> dict[str, object]:
    grants = [{"role": each.role, "edition": each.edition} for each in person.grants]
    said = {"id": person.id, "name": person.name, "mail": person.mail}
    return said | {"account": _state(person), "roles": grants}
