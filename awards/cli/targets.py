"""`awards targets`: what an edition aims at."""

from pathlib import Path
from typing import Literal

import click

from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.printing import print_json, print_table
from awards.domain.errors import Refused
from awards.domain.text import localized
from awards.intake.types import RefusedCell
from awards.services.targets import import_targets


class TargetsRefused(Refused):
    """Cells were refused, so no target was taken."""


@click.group()
def targets() -> None:
    """Targets: what an edition aims at; only the committee sees them."""


@targets.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, help="Code of the edition.")
@click.option("--numbers", type=click.Choice(["id", "en"]), help="1.234,5 (id) or 1,234.5 (en).")
@by_option
@json_option
@with_instance
def import_command(
    instance: Instance,
    file: Path,
    *,
    edition: str,
    numbers: Literal["id", "en"] | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Check FILE (CSV, XLSX or ODS) and put its targets in force.

    They replace those of an earlier file. Nothing is taken unless every row passes.
    """
    with instance.database.reading() as records:
        found = records.editions.get(edition)
    imported = import_targets(
        instance.stores,
        file,
        edition=found,
        numbers=numbers,
        rulebook=instance.rulebook,
        act=act_of(by),
    )
    if imported.found is None:
        _print_refused(imported.inspection.refused, as_json=as_json)
        raise TargetsRefused(
            f"{file.name}: no target was taken, because {len(imported.inspection.refused)} rows "
            "are refused. Correct them and import the file again."
        )
    if as_json:
        print_json({"edition": edition, "targets": len(imported.found.targets)})
    else:
        click.echo(f"{len(imported.found.targets)} targets of {edition} are in force.")


def _print_refused(refused: tuple[RefusedCell, ...], *, as_json: bool) -> None:
    rows = [
        (each.address, each.header, each.value, localized(each.reason, "en")) for each in refused
    ]
    columns = ("cell", "column", "value", "why it is refused")
    if as_json:
        print_json({"refused": [dict(zip(columns, row, strict=True)) for row in rows]})
    else:
        print_table(columns, rows)
