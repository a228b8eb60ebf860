"""`awards serve`: the public pages, behind Granian."""

import multiprocessing
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from awards.cli.instance import Instance, with_instance
from awards.domain.errors import Refused
from awards.services.desk import Desk
from awards.storage.published import PublishedFiles
from awards.web.app import create_app
from awards.web.committee.door import Door
from awards.web.committee.guard import is_loopback
from awards.web.parts import Committee
from awards.web.settings import WebSettings

DEFAULT_PORT = 8000
THREADS = 4
"""Requests that one process answers side by side; Polars has threads of its own."""

SECONDS_TO_FINISH = 5
"""What requests under way get when the server is asked to stop."""

_ROOT = "AWARDS_INSTANCE"
_COMMITTEE = "AWARDS_COMMITTEE"
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


host_option = click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address of the machine to listen on."
)
port_option = click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Port to listen on.",
)


@click.command()
@host_option
@port_option
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes that answer.",
)
@click.option(
    "--committee", is_flag=True, help="Also serve the committee's pages, to this machine alone."
)
@with_instance
def serve(instance: Instance, *, host: str, port: int, workers: int, committee: bool) -> None:
    """Serve the published pages."""
    run_server(instance.root, host=host, port=port, workers=workers, committee=committee)


def run_server(
    root: Path, *, host: str, port: int, workers: int = 1, committee: bool = False
) -> None:
    """Serve the instance in *root* until it is stopped.

    With *committee* a link is printed that lets in once. Raises `Refused` when others
    than this machine could follow it.
    """
    if committee and not is_loopback(host.strip("[]")):
        raise Refused(
            f"The committee's pages would be served at {host}, where other machines reach them. "
            "Leave --host out, or serve without --committee."
        )
    Instance(root).database.close()
    # A forked worker would inherit the locks of threads that it does not have.
    multiprocessing.set_start_method("spawn", force=True)
    os.environ[_ROOT] = str(root.resolve())
    os.environ[_COMMITTEE] = "1" if committee else ""
    _refuse_taken(host, port)
    shown = "localhost" if host == "127.0.0.1" else host
    click.echo(f"Serving {root} at http://{shown}:{port}/", err=True)
    if committee:
        _print_link(Door(root), f"http://{shown}:{port}")
    Server(
        "awards.cli.serve:build_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=SECONDS_TO_FINISH,
        websockets=False,
        log_access=False,
    ).serve()


def _print_link(door: Door, address: str) -> None:
    click.echo(
        f"For the committee, once and within 15 minutes: {address}/committee/enter/"
        f"{door.make_link()}",
        err=True,
    )


def _refuse_taken(host: str, port: int) -> None:
    """Raise `Refused` when nothing can listen there, before a worker is started."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), port))
    except OSError as error:
        raise Refused(
            f"Nothing can be served at {host}:{port} ({error}). Choose another port: --port NUMBER"
        ) from error


def build_app() -> Flask:
    """The application of the instance that the environment names: what each worker
    process starts with."""
    instance = Instance(Path(os.environ[_ROOT]))
    address = urlsplit(instance.settings.address)
    hosts = tuple(dict.fromkeys((address.hostname or "localhost", *_LOOPBACK)))
    settings = WebSettings(trusted_hosts=hosts, https=address.scheme == "https")
    committee = _committee(instance) if os.environ.get(_COMMITTEE) else None
    site = PublishedFiles(instance.database, instance.archive)
    return create_app(site, settings=settings, committee=committee)


def _committee(instance: Instance) -> Committee:
    return Committee(desk=Desk(instance.stores, instance.rulebook), door=Door(instance.root))
