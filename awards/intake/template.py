"""The workbook to fill in: titles, known candidates, and what a cell may hold."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from awards.domain.text import localized
from awards.intake.guide_sheet import SHEETS, write_guide
from awards.intake.headers import known_titles, normalize
from awards.intake.types import ColumnMap, Layout
from awards.intake.wording import bounds_words
from awards.intake.workbooks import new_workbook
from awards.sdk.types import Attribute, Indicator

_ROWS = 100_000
_WIDTH = 18
_LONGEST_LIST = 255
_OUTSIDE = {
    "en": ("This value cannot be right", "{title}: {bounds}. Leave the cell empty if unknown."),
    "id": ("Nilai ini tidak mungkin", "{title}: {bounds}. Kosongkan bila tidak diketahui."),
}
_WHOLE = {"en": "whole number", "id": "bilangan bulat"}
_NUMBER = {"en": "number", "id": "angka"}


@dataclass(frozen=True, kw_only=True)
class _Looks:
    title: Format
    text: Format


def write_template(path: Path, layout: Layout, *, language: str, names: Mapping[str, str]) -> None:
    """Write an XLSX to fill in, in *language*, that `inspect_file` reads back.

    *names* (id to name) are filled in beforehand; where they are empty, the
    ids that the kind knows are.
    """
    with new_workbook(path) as book:
        sheet = book.add_worksheet(SHEETS[language][0])
        looks = _Looks(
            title=book.add_format(
                {"bold": True, "bg_color": "#E8E2D4", "bottom": 1, "text_wrap": True}
            ),
            text=book.add_format({"num_format": "@"}),
        )
        titles = column_titles(layout, language)
        _write_titles(sheet, titles, looks)
        _write_names(sheet, names or layout.kind.names, looks)
        _write_rules(sheet, layout, language)
        write_guide(book, layout, language=language, titles=titles)


def column_titles(layout: Layout, language: str) -> tuple[str, ...]:
    """The title of each target in *language*; its code where the title would not be read back."""
    known = known_titles(layout, ColumnMap())
    titles = [_title(layout, target, language) for target in layout.targets]
    times = Counter(normalize(title) for title in titles)
    return tuple(
        title if known.get(normalize(title)) == target and times[normalize(title)] == 1 else target
        for target, title in zip(layout.targets, titles, strict=True)
    )


def _title(layout: Layout, target: str, language: str) -> str:
    if target == "id":
        return localized(layout.kind.id_title, language)
    if target == "name":
        return {"en": "Name", "id": "Nama"}[language]
    declared = layout.declared(target)
    title = localized(declared.title, language) if declared else target
    return f"{title} ({declared.unit})" if isinstance(declared, Indicator) else title


def _write_titles(sheet: Worksheet, titles: tuple[str, ...], looks: _Looks) -> None:
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 32)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, looks.title)
    sheet.set_column(2, max(2, len(titles) - 1), _WIDTH)
    sheet.set_column(0, 0, _WIDTH, looks.text)
    sheet.set_column(1, 1, 2 * _WIDTH, looks.text)


def _write_names(sheet: Worksheet, names: Mapping[str, str], looks: _Looks) -> None:
    for row, candidate in enumerate(sorted(names), 1):
        sheet.write_string(row, 0, candidate, looks.text)
        sheet.write_string(row, 1, names[candidate], looks.text)


def _write_rules(sheet: Worksheet, layout: Layout, language: str) -> None:
    attributes = enumerate(layout.attributes, 2)
    rules = [(column, _attribute_rule(each, language)) for column, each in attributes]
    first = 2 + len(layout.attributes)
    rules += [
        (column, _indicator_rule(each, language))
        for column, each in enumerate(layout.measured, first)
    ]
    for column, rule in rules:
        if rule:
            sheet.data_validation(1, column, _ROWS, column, rule)


def _attribute_rule(attribute: Attribute, language: str) -> dict[str, Any] | None:
    values = [localized(words, language) for words in attribute.values.values()]
    if not values or len(",".join(values)) > _LONGEST_LIST:
        return None
    return {"validate": "list", "source": values}


def _indicator_rule(indicator: Indicator, language: str) -> dict[str, Any]:
    low, high = indicator.minimum, indicator.maximum
    limits: dict[str, Any] = {"criteria": "between", "minimum": -1e15, "maximum": 1e15}
    limits |= {} if low is None else {"minimum": low}
    limits |= {} if high is None else {"maximum": high}
    title, message = _OUTSIDE[language]
    filled = message.format(
        title=localized(indicator.title, language)[:80], bounds=bounds_words(indicator, language)
    )
    return {
        "validate": "integer" if indicator.type is int else "decimal",
        **limits,
        "error_title": title[:32],
        "error_message": filled[:255],
    }
