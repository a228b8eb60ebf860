"""`awards backup` and `awards restore`."""

from pathlib import Path

import click

from awards.cli.instance import Instance, act_of, by_option, with_instance
from awards.cli.ledger import checkpoint_option, expect_option, read_notes
from awards.domain.ledger import Head
from awards.services.backups import back_up
from awards.services.restores import Kept
from awards.services.restores import restore as put_back
from awards.services.stores import Stores


@click.command()
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@by_option
@with_instance
def backup(instance: Instance, *, output: Path, by: str | None) -> None:
    """Write database and files to the zip file OUTPUT, while the instance is in use."""
    made = back_up(instance.stores, output=output, act=act_of(by))
    click.echo(f"{made.path}: {made.files} files, SHA-256 {made.sha256}", err=True)
    click.echo("Keep this checkpoint elsewhere, and a copy of ledger.key in a safe:", err=True)
    click.echo(made.checkpoint or "", nl=False)


@click.command("restore")
@click.argument("backup_file", metavar="BACKUP", type=click.Path(exists=True, path_type=Path))
@expect_option
@checkpoint_option
@click.option("--accept-loss", help="Why to go on although events since the backup are lost.")
@by_option
@with_instance
def restore_command(
    instance: Instance,
    *,
    backup_file: Path,
    expect: Head | None,
    brought: tuple[Path, ...],
    accept_loss: str | None,
    by: str | None,
) -> None:
    """Put BACKUP into a new instance, once everything in it was checked.

    Exits with 3 when something was altered or is missing.
    """
    kept = Kept(checkpoints=read_notes(brought), head=expect, loss=accept_loss)
    instance.create()
    stores = Stores(instance.untouched_database, instance.archive)
    report = put_back(stores, backup_file, kept=kept, act=act_of(by))
    click.echo(f"Restored {report.chain.events} events into {instance.root}.")
    click.echo(report.chain.words)
