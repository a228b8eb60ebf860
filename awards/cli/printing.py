"""Tables and data in a terminal or a pipe."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

import click
from rich.console import Console
from rich.table import Table

WIDE = 10_000


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; without colors and never cut when the output is not a terminal.

    A column whose title begins with ``#`` is aligned to the right.
    """
    width = None if sys.stdout.isatty() else WIDE
    # Names come from files that strangers send: "[/b]" or ":+1:" in one is text.
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(
            column.lstrip("#"),
            justify="right" if column.startswith("#") else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def print_json(data: Any) -> None:
    """*data* as JSON, one document."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, date | PurePath):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be printed as JSON")


def number(value: float | None, digits: int = 2) -> str:
    """A number for a terminal; ``-`` for none."""
    return "-" if value is None else f"{value:,.{digits}f}"
