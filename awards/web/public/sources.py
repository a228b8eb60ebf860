"""Source values of a scorecard, with the cell that each came from."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.domain.published import CriterionHead, IndicatorHead, IndicatorValue, SourceCell
from awards.web.formats import Formats
from awards.web.words import gettext, ngettext


@dataclass(frozen=True)
class Cell:
    """Where a value stands: ``file · sheet · D17``, with what stands there if several
    cells made the value."""

    place: str
    sender: str | None


@dataclass(frozen=True)
class SourceValue:
    """One indicator; ``records`` says how many records were counted, where any are."""

    title: str
    value: str
    series: str | None
    cells: tuple[Cell, ...]
    records: str | None


def source_values(
    head: CriterionHead, values: Iterable[IndicatorValue], words: Formats
) -> tuple[SourceValue, ...]:
    indicators = {each.code: each for each in head.indicators}
    return tuple(
        _value(indicators[each.code], each, words) for each in values if each.code in indicators
    )


def _value(indicator: IndicatorHead, value: IndicatorValue, words: Formats) -> SourceValue:
    missing = gettext("no value")
    return SourceValue(
        title=words.text(indicator.title),
        value=missing if value.value is None else words.value(value.value, indicator.unit),
        series=words.text(indicator.source) if indicator.source else None,
        cells=tuple(_cell(each, indicator.unit, words) for each in _all(value)),
        records=_records(value, words),
    )


def _all(value: IndicatorValue) -> tuple[SourceCell, ...]:
    return ((value.source,) if value.source else ()) + value.more_sources


def _cell(source: SourceCell, unit: str, words: Formats) -> Cell:
    told = None if source.value is None else words.value(source.value, unit)
    named = (source.file, source.sheet, source.address, told)
    return Cell(" · ".join(each for each in named if each), source.sender)


def _records(value: IndicatorValue, words: Formats) -> str | None:
    if value.records is None:
        return None
    return ngettext(
        "counted from %(count)s record",
        "counted from %(count)s records",
        value.records,
        count=words.count(value.records),
    )
