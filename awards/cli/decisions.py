"""`awards decide`: confer the titles that the ladder proposes."""

from datetime import date, datetime

import click

from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.printing import print_json, print_table
from awards.domain.errors import NotFound
from awards.domain.text import localized
from awards.services.decisions import Minutes, decide, propose
from awards.services.lookup import split_address
from awards.services.sealed import SealedRun, read_run


@click.command("decide")
@click.argument("address", metavar="EDITION/CATEGORY")
@click.option("--run", "seal", help="The run to decide on; else the latest.")
@click.option("--second", help="The second person who signs. Without, only the proposal is shown.")
@click.option("--minutes", default="", help="Number of the minutes (berita acara).")
@click.option("--date", "dated", type=click.DateTime(["%Y-%m-%d"]), help="Date of the decision.")
@by_option
@json_option
@with_instance
def decide_command(
    instance: Instance,
    *,
    address: str,
    seal: str | None,
    second: str | None,
    minutes: str,
    dated: datetime | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Show what the ladder proposes; with --second, decide it."""
    act = act_of(by)
    sealed = _run(instance, address, seal)
    titles = propose(sealed, rulebook=instance.rulebook)
    if as_json:
        print_json([vars(each) for each in titles])
    else:
        rows = ((each.place, each.name, localized(each.words, "en")) for each in titles)
        print_table(("#place", "candidate", "title"), rows)
    if second is None:
        return
    on = dated.date() if dated else date.today()  # noqa: DTZ011 - the date of the place one is at
    decision = decide(
        instance.stores,
        sealed,
        titles=titles,
        minutes=Minutes(number=minutes, date=on),
        second=second,
        act=act,
    )
    click.echo(f"Decided: {len(decision.titles)} titles, on run {decision.seal[:12]}.", err=as_json)


def _run(instance: Instance, address: str, seal: str | None) -> SealedRun:
    edition, category = split_address(address)
    with instance.database.reading() as records:
        found = records.runs.get(seal) if seal else records.runs.latest(edition, category)
    if found is None or (found.edition, found.category) != (edition, category):
        raise NotFound(f"There is no such run of {address}. Start one: awards run start {address}")
    return read_run(instance.stores, found)
