"""A field that is a table: rows of cells that people fill in, some spare ones at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from wtforms import Field

from awards.web.formats import format_number
from awards.web.forms.cells import Column, Table
from awards.web.forms.fields import read_number
from awards.web.language import choose_language
from awards.web.words import gettext

SPARE = 3
MOST = 250


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one input shows; ``label`` tells row and column to who cannot see the table."""

    name: str
    label: str
    value: str
    kind: str
    choices: tuple[str, ...]


class RowsField(Field):  # type: ignore[misc]
    """The rows of a `Table`. ``data`` is the value put together, None without any row."""

    def __init__(
        self, label: Any = None, *, table: Table, one: bool = False, **kwargs: Any
    ) -> None:
        """With *one* there is a single row, and ``data`` is what it holds."""
        super().__init__(label, **kwargs)
        self.table, self.one = table, one
        self.typed: list[list[str]] = []

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, with that of the keys first where there are any."""
        own = self.table.cells.columns
        if self.table.keys == "never":
            return own
        return (Column(label=gettext("For"), kind="text"), *own)

    @property
    def cells(self) -> list[list[Cell]]:
        """Every row that is filled in, and spare ones."""
        width = len(self.columns)
        spare = SPARE if not self.one else 0 if self.typed else 1
        rows = [*self.typed, *[[""] * width for _ in range(spare)]]
        return [
            [self._cell(row, at, value) for at, value in enumerate(values)]
            for row, values in enumerate(rows)
        ]

    def process(self, formdata: Any, data: Any = None, **_: Any) -> None:
        self.process_errors: list[str] = []
        if formdata:
            self.typed = self._sent(formdata)
            self.data = self._read()
        else:
            self.typed = [[_shown(each) for each in row] for row in self._split(data)]
            self.data = data

    def __call__(self, **_: Any) -> Markup:
        return Markup("")

    def _cell(self, row: int, at: int, value: str) -> Cell:
        column = self.columns[at]
        label = gettext("%(column)s, row %(row)s", column=column.label or at + 1, row=row + 1)
        return Cell(
            name=f"{self.name}-{row}-{at}",
            label=label,
            value=value,
            kind=column.kind,
            choices=column.choices,
        )

    def _sent(self, formdata: Any) -> list[list[str]]:
        """The rows that were filled in, as typed."""
        found: list[list[str]] = []
        for row in range(MOST):
            names = [f"{self.name}-{row}-{at}" for at in range(len(self.columns))]
            if not any(name in formdata for name in names):
                break
            values = [str(formdata.get(name, "")).strip() for name in names]
            if any(values):
                found.append(values)
        return found

    def _read(self) -> Any:
        rows = [
            [
                self._value(text, column, number)
                for text, column in zip(row, self.columns, strict=True)
            ]
            for number, row in enumerate(self.typed, 1)
        ]
        if self.process_errors or not rows:
            return None
        if self.one:
            return self.table.cells.join(rows[0])
        if self.table.keys == "never":
            return [self.table.cells.join(row) for row in rows]
        return self._keyed(rows)

    def _keyed(self, rows: Sequence[Sequence[Any]]) -> Any:
        keyed = [bool(row[0]) for row in rows]
        if self.table.keys == "optional" and not any(keyed):
            return [self.table.cells.join(row[1:]) for row in rows]
        if not all(keyed):
            lacking = keyed.index(False) + 1
            self._refuse(gettext("Row %(row)s: write for what it holds.", row=lacking))
            return None
        found: dict[str, Any] = {}
        for row in rows:
            value = self.table.cells.join(row[1:])
            if self.table.single:
                found[row[0]] = value
            else:
                found.setdefault(row[0], []).append(value)
        return found

    def _value(self, text: str, column: Column, row: int) -> Any:
        if column.kind == "tick":
            return bool(text)
        if column.kind in ("text", "choice"):
            return text
        number = read_number(text, language=choose_language())
        if number is None or (column.kind == "whole" and number != int(number)):
            self._refuse(
                gettext(
                    "Row %(row)s: “%(typed)s” is no number. Write for instance %(right)s.",
                    row=row,
                    typed=text,
                    right=format_number(12.5, choose_language(), decimals=1)
                    if column.kind == "number"
                    else "12",
                )
            )
            return None
        return int(number) if column.kind == "whole" else number

    def _split(self, data: Any) -> list[list[Any]]:
        split = self.table.cells.split
        if not data:
            return []
        if self.one:
            return [split(data)]
        if not isinstance(data, Mapping):
            keys = [] if self.table.keys == "never" else [""]
            return [[*keys, *split(each)] for each in data]
        if self.table.single:
            return [[key, *split(each)] for key, each in data.items()]
        return [[key, *split(each)] for key, rows in data.items() for each in rows]

    def _refuse(self, words: str) -> None:
        self.process_errors.append(words)
        self.errors = tuple(self.process_errors)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, int | float):
        return format_number(value, choose_language(), decimals=9, trim=True)
    return str(value or "")
