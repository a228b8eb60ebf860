"""What `awards serve` does every hour beside answering."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import click

from awards.cli.instance import Instance
from awards.domain.errors import AwardsError
from awards.services.checkpoints import mail_checkpoint, make_checkpoint
from awards.services.stores import Act

HOUR = 3_600


def sign_hourly(root: Path, *, seconds: float = HOUR) -> threading.Event:
    """Sign the ledger of the instance in *root* every so many *seconds*, and send each new
    checkpoint to the auditors, until the returned event is set."""
    ended = threading.Event()
    threading.Thread(target=_go_on, args=(Instance(root), ended, seconds), daemon=True).start()
    return ended


def _go_on(instance: Instance, ended: threading.Event, seconds: float) -> None:
    sent = 0
    while not ended.wait(seconds):
        try:
            sent = sign_and_send(instance, sent=sent)
        except AwardsError as error:
            # The next hour may be better; until then the doctor says that one is late.
            click.echo(f"No checkpoint was signed: {error}", err=True)


def sign_and_send(instance: Instance, *, sent: int = 0) -> int:
    """Sign what was added and mail it, unless it counts no more than *sent* events; how
    many the last one counts."""
    signed = make_checkpoint(instance.stores, act=Act(by="awards", at=datetime.now(UTC)))
    if signed is None or signed.checkpoint.size <= sent:
        return sent
    mail_checkpoint(instance.mailer, signed, to=instance.settings.auditors)
    return signed.checkpoint.size
