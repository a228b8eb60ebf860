"""The page about the commands says what the command says."""

import re
from collections.abc import Iterator

import click
import pytest

from awards.cli import main
from awards.domain.errors import Altered, AwardsError, NotComparable, Refused
from tests.architecture.checkout import ROOT

PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## `(awards [^`]+)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
OPTION_ROW = re.compile(r"^\| (`-[^|]+) \|", re.MULTILINE)


def leaves(
    command: click.Command, words: tuple[str, ...], context: click.Context
) -> Iterator[tuple[tuple[str, ...], click.Command, click.Context]]:
    if not isinstance(command, click.Group):
        yield words, command, context
        return
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        assert child is not None
        inner = click.Context(child, info_name=name, parent=context)
        yield from leaves(child, (*words, name), inner)


COMMANDS = tuple(leaves(main, ("awards",), click.Context(main, info_name="awards")))


def heading(words: tuple[str, ...], command: click.Command, context: click.Context) -> str:
    arguments = (each for each in command.params if isinstance(each, click.Argument))
    return " ".join([*words, *(each.make_metavar(context) for each in arguments)])


def options(command: click.Command) -> dict[str, click.Option]:
    """Every option by all its spellings, but for ``--instance``, which all share."""
    return {
        name: each
        for each in command.params
        if isinstance(each, click.Option) and "--instance" not in each.opts
        for name in (*each.opts, *each.secondary_opts)
    }


def test_the_page_has_a_section_for_each_command_and_no_other() -> None:
    assert sorted(title for title, _ in SECTION.findall(PAGE)) == sorted(
        heading(*each) for each in COMMANDS
    )


@pytest.mark.parametrize("each", COMMANDS, ids=lambda each: " ".join(each[0]))
def test_a_section_lists_the_options_of_its_command(
    each: tuple[tuple[str, ...], click.Command, click.Context],
) -> None:
    _, command, _ = each
    text = dict(SECTION.findall(PAGE))[heading(*each)]
    listed = [name for row in OPTION_ROW.findall(text) for name in re.findall(r"`(-[^`]+)`", row)]
    assert sorted(listed) == sorted(options(command))
    required = {name for name, option in options(command).items() if option.required}
    said = {
        name
        for row in text.splitlines()
        if "(required)" in row
        for name in re.findall(r"`(-[^`]+)`", row.split("|")[1])
    }
    assert said == required


@pytest.mark.parametrize("each", COMMANDS, ids=lambda each: " ".join(each[0]))
def test_every_command_and_option_explains_itself(
    each: tuple[tuple[str, ...], click.Command, click.Context],
) -> None:
    _, command, _ = each
    assert command.help
    assert [name for name, option in options(command).items() if not option.help] == []


def test_every_command_that_works_on_an_instance_can_be_told_which() -> None:
    without = {
        " ".join(words)
        for words, command, _ in COMMANDS
        if not any("--instance" in each.opts for each in command.params)
    }
    assert without == {"awards plugin new", "awards plugin try"}


def test_the_page_has_the_exit_codes_of_the_errors() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d) \|", PAGE, re.MULTILINE)}
    own = {each.exit_code for each in (AwardsError, Refused, Altered, NotComparable)}
    assert codes == {0, click.UsageError.exit_code, *own}
