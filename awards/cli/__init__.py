"""The ``awards`` command.

Exit codes: 0 done, 1 refused (bad input), 2 wrong usage, 3 something was altered,
4 not comparable.
"""

import sys
from collections.abc import Callable
from importlib import import_module

import click

from awards import __version__
from awards.domain.errors import AwardsError

_COMMANDS = {
    "backup": "awards.cli.backups:backup",
    "certificate": "awards.cli.certificates:certificate",
    "crosswalk": "awards.cli.crosswalks:crosswalk",
    "decide": "awards.cli.decisions:decide_command",
    "demo": "awards.cli.demo:demo",
    "doctor": "awards.cli.doctor:doctor",
    "edition": "awards.cli.editions:edition",
    "import": "awards.cli.imports:import_command",
    "ledger": "awards.cli.ledger:ledger",
    "plugin": "awards.cli.plugins:plugin",
    "plugins": "awards.cli.plugins:plugins_command",
    "publish": "awards.cli.publication:publish_command",
    "ranking": "awards.cli.publication:ranking",
    "restore": "awards.cli.backups:restore_command",
    "run": "awards.cli.runs:run",
    "serve": "awards.cli.serve:serve",
    "targets": "awards.cli.targets:targets",
    "template": "awards.cli.imports:template",
    "user": "awards.cli.users:user",
    "worker": "awards.cli.worker:worker",
}


class Commands(click.Group):
    """The commands, each imported when it is called; errors in words."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        return _in_words(lambda: super(Commands, self).invoke(ctx))


def _in_words(act: Callable[[], object]) -> object:
    try:
        return act()
    except AwardsError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="awards")
def main() -> None:
    """Run award programs: data in, sealed rankings and certificates out."""
