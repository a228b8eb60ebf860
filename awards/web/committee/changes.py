"""Changes of rules in words: codes give way to titles where they have any."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from awards.domain.definition import EditionDefinition
from awards.domain.rule_changes import Change
from awards.domain.stages import WORDS
from awards.domain.text import Text
from awards.web.committee.layout import committee
from awards.web.formats import ABSENT, formats
from awards.web.words import gettext


@dataclass(frozen=True)
class ChangeWords:
    """Where something changed, and from what to what."""

    place: str
    before: str
    after: str


def changes_in_words(
    changes: Iterable[Change], *definitions: EditionDefinition
) -> tuple[ChangeWords, ...]:
    """*changes* among *definitions*, in the language of the page."""
    known = _titles(definitions) | _properties()
    return tuple(
        ChangeWords(
            " › ".join(known.get(each, each) for each in _shortened(change.path)),
            _value(change.before, known),
            _value(change.after, known),
        )
        for change in changes
    )


def _shortened(path: tuple[str, ...]) -> list[str]:
    """Without the steps that say nothing to people."""
    silent = {"categories", "tree", "children", "parameters", "title"}
    return [each for each in path if each not in silent] or list(path)


def _value(value: str | None, known: Mapping[str, str]) -> str:
    return ABSENT if value is None else known.get(value, value)


def _titles(definitions: Iterable[EditionDefinition]) -> dict[str, str]:
    """Titles by code: of categories, groups, and all registered rules."""
    words, rulebook = formats(), committee().rulebook
    found: dict[str, Text] = {each.value: text for each, text in WORDS.items()}
    rules = (rulebook.kinds, rulebook.criteria, rulebook.gates, rulebook.scales)
    for shelf in (*rules, rulebook.aggregations, rulebook.ladders):
        found |= {code: each.title for code, each in shelf.items()}
    for definition in definitions:
        for category in definition.categories:
            found[category.code] = category.title
            found |= {each.code: each.title for each in category.tree.groups()}
    return {code: words.text(text) for code, text in found.items()}


def _properties() -> dict[str, str]:
    return {
        "label": gettext("Label"),
        "period_start": gettext("The assessment period begins"),
        "period_end": gettext("The assessment period ends"),
        "stages": gettext("Stages"),
        "planned": gettext("planned day"),
        "weight": gettext("weight"),
        "scale": gettext("scale"),
        "missing": gettext("when the value is missing"),
        "not_applicable": gettext("when the question does not arise"),
        "gates": gettext("Conditions"),
        "ladders": gettext("Titles"),
        "tie_breakers": gettext("Tie-breakers"),
        "where": gettext("Who competes"),
        "aggregation": gettext("aggregation"),
        "least_share": gettext("least share of the weight"),
        "order": gettext("order"),
    }
