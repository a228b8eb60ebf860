"""Which column holds what, by the titles."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from awards.domain.text import Text, localized
from awards.intake.errors import BadColumnMap, UnusableColumns
from awards.intake.letters import column_letters
from awards.intake.types import ColumnMap, Layout
from awards.sdk.types import Attribute

LOOKED_AT = 20
"""Titles are looked for in so many rows."""

Titles = Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Header:
    """``row`` is the last row of titles, counted from 0; ``columns`` gives each
    target's column, ``titles`` what stands above every column."""

    row: int
    columns: Mapping[str, int]
    titles: tuple[str, ...]

    @property
    def ignored(self) -> tuple[str, ...]:
        """Titles of columns that were matched to nothing."""
        used = set(self.columns.values())
        return tuple(title for at, title in enumerate(self.titles) if title and at not in used)

    @property
    def is_table(self) -> bool:
        """Whether there are ids and something about them beside their names."""
        return "id" in self.columns and bool(self.columns.keys() - {"id", "name"})

    @property
    def width(self) -> int:
        """Columns up to the last that has a title."""
        return max((at + 1 for at, title in enumerate(self.titles) if title), default=0)

    def column_of(self, title: str) -> int | None:
        """The first column under *title*, however it is written."""
        wanted = normalize(title)
        return next((at for at, each in enumerate(self.titles) if normalize(each) == wanted), None)


def normalize(title: str) -> str:
    """A title without case, spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def known_titles(layout: Layout, column_map: ColumnMap) -> dict[str, str]:
    """Targets by normalized title: code, title in each language, with or without unit.

    A title that means two targets is not known. A target named in the map has
    that title only. Raises `BadColumnMap` for a target that does not exist.
    """
    for target in column_map.columns:
        if target not in layout.targets:
            found = ", ".join(layout.targets)
            raise BadColumnMap("unknown-target", target=target, found=found)
    mapped = {normalize(title): target for target, title in column_map.columns.items()}
    known: dict[str, str] = {}
    for target, titles in _own_titles(layout).items():
        if target not in column_map.columns:
            for title in {normalize(title) for title in titles}:
                known[title] = "" if title in known else target
    return {title: target for title, target in known.items() if target and title} | mapped


def find_header(rows: Sequence[Titles], known: Mapping[str, str], *, at: int | None) -> Header:
    """The row, or two rows, with the most known titles; the first of equals.

    *at* says which row it is, counted from 1. Of two rows, the lower title
    counts where there is one, alone or after the upper one.
    """
    candidates = [_combined(rows, row, known) for row in range(len(rows))]
    candidates = [_single(rows, row, known) for row in range(len(rows))] + candidates[1:]
    if at is not None:
        candidates = [each for each in candidates if each.row == at - 1]
    if not candidates:
        return Header(row=(at or 1) - 1, columns={}, titles=())
    return max(candidates, key=lambda header: (len(header.columns), -header.row))


def check_header(header: Header, layout: Layout, column_map: ColumnMap) -> None:
    """Raise `UnusableColumns` or `BadColumnMap` when *header* does not do for *layout*."""
    known = known_titles(layout, column_map)
    row, found = header.row + 1, _listed(header.titles)
    _refuse_doubles(header, known)
    for target, title in column_map.columns.items():
        if target not in header.columns:
            raise BadColumnMap(
                "mapped-title-missing", title=title, target=target, row=row, found=found
            )
    for title in column_map.rows:
        if header.column_of(title) is None:
            raise BadColumnMap(
                "mapped-title-missing", title=title, target="rows", row=row, found=found
            )
    if "id" not in header.columns:
        title = layout.kind.id_title.get("id") or next(iter(layout.kind.id_title.values()))
        raise UnusableColumns("no-id-column", title=title, row=row, found=found)
    if not header.is_table:
        raise UnusableColumns("no-known-columns", row=row, found=found)
    wanted = [each for each in layout.records.columns if each.required] if layout.records else []
    lacking = [localized(each.title, "id") for each in wanted if each.code not in header.columns]
    if lacking:
        raise UnusableColumns("lacking-columns", lacking=_listed(lacking), row=row, found=found)


def _own_titles(layout: Layout) -> dict[str, list[str]]:
    kind = layout.kind
    own = {
        "id": ["id", kind.scheme, *_bare_too(kind.id_title)],
        "name": ["name", "nama", *(f"nama {title}" for title in kind.title.values())],
    }
    if layout.records:
        own["id"] += ["candidate", "kandidat"]
    for declared in layout.columns:
        titles = list(declared.title.values())
        unit = "" if isinstance(declared, Attribute) else declared.unit
        units = [f"{title} ({unit})" for title in titles if unit]
        own[declared.code] = [declared.code, *titles, *units]
    return own


def _bare_too(title: Text) -> list[str]:
    """Titles, and what stands before the bracket: ``Employer number (NPP)``."""
    return [form for each in title.values() for form in (each, each.partition("(")[0])]


def _single(rows: Sequence[Titles], row: int, known: Mapping[str, str]) -> Header:
    return _header(row, [title.strip() for title in rows[row]], known)


def _combined(rows: Sequence[Titles], row: int, known: Mapping[str, str]) -> Header:
    upper = rows[row - 1] if row else [""] * len(rows[row])
    titles = [_joined(*pair, known) for pair in zip(upper, rows[row], strict=True)]
    return _header(row, titles, known)


def _joined(upper: str, lower: str, known: Mapping[str, str]) -> str:
    upper, lower = upper.strip(), lower.strip()
    both = f"{upper} {lower}".strip()
    return both if normalize(both) in known or not lower else lower


def _header(row: int, titles: Titles, known: Mapping[str, str]) -> Header:
    columns: dict[str, int] = {}
    for at, title in enumerate(titles):
        if target := known.get(normalize(title)):
            columns.setdefault(target, at)
    return Header(row=row, columns=columns, titles=tuple(titles))


def _refuse_doubles(header: Header, known: Mapping[str, str]) -> None:
    for target, first in header.columns.items():
        twice = [
            at for at, each in enumerate(header.titles) if known.get(normalize(each)) == target
        ]
        if len(twice) > 1:
            raise UnusableColumns(
                "two-columns",
                columns=", ".join(column_letters(at) for at in twice),
                title=header.titles[first],
                found=_listed([header.titles[at] for at in twice]),
            )


def _listed(titles: Titles) -> str:
    named = [repr(title) for title in titles if title]
    return ", ".join(named[:40]) + (" …" if len(named) > 40 else "") or "–"
