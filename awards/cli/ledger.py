"""`awards ledger`: check the record of every act, sign it and hand it out."""

import base64
import json
import re
from pathlib import Path

import click

from awards.cli.instance import Instance, json_option, with_instance
from awards.cli.ledger_acts import checkpoint, erase, export, replace_key, rotate_key
from awards.domain.checkpoints import SignedCheckpoint, read_checkpoint
from awards.domain.errors import Altered, Refused
from awards.domain.ledger import ChainReport, Head
from awards.domain.ledger_checks import LedgerReport
from awards.domain.ledger_keys import LedgerKey
from awards.services.ledger_verification import check_ledger, make_receipt

_PLACE = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})", re.I)


class Place(click.ParamType[Head]):
    """A sequence number and the hash that was there, as `verify` prints them."""

    name = "SEQ:HASH"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Head:
        """Fails, as wrong usage, for anything but a number and 64 hexadecimal digits."""
        match = _PLACE.fullmatch(str(value))
        if match is None:
            self.fail(f"{value!r} is not a number, a colon and 64 hexadecimal digits", param, ctx)
        return int(match[1]), bytes.fromhex(match[2])


expect_option = click.option("--expect", type=Place(), help="A head that was kept elsewhere.")
checkpoint_option = click.option(
    "--checkpoint",
    "brought",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A signed checkpoint that was kept elsewhere; may be given several times.",
)


@click.group()
def ledger() -> None:
    """The append-only record of every act."""


for command in (checkpoint, erase, export, replace_key, rotate_key):
    ledger.add_command(command)


@ledger.command()
@expect_option
@checkpoint_option
@json_option
@with_instance
def verify(
    instance: Instance, expect: Head | None, brought: tuple[Path, ...], *, as_json: bool
) -> None:
    """Check the whole ledger; with what was kept elsewhere also that nothing before was
    cut or rewritten.

    Exits with 3 when something was altered.
    """
    report = check_ledger(instance.database, brought=read_notes(brought), expected_head=expect)
    click.echo(_for_machines(report) if as_json else _for_people(report))
    if report.chain.fault is not None:
        raise Altered(report.chain.words)


@ledger.command()
@click.argument("seq", type=click.IntRange(min=1))
@with_instance
def receipt(instance: Instance, *, seq: int) -> None:
    """Print, as JSON, the proof that event SEQ is under the last signed checkpoint."""
    made = make_receipt(instance.database, seq)
    said = {
        "seq": made.seq,
        "body": base64.b64encode(made.body).decode(),
        "hash": made.hash.hex(),
        "proof": [each.hex() for each in made.proof],
        "checkpoint": made.checkpoint.note,
    }
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))


def read_notes(paths: tuple[Path, ...]) -> tuple[SignedCheckpoint, ...]:
    """The checkpoints in the files *paths*. Raises `Refused`, naming the one that is none."""
    found = []
    for path in paths:
        try:
            found.append(read_checkpoint(path.read_text("utf-8")))
        except (Refused, ValueError) as error:
            raise Refused(f"{path} cannot be used. {error}") from error
    return tuple(found)


def _for_people(report: LedgerReport) -> str:
    chain = report.chain
    lines = [
        f"Ledger {chain.log or '(empty)'}",
        f"Events {chain.events}",
        f"Checkpoints {report.checkpoints}",
    ]
    if chain.head is not None:
        lines.append(f"Head   {_shown(chain.head)}")
        lines.append("       Keep the head elsewhere and give it to --expect another time.")
    lines += [_unvouched(key) for key in report.keys if not key.vouched]
    return "\n".join(lines if chain.fault else [*lines, chain.words])


def _unvouched(key: LedgerKey) -> str:
    return (
        f"Key    changed at event {key.since} without the signature of the one before: {key.reason}"
    )


def _for_machines(report: LedgerReport) -> str:
    chain: ChainReport = report.chain
    fault = chain.fault
    return json.dumps(
        {
            "log": chain.log,
            "events": chain.events,
            "checkpoints": report.checkpoints,
            "head": None if chain.head is None else _shown(chain.head),
            "intact": chain.intact,
            "proven_to": chain.proven_to,
            "fault": None if fault is None else vars(fault),
        }
    )


def _shown(head: Head) -> str:
    seq, own = head
    return f"{seq}:{own.hex()}"
