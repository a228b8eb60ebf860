"""`awards crosswalk`: which numbers belong to one candidate."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.printing import print_json, print_table
from awards.domain.errors import Refused
from awards.domain.text import localized
from awards.intake.types import RefusedCell
from awards.services.crosswalks import Joined, import_crosswalk
from awards.services.suggestions import suggest as write_suggestions

_SHOWN = 20
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class EntriesRefused(Refused):
    """Entries were refused, so the crosswalk stays as it was."""


@click.group()
def crosswalk() -> None:
    """Which NIB, NPWP or second NPP belongs to which candidate, for all editions."""


@crosswalk.command("import")
@click.argument("file", type=_FILE)
@click.option("--kind", required=True, help="Kind of candidate.")
@click.option("--replace", is_flag=True, help="Make the file the whole crosswalk.")
@by_option
@json_option
@with_instance
def import_command(
    instance: Instance, *, file: Path, kind: str, replace: bool, by: str | None, as_json: bool
) -> None:
    """Add FILE (columns scheme, id, candidate) to the crosswalk in force.

    Nothing is taken unless every row passes and contradicts nothing.
    """
    _take(instance, file, kind, by=by, decided=False, replace=replace, as_json=as_json)


@crosswalk.command()
@click.argument("file", type=_FILE)
@click.option("--kind", required=True, help="Kind of candidate.")
@click.option("--by", required=True, help="Who decided; kept with every entry.")
@json_option
@with_instance
def review(instance: Instance, *, file: Path, kind: str, by: str, as_json: bool) -> None:
    """Take the rows of FILE, as suggested, whose decision is yes."""
    _take(instance, file, kind, by=by, decided=True, replace=False, as_json=as_json)


@crosswalk.command()
@click.option("--edition", required=True, help="Code of the edition.")
@click.option("--kind", required=True, help="Kind of candidate.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV file to write.",
)
@with_instance
def suggest(instance: Instance, *, edition: str, kind: str, output: Path) -> None:
    """Write likely matches of numbers that no entry joins yet, to decide on."""
    with instance.database.reading() as records:
        found = records.editions.get(edition)
    judged = instance.rulebook.kind(kind)
    count = write_suggestions(instance.stores, found, kind=judged, path=output)
    click.echo(
        f"Wrote {output}: {count} likely matches. Fill in yes or no under decision, then: "
        f"awards crosswalk review {output} --kind {kind} --by NAME"
    )


def _take(
    instance: Instance,
    file: Path,
    kind: str,
    *,
    by: str | None,
    decided: bool,
    replace: bool,
    as_json: bool,
) -> None:
    with TemporaryDirectory() as work:
        joined = import_crosswalk(
            instance.stores,
            file,
            kind=instance.rulebook.kind(kind),
            act=act_of(by),
            work=Path(work),
            decided=decided,
            replace=replace,
        )
    if as_json:
        print_json(_data(joined))
    elif joined.file.refused:
        columns = ("cell", "column", "value", "why it is refused")
        print_table(columns, map(_line, joined.file.refused[:_SHOWN]))
    if joined.crosswalk is None:
        raise EntriesRefused(
            f"{file.name}: nothing was taken, because {len(joined.file.refused)} cells are "
            "refused. Correct them and send the file again."
        )
    if not as_json:
        click.echo(
            f"Crosswalk {joined.crosswalk.digest[:12]}: {joined.added} entries added, "
            f"{joined.crosswalk.rows} in all."
        )


def _line(cell: RefusedCell) -> tuple[str, str, str, str]:
    return cell.address, cell.header or "", cell.value, localized(cell.reason, "en")


def _data(joined: Joined) -> dict[str, object]:
    return {
        "crosswalk": joined.crosswalk.digest if joined.crosswalk else None,
        "rows": joined.crosswalk.rows if joined.crosswalk else None,
        "added": joined.added,
        "declined": joined.file.declined,
        "refused": [
            {"cell": cell.address, "value": cell.value, "reason": localized(cell.reason, "en")}
            for cell in joined.file.refused
        ],
    }
