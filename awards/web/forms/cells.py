"""How a value of some type is taken apart into the cells of a form, and put together."""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from awards.domain.text import LANGUAGES
from awards.sdk.named import Label
from awards.web.formats import formats
from awards.web.words import gettext

Kind = Literal["number", "whole", "text", "choice", "tick"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One cell of a row: what it is called, what it takes, and which words it offers."""

    label: str
    kind: Kind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cells:
    """A type as cells: ``split`` takes a value apart, ``join`` puts one together."""

    columns: tuple[Column, ...]
    split: Callable[[Any], list[Any]]
    join: Callable[[Sequence[Any]], Any]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A type as rows of cells; ``keys`` says whether the first cell names the list that a
    row belongs to: never, where one likes, or always."""

    cells: Cells
    keys: Literal["never", "optional", "always"] = "never"
    single: bool = False
    """Whether a key has one row, not a list of them."""


def bare(annotation: Any) -> tuple[Any, Label | None]:
    """*annotation* without what only constrains it and without None, and its label."""
    label = None
    while True:
        if get_origin(annotation) is Annotated:
            label = label or label_among(get_args(annotation)[1:])
            annotation = get_args(annotation)[0]
        elif _is_union(annotation) and len(_present(annotation)) == 1:
            annotation = _present(annotation)[0]
        else:
            return annotation, label


def label_among(metadata: Sequence[Any]) -> Label | None:
    return next((each for each in metadata if isinstance(each, Label)), None)


def cells_of(annotation: Any, name: str = "") -> Cells | None:
    """The cells of one value of this type; None where it has no fixed number of them."""
    plain, label = bare(annotation)
    called = formats().text(label.title) if label else name
    if plain in _PLAIN:
        return _one(Column(label=called, kind=_PLAIN[plain]))
    if get_origin(plain) is Literal and all(isinstance(each, str) for each in get_args(plain)):
        return _one(Column(label=called, kind="choice", choices=get_args(plain)))
    if get_origin(plain) is dict and get_args(plain) == (str, str):
        return _texts(called)
    if get_origin(plain) is tuple and Ellipsis not in get_args(plain):
        return _together([cells_of(each) for each in get_args(plain)], join=tuple)
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return _model(plain)
    return None


def table_of(annotation: Any) -> Table | None:
    """The rows of this type; None where it is no list of rows."""
    plain, _ = bare(annotation)
    if _is_union(plain):
        return _either([table_of(each) for each in _present(plain)])
    origin, arguments = get_origin(plain), get_args(plain)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        cells = cells_of(arguments[0])
        return Table(cells=cells) if cells else None
    if origin is dict and bare(arguments[0])[0] is str:
        return _keyed(arguments[1])
    return None


_PLAIN: dict[Any, Kind] = {float: "number", int: "whole", str: "text", bool: "tick"}


def _keyed(annotation: Any) -> Table | None:
    lists = table_of(annotation)
    if lists is not None and lists.keys == "never":
        return replace(lists, keys="always")
    cells = cells_of(annotation)
    return Table(cells=cells, keys="always", single=True) if cells else None


def _either(found: Sequence[Table | None]) -> Table | None:
    """A list of rows, or such a list for each key."""
    tables = [each for each in found if each is not None]
    keys = sorted(each.keys for each in tables)
    if len(found) == 2 and keys == ["always", "never"]:
        return replace(tables[0], keys="optional")
    return None


def _one(column: Column) -> Cells:
    return Cells(columns=(column,), split=lambda value: [value], join=lambda cells: cells[0])


def _texts(called: str) -> Cells:
    named = {"id": gettext("in Indonesian"), "en": gettext("in English")}
    return Cells(
        columns=tuple(
            Column(label=f"{called} {named[each]}".strip(), kind="text") for each in LANGUAGES
        ),
        split=lambda value: [(value or {}).get(each, "") for each in LANGUAGES],
        join=lambda cells: {
            each: words for each, words in zip(LANGUAGES, cells, strict=True) if words
        },
    )


def _model(model: type[BaseModel]) -> Cells | None:
    names = list(model.model_fields)
    parts = [
        cells_of(Annotated[each.annotation, *each.metadata] if each.metadata else each.annotation)
        for each in model.model_fields.values()
    ]
    together = _together(parts, join=lambda values: dict(zip(names, values, strict=True)))
    if together is None:
        return None

    def split(value: Any) -> list[Any]:
        data = value if isinstance(value, dict) else value.model_dump()
        return together.split([data.get(name) for name in names])

    return replace(together, split=split)


def _together(
    parts: Sequence[Cells | None], *, join: Callable[[Sequence[Any]], Any]
) -> Cells | None:
    known = [each for each in parts if each is not None]
    if len(known) < len(parts) or not known:
        return None

    def put(cells: Sequence[Any]) -> Any:
        values, at = [], 0
        for each in known:
            values.append(each.join(cells[at : at + len(each.columns)]))
            at += len(each.columns)
        return join(values)

    return Cells(
        columns=tuple(column for each in known for column in each.columns),
        split=lambda value: [
            cell for each, one in zip(known, value, strict=True) for cell in each.split(one)
        ],
        join=put,
    )


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, types.UnionType)


def _present(annotation: Any) -> list[Any]:
    return [each for each in get_args(annotation) if each is not type(None)]
