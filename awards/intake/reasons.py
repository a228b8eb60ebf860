"""Findings turned into words, in every language."""

from collections.abc import Iterable, Mapping

from awards.domain.text import LANGUAGES, localized
from awards.intake.cell_reasons import CELL_REASONS
from awards.intake.display import printable
from awards.intake.headers import Header
from awards.intake.letters import column_letters
from awards.intake.types import Declared, Layout, RefusedCell
from awards.intake.wording import number_words, value_words
from awards.sdk.records import RecordColumn
from awards.sdk.types import Indicator, Kind

Finding = tuple[int, int | None, str, str, str | None]
"""A row of `awards.intake.findings.SCHEMA`."""

_LONGEST = 200
_OR = {"en": " Or is it {}?", "id": " Atau {}?"}
_DIVIDE = {"en": "write {} without the sign", "id": "tulis {} tanpa tandanya"}
_PLAIN_VALUE = {"en": "write the value without the sign", "id": "tulis nilainya tanpa tanda itu"}


def refused_cells(
    found: Iterable[Finding], layout: Layout, *, header: Header
) -> tuple[RefusedCell, ...]:
    """Each finding as a refused cell with its reason."""
    targets = {column: target for target, column in header.columns.items()}
    return tuple(_refused(finding, layout, header=header, targets=targets) for finding in found)


def _refused(
    finding: Finding, layout: Layout, *, header: Header, targets: Mapping[int, str]
) -> RefusedCell:
    row, column, code, value, more = finding
    target = None if column is None else targets.get(column)
    return RefusedCell(
        row=row,
        column=None if column is None else column_letters(column),
        header=None if column is None else header.titles[column],
        value=printable(value[:_LONGEST]),
        reason={
            language: _words(code, value, more, layout=layout, target=target, language=language)
            for language in LANGUAGES
        },
        code=code,
    )


def _words(
    code: str, value: str, more: str | None, *, layout: Layout, target: str | None, language: str
) -> str:
    gaps = {
        "more": more or "",
        **_example(layout.identified_by(target), language),
        **_about(layout.declared(target), value, language),
        **_number_gaps(value),
        **_name_gaps(code, more, language),
    }
    return localized(CELL_REASONS[code], language).format_map(gaps)


def _example(kind: Kind, language: str) -> dict[str, str]:
    return {"title": localized(kind.id_title, language), "example": kind.id_example}


def _about(declared: Declared | None, value: str, language: str) -> dict[str, str]:
    if isinstance(declared, Indicator) or (
        isinstance(declared, RecordColumn) and declared.is_number
    ):
        return {
            "title": localized(declared.title, language),
            "unit": declared.unit,
            "minimum": number_words(declared.minimum, language),
            "maximum": number_words(declared.maximum, language),
            "digits": "12" if declared.type is int else number_words(12.5, language),
            "write": _instead_of_percent(declared, value, language),
        }
    if declared is not None:
        title = localized(declared.title, language)
        return {"title": title, "values": value_words(declared, language)}
    return {}


def _instead_of_percent(indicator: Indicator | RecordColumn, value: str, language: str) -> str:
    """What to write for ``29,84 %``: 29,84 where percent are asked for, 0,2984 for a ratio."""
    number = _percentage(value)
    if number is None or indicator.unit not in ("ratio", "percent"):
        return _PLAIN_VALUE[language]
    if indicator.unit == "ratio":
        number /= 100
    return _DIVIDE[language].format(number_words(float(f"{number:.12g}"), language))


def _percentage(value: str) -> float | None:
    """The number before a percent sign; a bare number is a cell's fraction of 1."""
    digits = value.rstrip("%").strip().replace(",", ".")
    try:
        number = float(digits)
    except ValueError:
        return None
    return number if "%" in value else number * 100


def _number_gaps(value: str) -> dict[str, str]:
    return {
        "as_whole": value.replace(".", "").replace(",", ""),
        "as_decimal": value.replace(".", ","),
    }


def _name_gaps(code: str, more: str | None, language: str) -> dict[str, str]:
    """The candidate whose id it is, and those that bear the name."""
    if code != "name-differs":
        return {}
    first, _, others = (more or "").partition("|")
    return {"first": first, "rest": _OR[language].format(others) if others else ""}
