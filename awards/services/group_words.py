"""How a group is combined and capped, in words."""

from collections.abc import Iterator, Mapping

from awards.domain.definition import Cap, Group
from awards.domain.text import LANGUAGES, Sentence, Text, localized
from awards.sdk.rulebook import RuleBook


def group_rules(
    group: Group, titles: Mapping[str, Text], *, rulebook: RuleBook
) -> tuple[Sentence, ...]:
    """What the title of the aggregation leaves open, and the cap if there is one.

    *titles* are those of all criteria and groups of the tree, by code.
    """
    said = rulebook.bound_aggregation(group.aggregation).describe()
    found = (said,) if said else ()
    return (*found, *_cap(group.cap, titles[group.cap.by])) if group.cap else found


def _cap(cap: Cap, by: Text) -> Iterator[Sentence]:
    names = {each: localized(by, each).replace("{", "{{").replace("}", "}}") for each in LANGUAGES}
    if not cap.steps:
        yield Sentence(
            {
                "en": f"At most the points of “{names['en']}” plus {{plus}}.",
                "id": f"Paling tinggi poin “{names['id']}” ditambah {{plus}}.",
            },
            {"plus": cap.plus},
        )
        return
    gaps = range(len(cap.steps))
    english = ", ".join(f"from {{edge{at}}} = {{most{at}}}" for at in gaps)
    indonesian = ", ".join(f"mulai {{edge{at}}} = {{most{at}}}" for at in gaps)
    values = {f"edge{at}": edge for at, (edge, _) in enumerate(cap.steps)}
    values |= {f"most{at}": most for at, (_, most) in enumerate(cap.steps)}
    yield Sentence(
        {
            "en": f"At most, by the points of “{names['en']}”: {english}.",
            "id": f"Paling tinggi, menurut poin “{names['id']}”: {indonesian}.",
        },
        values,
    )
