"""`awards plugins` and `awards plugin`: what is registered, and help to write more."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from awards.cli.instance import Instance, json_option, with_instance
from awards.cli.printing import number, print_json, print_table
from awards.cli.scaffold import PluginName, write_file, write_package
from awards.cli.trying import Trial, try_plugin
from awards.documents.templates import templates_folder
from awards.intake.types import Numbers
from awards.registry import BrokenPlugin, Loaded, load_file, load_plugins
from awards.sdk.rulebook import PluginSource

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("plugins")
@click.option("--safe", is_flag=True, help="Leave broken plugins out and say why.")
@click.option("--plugins-dir", type=_FOLDER, help="A folder of plugin files; else the instance's.")
@json_option
@with_instance
def plugins_command(
    instance: Instance, *, safe: bool, plugins_dir: Path | None, as_json: bool
) -> None:
    """List the plugins and what each adds."""
    own = instance.root / "plugins"
    folder = plugins_dir or (own if own.is_dir() else None)
    loaded = load_plugins(folder=folder, safe=safe, designs=templates_folder() / "certificates")
    if as_json:
        print_json(_for_machines(loaded))
    else:
        _print_plugins(loaded)


def _for_machines(loaded: Loaded) -> dict[str, Any]:
    return {
        "plugins": [asdict(each) for each in loaded.rulebook.plugins],
        "left_out": [asdict(each) for each in loaded.left_out],
    }


def _print_plugins(loaded: Loaded) -> None:
    print_table(
        ("Plugin", "Version", "From", "Adds"),
        [(each.name, each.version, each.origin, _adds(each)) for each in loaded.rulebook.plugins],
    )
    for broken in loaded.left_out:
        _print_broken(broken)


def _adds(plugin: PluginSource) -> str:
    return ", ".join(each.replace(":", " ", 1) for each in plugin.adds)


def _print_broken(broken: BrokenPlugin) -> None:
    click.echo(f"\nLeft out: {broken.message}\n", err=True)
    click.echo(broken.traceback, err=True)


@click.group()
def plugin() -> None:
    """Write a plugin and try it."""


@plugin.command()
@click.argument("name")
@click.option("--file", "as_file", is_flag=True, help="One file instead of a package.")
@click.option("--directory", type=_FOLDER, default=Path(), help="Where to write it.")
def new(name: str, directory: Path, *, as_file: bool) -> None:
    """Write a plugin called NAME that works, to change from there."""
    write = write_file if as_file else write_package
    written = write(PluginName(name), directory)
    for path in written:
        click.echo(path)
    if as_file:
        click.echo(f"\nTry it: awards plugin try {written[0]} DATA.csv")
        return
    root = written[0].parent
    click.echo(f"\nTry it:     awards plugin try {written[1]} {written[3]}")
    click.echo(f"Test it:    python -m pytest {root}")
    click.echo(f"Install it: python -m pip install {root}")


@plugin.command("try")
@click.argument("file", type=_FILE)
@click.argument("data", type=_FILE)
@click.option("--numbers", type=click.Choice(["id", "en"]), help="1.234,5 is id, 1,234.5 is en.")
@click.option("--kind", help="Kind of candidate, for a plugin that judges several.")
@click.option(
    "--rows",
    "shown",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many rows to show.",
)
@json_option
def try_command(
    file: Path,
    data: Path,
    *,
    numbers: Numbers | None,
    kind: str | None,
    shown: int,
    as_json: bool,
) -> None:
    """Run the plugin in FILE over the candidates in DATA and show what it makes of them.

    Points are on the scale from the lowest to the highest of the file. Nothing is saved.
    """
    rulebook = load_file(file).rulebook
    trial = try_plugin(rulebook.plugins[-1], data, rulebook=rulebook, numbers=numbers, kind=kind)
    if as_json:
        print_json(_trial_for_machines(trial))
    else:
        _print_trial(trial, shown)


def _trial_for_machines(trial: Trial) -> dict[str, Any]:
    return {
        "kind": trial.kind,
        "criteria": [each.code for each in trial.criteria],
        "gates": [each.code for each in trial.gates],
        "rows": list(trial.rows),
        "warnings": list(trial.warnings),
    }


def _print_trial(trial: Trial, shown: int) -> None:
    for criterion in trial.criteria:
        click.echo(f"{criterion.code} ({criterion.unit})")
        inputs = [each.code for each in criterion.inputs]
        columns = ("id", "name", *(f"#{code}" for code in inputs), "#value", "#points", "")
        print_table(columns, [_cells(row, criterion.code, inputs) for row in trial.rows[:shown]])
        click.echo()
    for gate in trial.gates:
        click.echo(f"{gate.code} (gate)")
        rows = [(row["id"], row["name"], row[f"gate:{gate.code}"]) for row in trial.rows[:shown]]
        print_table(("id", "name", "outcome"), rows)
        click.echo()
    click.echo(f"{len(trial.rows)} candidates, {min(shown, len(trial.rows))} shown.")
    for warning in trial.warnings:
        click.echo(f"Warning: {warning}")


def _cells(row: dict[str, Any], code: str, inputs: list[str]) -> tuple[object, ...]:
    reason = row[f"reason:{code}"]
    note = "" if reason == "measured" else reason.replace("_", " ")
    values = (row[name] for name in inputs)
    value, points = number(row[f"raw:{code}"], 4), number(row[f"points:{code}"])
    return (row["id"], row["name"], *values, value, points, note)
