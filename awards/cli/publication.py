"""`awards publish` and `awards ranking`: make public, and read what is public."""

import csv
import io
from typing import Any, Literal

import click

from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.printing import number, print_json, print_table
from awards.domain.errors import NotFound
from awards.domain.published import PublishedCategory, RankingQuery, RankingRow
from awards.domain.text import localized
from awards.services.exports import without_formula
from awards.services.lookup import split_address
from awards.services.publication import publish
from awards.storage.published import PublishedFiles

_PAGE = 200


@click.command("publish")
@click.argument("edition")
@by_option
@json_option
@with_instance
def publish_command(instance: Instance, *, edition: str, by: str | None, as_json: bool) -> None:
    """Prepare the public data of EDITION and make it what visitors see."""
    with instance.database.reading() as records:
        found = records.editions.get(edition)
    publication = publish(instance.stores, found, rulebook=instance.rulebook, act=act_of(by))
    if as_json:
        print_json(vars(publication))
    else:
        click.echo(f"Published {edition}: {publication.digest}")


@click.command()
@click.argument("address", metavar="EDITION/CATEGORY")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="For people, spreadsheets or machines.",
)
@with_instance
def ranking(instance: Instance, *, address: str, form: Literal["table", "csv", "json"]) -> None:
    """Print the published ranking."""
    site = PublishedFiles(instance.database, instance.archive)
    code, name = split_address(address)
    edition = site.edition(code)
    category = edition.category(name) if edition else None
    if category is None:
        raise NotFound(f"{address} is not published. See: awards edition list")
    rows = [_row(each) for each in _all(site, category)]
    if form == "json":
        print_json(rows)
    elif form == "csv":
        click.echo(_csv(rows), nl=False)
    else:
        columns = ("place", "id", "name", "total", "title")
        shown = ([row[each] for each in columns[:3]] + _end(row) for row in rows)
        print_table(("#place", "id", "candidate", "#total", "title"), shown)


def _all(site: PublishedFiles, category: PublishedCategory) -> list[RankingRow]:
    first = site.ranking(category, RankingQuery(size=_PAGE))
    rows = list(first.rows)
    for page in range(2, first.pages + 1):
        rows += site.ranking(category, RankingQuery(size=_PAGE, page=page)).rows
    return rows


def _row(row: RankingRow) -> dict[str, Any]:
    return {
        "place": row.place,
        "id": row.id,
        "name": row.name,
        "total": row.total,
        "title": localized(row.title, "id") if row.title else None,
        "class": localized(row.class_, "id") if row.class_ else None,
    }


def _end(row: dict[str, Any]) -> list[object]:
    return [number(row["total"]), row["title"]]


def _harmless(value: object) -> object:
    return without_formula(value) if isinstance(value, str) else value


def _csv(rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["place", "id", "name", "total", "title", "class"])
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return text.getvalue()
