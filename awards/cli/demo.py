"""`awards demo`: an example award on real data, ready to look at."""

import sys
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from awards.cli.certificates import issue_of
from awards.cli.instance import DEFAULT_ADDRESS, Instance, act_of, json_option, with_instance
from awards.cli.printing import print_json
from awards.cli.serve import host_option, port_option, run_server
from awards.domain.errors import Refused
from awards.sdk.types import Program
from awards.services.demo import CHAIR, Made, Workshop, build_edition, sample_editions

MARK = "demo.json"
_OURS = frozenset({"README.md", "plugins", "config.toml"})


class NotADemo(Refused):
    """The instance holds something that a demo must not mix with."""


@click.command()
@click.option("--serve/--no-serve", "serving", default=True, help="Serve when built.")
@host_option
@port_option
@json_option
@with_instance
def demo(instance: Instance, *, serving: bool, host: str, port: int, as_json: bool) -> None:
    """Build an example award on real data, then serve it.

    Six editions of East Java's 38 regencies and cities, evaluated, decided,
    published, with certificates for the first three of each.
    """
    _claim(instance.root)
    editions = sample_editions(instance.rulebook)
    _refuse_others(instance, {code for _, code in editions})
    shop = Workshop(
        stores=instance.stores,
        rulebook=instance.rulebook,
        issue_of=lambda design: issue_of(instance, design, "id", act.at.date()),
        act=(act := act_of(CHAIR)),
    )
    made = [build_edition(shop, *each) for each in _watched(editions, quiet=as_json)]
    if as_json:
        print_json([_data(each) for each in made])
    else:
        _print_addresses(instance, made, address=_address(instance, port))
    if serving:
        run_server(instance.root, host=host, port=port)


def _claim(root: Path) -> None:
    """Mark *root* as a demo; raises `NotADemo` when it holds anything else."""
    if (root / MARK).is_file():
        return
    others = sorted(each.name for each in root.iterdir()) if root.is_dir() else []
    foreign = [name for name in others if name not in _OURS]
    if foreign:
        raise NotADemo(
            f"{root} holds {', '.join(foreign[:5])}, which is no demo. "
            "Choose another folder: awards demo --instance FOLDER"
        )
    root.mkdir(parents=True, exist_ok=True)
    (root / MARK).write_text('{"demo": true}\n', "utf-8")


def _refuse_others(instance: Instance, ours: Set[str]) -> None:
    """Raise `NotADemo` when somebody opened an edition of their own in the demo."""
    with instance.database.reading() as records:
        others = [each.code for each in records.editions.list() if each.code not in ours]
    if others:
        raise NotADemo(
            f"{instance.root} holds the edition {others[0]}, which is no demo. "
            "Choose another folder: awards demo --instance FOLDER"
        )


def _watched(
    editions: Sequence[tuple[Program, str]], *, quiet: bool
) -> Iterator[tuple[Program, str]]:
    """*editions*, with a progress bar; plain lines when not on a terminal."""
    if quiet or not sys.stderr.isatty():
        for number, (program, code) in enumerate(editions, 1):
            if not quiet:
                click.echo(f"{number}/{len(editions)} {code}", err=True)
            yield program, code
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=len(editions))
        for program, code in editions:
            progress.update(task, description=code)
            yield program, code
            progress.advance(task)


def _address(instance: Instance, port: int) -> str:
    """Where the pages will be: as configured, else on this machine."""
    configured = instance.settings.address
    return configured if configured != DEFAULT_ADDRESS else f"http://localhost:{port}"


def _print_addresses(instance: Instance, made: Sequence[Made], *, address: str) -> None:
    click.echo(f"Built {len(made)} editions in {instance.root}.")
    for each in made:
        click.echo(f"  {address}/id/{each.edition}/")
    last = made[-1]
    click.echo(f"A certificate: {instance.archive.certificate(last.certificates[0].sha256)}")
    click.echo(f"Explain a place: awards run explain {last.runs[0].seal[:12]}")
    click.echo(f"Compute it again: awards run verify {last.runs[0].seal[:12]}")


def _data(made: Made) -> dict[str, Any]:
    return {
        "edition": made.edition,
        "candidates": made.candidates,
        "runs": [each.seal for each in made.runs],
        "published": made.publication.digest,
        "certificates": [each.number for each in made.certificates],
    }
