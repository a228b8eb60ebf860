"""`awards import` and `awards template`: data in, and the workbook to fill."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.outputs import refuse_existing, refuse_no_folder
from awards.cli.printing import print_json, print_table
from awards.domain.errors import Refused
from awards.intake.columnmap import read_column_map
from awards.intake.report import report_rows, write_report_csv, write_report_workbook
from awards.intake.template import write_template
from awards.intake.types import ColumnMap, Inspection
from awards.services.imports import Delivery, Imported, import_part, layout_of, refused_rows_of

_SHOWN = 20


class RowsRefused(Refused):
    """Rows were refused, so nothing was imported."""


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, help="Code of the edition.")
@click.option("--kind", required=True, help="Kind of candidate that the rows are about.")
@click.option(
    "--map",
    "map_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file that names the columns.",
)
@click.option("--numbers", type=click.Choice(["id", "en"]), help="1.234,5 (id) or 1,234.5 (en).")
@click.option("--scheme", help="What the ids are numbered by, such as NIB; else the kind's own.")
@click.option("--records", help="Type of record that the rows are, such as partners.")
@click.option("--part", help="Name of the sender's part.  [default: main, or the type of record]")
@click.option("--sender", help="Who sent the file.")
@click.option("--letter", help="Number of the letter it came with.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Date the figures stand for.")
@click.option("--accept-valid", is_flag=True, help="Take the good rows, keep the others aside.")
@click.option("--add", is_flag=True, help="Complete the part instead of replacing it.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every refused cell there: CSV or XLSX.",
)
@by_option
@json_option
@with_instance
def import_command(instance: Instance, file: Path, **options: Any) -> None:
    """Check FILE (CSV, XLSX or ODS) and make it a part of the edition's data.

    Nothing is imported unless every row passes, or --accept-valid is given.
    """
    _refuse_overwriting(file, options["report"])
    with instance.stores.archive.workspace() as work:
        imported = _import(instance, file, options, work)
        inspection = imported.inspection
        if options["report"]:
            _write_report(file, inspection, options["report"])
        if options["as_json"]:
            print_json(_data(imported))
        else:
            _print(imported)
    if imported.part is None:
        raise RowsRefused(_why_nothing(file, inspection))
    if inspection.refused_rows and not options["as_json"]:
        kept = refused_rows_of(instance.stores, imported.part)
        click.echo(f"Refused rows are kept in {kept}. Correct a copy and import it with --add.")


@click.command()
@click.option("--edition", required=True, help="Code of the edition.")
@click.option("--kind", required=True, help="Kind of candidate.")
@click.option(
    "--language",
    type=click.Choice(["id", "en"]),
    default="id",
    show_default=True,
    help="Language of the titles.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; else EDITION-KIND.xlsx.",
)
@with_instance
def template(
    instance: Instance, *, edition: str, kind: str, language: str, output: Path | None
) -> None:
    """Write the workbook that a sender fills for the edition."""
    with instance.database.reading() as records:
        found = records.editions.get(edition)
    layout = layout_of(found, kind, rulebook=instance.rulebook)
    path = output or Path(f"{edition}-{kind}.xlsx")
    refuse_existing(path)
    write_template(path, layout, language=language, names={})
    click.echo(f"Wrote {path}: {len(layout.indicators)} indicators to fill.")


def _import(instance: Instance, file: Path, options: dict[str, Any], work: Path) -> Imported:
    with instance.database.reading() as records:
        edition = records.editions.get(options["edition"])
    column_map = read_column_map(options["map_file"]) if options["map_file"] else ColumnMap()
    if options["numbers"]:
        column_map = column_map.with_numbers(options["numbers"])
    as_of: datetime | None = options["as_of"]
    layout = layout_of(
        edition,
        options["kind"],
        rulebook=instance.rulebook,
        scheme=options["scheme"],
        records=options["records"],
    )
    own = instance.rulebook.kind(layout.kind.code).scheme
    delivery = Delivery(
        part=options["part"] or options["records"] or "main",
        sender=options["sender"],
        letter=options["letter"],
        as_of=as_of.date() if as_of else None,
        accept_valid=options["accept_valid"],
        add=options["add"],
        scheme=None if layout.kind.scheme == own else layout.kind.scheme,
    )
    return import_part(
        instance.stores,
        file,
        edition=edition.code,
        layout=layout,
        column_map=column_map,
        delivery=delivery,
        act=act_of(options["by"]),
        work=work,
    )


def _refuse_overwriting(file: Path, report: Path | None) -> None:
    """Nothing may be written over the file that is to be checked."""
    if report is None:
        return
    refuse_no_folder(report)
    if report.exists() and report.samefile(file):
        raise Refused(f"The report would overwrite {file}. Choose another name for --report.")


def _why_nothing(file: Path, inspection: Inspection) -> str:
    others = ", or take the others with --accept-valid" if inspection.rows_accepted else ""
    return (
        f"{file.name}: nothing was imported, because {inspection.refused_rows} of "
        f"{inspection.rows_read} rows are refused. Correct them and send the file again{others}."
    )


def _write_report(file: Path, inspection: Inspection, report: Path) -> None:
    if report.suffix.casefold() == ".xlsx":
        write_report_workbook(file, inspection, report)
    else:
        write_report_csv(inspection, report)


def _print(imported: Imported) -> None:
    inspection = imported.inspection
    if inspection.refused:
        rows = report_rows(inspection, "en")[:_SHOWN]
        columns = ("cell", "column", "value", "why it is refused")
        print_table(columns, ((row.address, row.header, row.value, row.reason) for row in rows))
        left = inspection.refused_cells - len(rows)
        if left > 0:
            click.echo(f"… and {left} more; --report FILE.csv or FILE.xlsx lists all.")
    if inspection.ignored:
        click.echo(f"Columns that nothing needs: {', '.join(inspection.ignored)}.")
    if imported.part:
        part = imported.part
        click.echo(f"Part {part.name!r}: {part.rows} rows taken, {part.refused} refused.")


def _data(imported: Imported) -> dict[str, Any]:
    inspection, part = imported.inspection, imported.part
    return {
        "part": part.id if part else None,
        "rows": {
            "read": inspection.rows_read,
            "accepted": inspection.rows_accepted,
            "refused": inspection.refused_rows,
        },
        "columns": dict(inspection.headers),
        "ignored": list(inspection.ignored),
        "refused": [
            {"cell": row.address, "header": row.header, "value": row.value, "reason": row.reason}
            for row in report_rows(inspection, "en")
        ],
    }
