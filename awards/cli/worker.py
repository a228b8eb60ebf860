"""`awards worker`: the process that does the jobs."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from awards.cli.instance import Instance, with_instance
from awards.jobs.bench import Bench
from awards.jobs.queue import Queue, prepare_queue, queue_url
from awards.jobs.worker import run_worker

DEFAULT_NAME = "first"
_RUN = "from awards.cli import main; main()"
_AGAIN = 1.0
"""Seconds until a worker that fell is started again."""

_PATIENCE = 4.0
"""Seconds that a worker gets to end by itself."""


@click.command()
@click.option(
    "--name",
    default=DEFAULT_NAME,
    show_default=True,
    help="A name that stays: unfinished jobs of that name are gone on with.",
)
@click.option("--parent", type=int, hidden=True, help="End when this process is no longer there.")
@with_instance
def worker(instance: Instance, *, name: str, parent: int | None) -> None:
    """Do the jobs that the pages put in the queue. `awards serve` starts one by itself."""
    url = url_of(instance)
    prepare_queue(url)
    tell_stranded(url)
    bench = Bench(
        instance.stores,
        instance.rulebook,
        clock=lambda: datetime.now(UTC),
        compute=instance.compute_on(None),
    )
    click.echo(f"Worker {name} is at work on {instance.root}", err=True)
    run_worker(bench, url, name=name, root=instance.root, parent=parent)


def url_of(instance: Instance) -> str:
    return queue_url(instance.root, instance.settings.database)


def tell_stranded(url: str) -> None:
    """Say which jobs were begun by a version whose jobs this one does not go on with."""
    queue = Queue(url)
    for job in queue.stranded():
        click.echo(
            f"Job {job.id} ({job.task.verb} {job.task.subject}) was begun by another version of "
            "the program and waits for it. Start it again from its page.",
            err=True,
        )
    queue.close()


@contextmanager
def worker_beside(root: Path) -> Iterator[None]:
    """A worker in a process of its own, started again whenever it falls, until the end."""
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(root, ended), daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


def _watch(root: Path, ended: threading.Event) -> None:
    while not ended.is_set():
        with _start(root) as process:
            while process.poll() is None and not ended.wait(_AGAIN):
                pass
            _end(process)
        ended.wait(_AGAIN)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, and do not ask for long: what is unfinished is gone on with later."""
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def _start(root: Path) -> subprocess.Popen[bytes]:
    words = ["worker", "--instance", str(root), "--parent", str(os.getpid())]
    return subprocess.Popen([sys.executable, "-c", _RUN, *words])  # noqa: S603 - our own words
