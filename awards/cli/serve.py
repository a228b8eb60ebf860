"""`awards serve`: the public pages and the committee's, behind Granian."""

import multiprocessing
import os
import socket
from contextlib import nullcontext
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from awards.cli.hourly import sign_hourly
from awards.cli.instance import Instance, act_of, with_instance
from awards.cli.worker import url_of, worker_beside
from awards.domain.errors import Refused
from awards.jobs.queue import Queue, prepare_queue
from awards.services.accounts import invite_first
from awards.services.desk import Desk
from awards.services.links import Link
from awards.storage.keys import load_keys
from awards.storage.published import PublishedFiles
from awards.web.app import create_app
from awards.web.parts import Committee
from awards.web.settings import WebSettings

DEFAULT_PORT = 8000
THREADS = 4
"""Requests that one process answers side by side; Polars has threads of its own."""

SECONDS_TO_FINISH = 5
"""What requests under way get when the server is asked to stop."""

_ROOT = "AWARDS_INSTANCE"
_PUBLIC_ONLY = "AWARDS_PUBLIC_ONLY"
_DEMO = "AWARDS_DEMO"
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
@click.option("--public-only", is_flag=True, help="Leave out signing in and all that is behind it.")
@with_instance
def serve(instance: Instance, *, host: str, port: int, workers: int, public_only: bool) -> None:
    """Serve the published pages, and the committee's behind a sign-in."""
    run_server(instance.root, host=host, port=port, workers=workers, public_only=public_only)


def run_server(
    root: Path,
    *,
    host: str,
    port: int,
    workers: int = 1,
    public_only: bool = False,
    demo: Link | None = None,
) -> None:
    """Serve the instance in *root* until it is stopped.

    While there is no administrator, a link is printed by which the first one makes an
    account. With *demo*, that link is printed, and lets in without one; raises `Refused`
    when others than this machine could use it.
    """
    if demo is not None:
        refuse_reachable(host)
    first = _prepare(Instance(root), invites=not public_only and demo is None)
    # A forked worker would inherit the locks of threads that it does not have.
    multiprocessing.set_start_method("spawn", force=True)
    os.environ[_ROOT] = str(root.resolve())
    os.environ[_PUBLIC_ONLY] = "1" if public_only else ""
    os.environ[_DEMO] = "1" if demo else ""
    _refuse_taken(host, port)
    shown = "localhost" if host == "127.0.0.1" else host
    click.echo(f"Serving {root} at http://{shown}:{port}/", err=True)
    _print_links(f"http://{shown}:{port}", first=first, demo=demo)
    sign_hourly(root.resolve())
    with nullcontext() if public_only else worker_beside(root):
        _serve(host, port, workers)


def _serve(host: str, port: int, workers: int) -> None:
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


def _prepare(instance: Instance, *, invites: bool) -> Link | None:
    """Have database and secrets in place before a worker looks for them; a link for the
    first administrator where there is none."""
    first = invite_first(instance.stores, act=act_of(None)) if invites else None
    load_keys(instance.root)
    prepare_queue(url_of(instance))  # before a page asks it
    instance.database.close()
    return first


def _print_links(address: str, *, first: Link | None, demo: Link | None) -> None:
    if first is not None:
        click.echo(
            "Nobody is administrator yet. Become it, once and within an hour: "
            f"{address}/account/id/join/{first.token}",
            err=True,
        )
    if demo is not None:
        click.echo(
            "Look behind the public pages, once and within half an hour: "
            f"{address}/account/id/enter/{demo.token}",
            err=True,
        )


def refuse_reachable(host: str) -> None:
    """Raise `Refused` when other machines than this one could follow a demonstration's link."""
    if not is_loopback(host.strip("[]")):
        raise Refused(
            f"The demonstration would be served at {host}, where other machines reach it and "
            "its link. Leave --host out, or build it with --no-serve and then: awards serve"
        )


def is_loopback(host: str) -> bool:
    """Whether *host* names this machine to itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


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
    demo = bool(os.environ.get(_DEMO))
    settings = WebSettings(
        trusted_hosts=_LOOPBACK if demo else hosts,
        https=address.scheme == "https" and not demo,
        proxies=0 if demo else instance.settings.proxies,
        address=instance.settings.address,
        demo=demo,
    )
    committee = None if os.environ.get(_PUBLIC_ONLY) else _committee(instance)
    site = PublishedFiles(instance.database, instance.archive)
    return create_app(site, settings=settings, committee=committee)


def _committee(instance: Instance) -> Committee:
    return Committee(
        desk=Desk(instance.stores, instance.rulebook),
        stores=instance.stores,
        rulebook=instance.rulebook,
        mailer=instance.mailer,
        keys=load_keys(instance.root),
        jobs=Queue(url_of(instance)),
    )
