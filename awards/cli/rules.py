"""`awards edition …`: its rules as a file, their lock, and its stages."""

from pathlib import Path

import click

from awards.cli.instance import Instance, act_of, by_option, with_instance
from awards.cli.outputs import refuse_existing
from awards.domain.errors import NotFound
from awards.domain.stages import WORDS, Stage
from awards.services.editions import next_edition, open_with
from awards.services.rules import lock_rules, rules_as_toml, rules_from_toml, save_rules
from awards.services.stages import enter_stage, milestones

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUTPUT = click.Path(dir_okay=False, path_type=Path)
_STAGES = [each.value for each in Stage if each not in (Stage.DRAFT, Stage.RULES_LOCKED)]

second_option = click.option("--second", help="The second person, where two are needed.")
reason_option = click.option("--reason", help="Why, where the rules are locked or runs exist.")


@click.command("new")
@click.argument("file", type=_FILE)
@click.option("--program", required=True, help="The program that it is an edition of.")
@by_option
@with_instance
def new_command(instance: Instance, file: Path, *, program: str, by: str | None) -> None:
    """Open the edition that FILE defines, as a draft."""
    definition = rules_from_toml(_text(file))
    instance.create()
    opened = open_with(
        instance.stores, definition, program=program, rulebook=instance.rulebook, act=act_of(by)
    )
    click.echo(f"Opened {opened.code} as a draft. Change it: awards edition change FILE")


@click.command("next")
@click.argument("before", metavar="FROM")
@click.argument("code", metavar="TO")
@click.option("--label", required=True, help="The label of the new edition, such as 2025.")
@click.option("--years", default=1, show_default=True, help="How much later it is held.")
@by_option
@with_instance
def next_command(
    instance: Instance, before: str, code: str, *, label: str, years: int, by: str | None
) -> None:
    """Open the edition TO with the rules of FROM, as a draft."""
    with instance.database.reading() as records:
        earlier = records.editions.get(before)
    opened = open_with(
        instance.stores,
        next_edition(earlier.definition, code, label=label, years=years),
        program=earlier.program,
        rulebook=instance.rulebook,
        act=act_of(by),
    )
    start, end = opened.definition.period_start, opened.definition.period_end
    click.echo(f"Opened {opened.code} as a draft, for {start} to {end}.")


@click.command("rules")
@click.argument("code")
@click.option("--version", "number", type=int, help="Another version than the one in force.")
@click.option("--output", "-o", type=_OUTPUT, help="The file to write; else the screen.")
@with_instance
def rules_command(
    instance: Instance, code: str, *, number: int | None, output: Path | None
) -> None:
    """Write the rules of the edition CODE as TOML, in the form that presets have."""
    if output is not None:
        refuse_existing(output)
    with instance.database.reading() as records:
        wanted = number or records.editions.get(code).version
        versions = {each.number: each for each in records.editions.versions(code)}
    if wanted not in versions:
        raise NotFound(f"{code} has no version {wanted}. It has 1 to {max(versions)}.")
    text = rules_as_toml(versions[wanted].definition)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")
        click.echo(f"Wrote version {wanted} of the rules of {code} to {output}.")


@click.command("change")
@click.argument("file", type=_FILE)
@click.option("--based-on", type=int, help="The version that FILE was made from.")
@reason_option
@second_option
@by_option
@with_instance
def change_command(
    instance: Instance,
    file: Path,
    *,
    based_on: int | None,
    reason: str | None,
    second: str | None,
    by: str | None,
) -> None:
    """Put the rules in FILE in force as the next version of its edition."""
    definition = rules_from_toml(_text(file))
    with instance.database.reading() as records:
        standing = records.editions.get(definition.code)
    version = save_rules(
        instance.stores,
        definition,
        based_on=based_on or standing.version,
        rulebook=instance.rulebook,
        act=act_of(by),
        reason=reason,
        second=second,
    )
    if version.number == standing.version:
        click.echo(f"Nothing differs from version {version.number}, so nothing was saved.")
        return
    click.echo(f"Saved version {version.number} of the rules of {version.edition}:")
    for each in version.changes:
        click.echo(f"  {each}")


@click.command("lock")
@click.argument("code")
@click.option("--decree", required=True, help="Number and date of the decree that sets them.")
@by_option
@with_instance
def lock_command(instance: Instance, code: str, *, decree: str, by: str | None) -> None:
    """Lock the rules of the edition CODE; data may be locked from then on."""
    locked = lock_rules(instance.stores, code, decree=decree, act=act_of(by))
    click.echo(f"The rules of {locked.code}, version {locked.version}, are locked by {decree}.")


@click.command("stage")
@click.argument("code")
@click.option("--to", "target", type=click.Choice(_STAGES), help="The stage to enter.")
@reason_option
@second_option
@by_option
@with_instance
def stage_command(
    instance: Instance,
    code: str,
    *,
    target: str | None,
    reason: str | None,
    second: str | None,
    by: str | None,
) -> None:
    """Show where the edition CODE stands, or let it enter another stage."""
    if target is not None:
        enter_stage(
            instance.stores, code, Stage(target), act=act_of(by), second=second, reason=reason
        )
    with instance.database.reading() as records:
        course = milestones(records, records.editions.get(code))
    for each in course:
        mark = "→" if each.is_current else " "
        planned = f"planned {each.planned}" if each.planned else ""
        actual = f"entered {each.actual}" if each.actual else ""
        click.echo(f"{mark} {WORDS[each.stage]['en']:<20} {planned:<20} {actual}".rstrip())


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise NotFound(f"{file} is no text in UTF-8. Save it as such.") from None
