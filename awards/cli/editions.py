"""`awards edition`: open editions and list them."""

from typing import Any

import click

from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.printing import print_json, print_table
from awards.cli.rules import (
    change_command,
    lock_command,
    new_command,
    next_command,
    rules_command,
    stage_command,
)
from awards.domain.records import Edition, Publication
from awards.domain.text import localized
from awards.services.carrying import carry_over
from awards.services.editions import open_edition
from awards.services.lookup import split_address


@click.group()
def edition() -> None:
    """Editions: holdings of an award program."""


@edition.command("list")
@json_option
@with_instance
def list_editions(instance: Instance, *, as_json: bool) -> None:
    """List the editions, and which are published."""
    with instance.database.reading() as records:
        found = records.editions.list()
        published = {each.edition: each for each in records.publications.current()}
    rows = [_row(each, published.get(each.code)) for each in found]
    if as_json:
        print_json(rows)
    else:
        columns = ("edition", "title", "period", "categories", "published")
        print_table(columns, ([row[name] for name in columns] for row in map(_words, rows)))


@edition.command("open")
@click.argument("code")
@click.option("--program", required=True, help="The preset that defines it.")
@click.option("--decree", help="The decree that sets its rules, which are locked then.")
@by_option
@with_instance
def open_command(
    instance: Instance, code: str, *, program: str, decree: str | None, by: str | None
) -> None:
    """Open the edition CODE of a preset."""
    act = act_of(by)
    instance.rulebook.program(program)
    instance.create()
    opened = open_edition(
        instance.stores, code, program=program, rulebook=instance.rulebook, act=act, decree=decree
    )
    click.echo(f"Opened {opened.code}: {localized(opened.definition.title, 'en')}.")
    if decree is None:
        click.echo(
            "Its rules can still be changed. Data can be locked once they are locked: "
            f"awards edition lock {opened.code} --decree NUMBER"
        )


@edition.command("carry")
@click.argument("address", metavar="FROM/CATEGORY")
@click.argument("target", metavar="TO")
@by_option
@with_instance
def carry_command(instance: Instance, address: str, target: str, *, by: str | None) -> None:
    """Carry who holds the first title of FROM/CATEGORY over to the edition TO."""
    code, category = split_address(address)
    with instance.database.reading() as records:
        source, into = records.editions.get(code), records.editions.get(target)
    part = carry_over(
        instance.stores,
        source,
        category=category,
        target=into,
        rulebook=instance.rulebook,
        act=act_of(by),
    )
    click.echo(
        f"Carried {part.rows} from {address} to {target}, as part {part.name!r}, "
        f"under seal {(part.letter or '')[:12]}."
    )


for command in (
    new_command,
    next_command,
    rules_command,
    change_command,
    lock_command,
    stage_command,
):
    edition.add_command(command)


def _row(edition: Edition, publication: Publication | None) -> dict[str, Any]:
    definition = edition.definition
    return {
        "edition": edition.code,
        "program": edition.program,
        "title": definition.title,
        "period": [definition.period_start, definition.period_end],
        "categories": [each.code for each in definition.categories],
        "disclosure": definition.disclosure,
        "published": publication.published_at if publication else None,
    }


def _words(row: dict[str, Any]) -> dict[str, Any]:
    start, end = row["period"]
    return row | {
        "title": localized(row["title"], "en"),
        "period": f"{start} to {end}",
        "categories": ", ".join(row["categories"]),
        "published": f"{row['published']:%Y-%m-%d}" if row["published"] else "no",
    }
