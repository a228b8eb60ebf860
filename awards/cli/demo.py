"""`awards demo`: example awards on real and on made-up data, ready to look at."""

import sys
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from awards.cli.certificates import issue_of
from awards.cli.instance import DEFAULT_ADDRESS, Instance, act_of, json_option, with_instance
from awards.cli.printing import print_json
from awards.cli.serve import host_option, port_option, refuse_reachable, run_server
from awards.domain.errors import Refused
from awards.services.demo import (
    CHAIR,
    Made,
    MadeUp,
    Step,
    Workshop,
    build_edition,
    plan_edition,
    sample_editions,
)
from awards.services.demo_person import open_demo

MARK = "demo.json"
PROVINCE = 66_150
"""Companies that paid contributions in East Java at the end of 2018."""
SEED = 2024
_OURS = frozenset({"README.md", "plugins", "config.toml"})


class NotADemo(Refused):
    """The instance holds something that a demo must not mix with."""


@click.command()
@click.option("--serve/--no-serve", "serving", default=True, help="Serve when built.")
@host_option
@port_option
@click.option(
    "--population",
    type=click.IntRange(min=0),
    default=PROVINCE,
    show_default=True,
    help="Made-up companies, with villages in proportion; 0 leaves that award out.",
)
@click.option("--seed", default=SEED, show_default=True, help="What the made-up data come from.")
@json_option
@with_instance
def demo(
    instance: Instance,
    *,
    serving: bool,
    host: str,
    port: int,
    population: int,
    seed: int,
    as_json: bool,
) -> None:
    """Build example awards, then serve them.

    Six editions of East Java's 38 regencies and cities on real figures, and one
    award for insuring workers on made-up companies, governments and villages:
    evaluated, decided, published, with certificates for the first three of each.
    """
    if serving:
        refuse_reachable(host)
    _claim(instance.root)
    ours = sample_editions(instance.rulebook, made_up=True)
    _refuse_others(instance, {code for _, code in ours})
    made = _build(instance, MadeUp(size=population, seed=seed), quiet=as_json)
    if as_json:
        print_json([_data(each) for each in made])
    else:
        _print_addresses(instance, made, address=_address(instance, port))
    if serving:
        link = open_demo(instance.stores, act=act_of(CHAIR))
        run_server(instance.root, host=host, port=port, demo=link)


def _build(instance: Instance, made_up: MadeUp, *, quiet: bool) -> list[Made]:
    editions = sample_editions(instance.rulebook, made_up=made_up.size > 0)
    act = act_of(CHAIR)
    plan = [step for each in editions for step in plan_edition(*each, made_up=made_up)]
    with _watching(plan, quiet=quiet) as tell:
        shop = Workshop(
            stores=instance.stores,
            rulebook=instance.rulebook,
            compute=instance.compute,
            issue_of=lambda design: issue_of(instance, design, "id", act.at.date()),
            made_up=made_up,
            tell=tell,
            act=act,
        )
        return [build_edition(shop, *each) for each in editions]


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


@contextmanager
def _watching(plan: Sequence[Step], *, quiet: bool) -> Iterator[Callable[[Step], None]]:
    """Something to tell each step of *plan* to: a bar with the time left on a
    terminal, plain lines elsewhere."""
    columns = (TextColumn("{task.description:<40}"), BarColumn(), TimeRemainingColumn())
    bar = not quiet and sys.stderr.isatty()
    whole = sum(each.seconds for each in plan)
    with Progress(*columns, console=Console(stderr=True), disable=not bar) as progress:
        task, started = progress.add_task("", total=whole), monotonic()
        left = whole

        def tell(step: Step) -> None:
            nonlocal left
            progress.update(task, description=step.words, completed=whole - left)
            if not quiet and not bar:
                pace = (monotonic() - started) / (whole - left) if left < whole else 1
                click.echo(f"{step.words} (about {left * pace:.0f} s left)", err=True)
            left -= step.seconds

        yield tell
        progress.update(task, completed=whole)


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
