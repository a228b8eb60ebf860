"""`awards certificate`: print and number them."""

from datetime import date, datetime
from typing import Literal

import click

from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.printing import print_json, print_table
from awards.documents.certificates import find_design
from awards.domain.records import Certificate
from awards.services.certificates import Issue, issue_certificates
from awards.services.lookup import split_address


@click.group()
def certificate() -> None:
    """Certificates of holders of titles."""


@certificate.command()
@click.argument("address", metavar="EDITION/CATEGORY")
@click.option(
    "--language",
    type=click.Choice(["id", "en"]),
    default="id",
    show_default=True,
    help="Language of the certificate.",
)
@click.option("--date", "dated", type=click.DateTime(["%Y-%m-%d"]), help="Date on the certificate.")
@by_option
@json_option
@with_instance
def issue(
    instance: Instance,
    *,
    address: str,
    language: Literal["id", "en"],
    dated: datetime | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Issue a certificate to every holder of a title who has none yet."""
    code, category = split_address(address)
    with instance.database.reading() as records:
        edition = records.editions.get(code)
    on = dated.date() if dated else date.today()  # noqa: DTZ011 - the date of the place one is at
    issued = issue_certificates(
        instance.stores,
        edition,
        category=category,
        issue=issue_of(instance, edition.definition.certificate.design, language, on),
        act=act_of(by),
    )
    if as_json:
        print_json([vars(each) for each in issued])
        return
    rows = ((each.number, each.name, _path(instance, each)) for each in issued)
    print_table(("number", "recipient", "file"), rows)


def issue_of(instance: Instance, design: str, language: Literal["id", "en"], dated: date) -> Issue:
    """How this instance prints certificates in the *design* of that code."""
    folder = instance.rulebook.certificate_design(design).folder
    return Issue(
        design=find_design(folder),
        language=language,
        verify_base=instance.settings.address,
        dated=dated,
    )


def _path(instance: Instance, certificate: Certificate) -> str:
    return str(instance.archive.certificate(certificate.sha256))
