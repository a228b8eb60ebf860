"""Source values of a scorecard, with the cell that each came from."""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.domain.published import CriterionHead, IndicatorHead, IndicatorValue, SourceCell
from awards.web.formats import Formats
from awards.web.words import gettext


@dataclass(frozen=True)
class SourceValue:
    """One indicator; ``cell`` reads ``file · sheet · D17``."""

    title: str
    value: str
    series: str | None
    cell: str | None
    sender: str | None


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
        cell=_cell(value.source) if value.source else None,
        sender=value.source.sender if value.source else None,
    )


def _cell(source: SourceCell) -> str:
    return " · ".join(each for each in (source.file, source.sheet, source.address) if each)
