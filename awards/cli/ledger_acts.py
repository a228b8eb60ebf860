"""`awards ledger checkpoint, export, erase, rotate-key, replace-key`."""

from pathlib import Path

import click

from awards.cli.instance import Instance, act_of, by_option, with_instance
from awards.domain.errors import Altered, Refused
from awards.services.checkpoints import make_checkpoint, replace_lost_key
from awards.services.checkpoints import rotate_key as rotate
from awards.services.erasures import erase_private
from awards.services.ledger_exports import export_ledger


@click.command()
@by_option
@with_instance
def checkpoint(instance: Instance, *, by: str | None) -> None:
    """Sign everything that the ledger holds, and print it: keep it elsewhere."""
    signed = make_checkpoint(instance.stores, act=act_of(by))
    if signed is None:
        raise Refused("The ledger is empty: there is nothing to sign yet.")
    click.echo(signed.note, nl=False)


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("ledger.zip"),
    show_default=True,
    help="The file to write.",
)
@by_option
@with_instance
def export(instance: Instance, *, output: Path, by: str | None) -> None:
    """Write the ledger with its checkpoints, its keys and a verifier to a zip file.

    Personal data stay behind. Exits with 3 when something was altered; the file is
    written all the same.
    """
    report = export_ledger(instance.stores, output=output, act=act_of(by))
    click.echo(f"{output}: {report.chain.events} events, {report.checkpoints} checkpoints")
    if report.chain.fault is not None:
        raise Altered(report.chain.words)


@click.command()
@click.argument("seq", type=click.IntRange(min=1))
@click.argument("name")
@click.option("--reason", required=True, help="Why; it stands in the ledger.")
@by_option
@with_instance
def erase(instance: Instance, *, seq: int, name: str, reason: str, by: str | None) -> None:
    """Erase the personal value NAME of event SEQ; the ledger stays provable."""
    entry = erase_private(instance.stores, seq=seq, name=name, reason=reason, act=act_of(by))
    click.echo(f"Erased {name} of event {seq}; recorded as event {entry.seq}.")


@click.command("rotate-key")
@by_option
@with_instance
def rotate_key(instance: Instance, *, by: str | None) -> None:
    """Put a new key in the place of the one that signs checkpoints, signed by both."""
    signed = rotate(instance.stores, act=act_of(by))
    click.echo(signed.note, nl=False)
    click.echo(
        f"The old key is now {instance.ledger_key.path}.old. Delete it once this has left.",
        err=True,
    )


@click.command("replace-key")
@click.option("--reason", required=True, help="Why; it stands in the ledger for ever.")
@by_option
@with_instance
def replace_key(instance: Instance, *, reason: str, by: str | None) -> None:
    """Put a new key in the place of one that is lost."""
    signed = replace_lost_key(instance.stores, reason=reason, act=act_of(by))
    click.echo(signed.note, nl=False)
