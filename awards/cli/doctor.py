"""`awards doctor`: look the installation over."""

import sys
from datetime import UTC, datetime

import click

from awards.cli.instance import Instance, json_option, with_instance
from awards.cli.printing import print_json, print_table
from awards.services.doctor import Patient, examine


@click.command()
@json_option
@with_instance
def doctor(instance: Instance, *, as_json: bool) -> None:
    """Look over versions, database, permissions, disk, fonts, clock, keys and mail.

    Exits with 1 when something is bad; what may soon be is a warning.
    """
    instance.refuse_missing()
    patient = Patient(
        root=instance.root,
        database=instance.untouched_database,
        key=instance.ledger_key,
        mails=instance.mailer.sends,
        now=datetime.now(UTC),
    )
    findings = examine(patient)
    if as_json:
        print_json([vars(each) for each in findings])
    else:
        print_table(("what", "state", "found"), [(e.subject, e.state, e.words) for e in findings])
    if any(each.state == "bad" for each in findings):
        sys.exit(1)
