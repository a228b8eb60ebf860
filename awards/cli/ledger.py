"""`awards ledger`: check the record of every act."""

import json
import re

import click

from awards.cli.instance import Instance, json_option, with_instance
from awards.domain.errors import Altered
from awards.domain.ledger import ChainReport, Head, verify_chain

_CHECKPOINT = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})", re.I)


class Checkpoint(click.ParamType[Head]):
    """A sequence number and the hash that was there, as `verify` prints them."""

    name = "SEQ:HASH"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Head:
        """Fails, as wrong usage, for anything but a number and 64 hexadecimal digits."""
        match = _CHECKPOINT.fullmatch(str(value))
        if match is None:
            self.fail(f"{value!r} is not a number, a colon and 64 hexadecimal digits", param, ctx)
        return int(match[1]), bytes.fromhex(match[2])


@click.group()
def ledger() -> None:
    """The append-only record of every act."""


@ledger.command()
@click.option("--expect", type=Checkpoint(), help="A checkpoint that was kept elsewhere.")
@json_option
@with_instance
def verify(instance: Instance, expect: Head | None, *, as_json: bool) -> None:
    """Check the whole ledger; with --expect also that nothing before was cut or rewritten.

    Exits with 3 when something was altered.
    """
    with instance.database.reading() as records:
        report = verify_chain(records.ledger.entries(), expected_head=expect)
    click.echo(_for_machines(report) if as_json else _for_people(report))
    if report.fault is not None:
        raise Altered(report.words)


def _for_people(report: ChainReport) -> str:
    lines = [f"Ledger {report.log or '(empty)'}", f"Events {report.events}"]
    if report.head is not None:
        lines.append(f"Head   {_shown(report.head)}")
        lines.append("       Keep the head elsewhere and give it to --expect another time.")
    return "\n".join(lines if report.fault else [*lines, report.words])


def _for_machines(report: ChainReport) -> str:
    fault = report.fault
    return json.dumps(
        {
            "log": report.log,
            "events": report.events,
            "head": None if report.head is None else _shown(report.head),
            "intact": report.intact,
            "proven_to": report.proven_to,
            "fault": None if fault is None else vars(fault),
        }
    )


def _shown(head: Head) -> str:
    seq, own = head
    return f"{seq}:{own.hex()}"
