"""Open an edition: from a preset, from an earlier edition, or with rules of its own."""

from datetime import date

from awards.domain.definition import EditionDefinition
from awards.domain.errors import NotFound
from awards.domain.records import Edition, Event
from awards.registry.presets import check_edition
from awards.sdk.rulebook import RuleBook
from awards.services.rules import digest_of, lock
from awards.services.stores import Act, Stores


def open_edition(
    stores: Stores,
    code: str,
    *,
    program: str,
    rulebook: RuleBook,
    act: Act,
    decree: str | None = None,
) -> Edition:
    """Open the edition *code* of the preset *program*; its rules are locked at once
    where the *decree* that sets them is known.

    Raises `NotFound` when there is no such preset or edition and `Refused` when
    the edition is already open.
    """
    preset = rulebook.program(program).definition
    definition = next((each for each in preset.editions if each.code == code), None)
    if definition is None:
        known = ", ".join(each.code for each in preset.editions)
        raise NotFound(f"Program {program!r} has no edition {code!r}. It has: {known}.")
    return open_with(stores, definition, program=program, rulebook=rulebook, act=act, decree=decree)


def open_with(
    stores: Stores,
    definition: EditionDefinition,
    *,
    program: str,
    rulebook: RuleBook,
    act: Act,
    decree: str | None = None,
) -> Edition:
    """Open an edition of *program* with the rules of *definition*.

    Raises `PluginError`, naming category and rule, when they cannot work here, and
    `Refused` when the code is taken.
    """
    title = rulebook.program(program).definition.title
    check_edition(definition, rulebook)
    edition = Edition(
        code=definition.code, program=program, program_title=dict(title), definition=definition
    )
    detail: dict[str, object] = {"program": program, "definition": digest_of(definition)}
    with stores.database.transaction() as records:
        records.editions.add(edition, by=act.by, at=act.at)
        event = Event(actor=act.by, action="edition.opened", subject=edition.code, detail=detail)
        records.ledger.append(event, at=act.at)
        if decree is not None:
            lock(records, edition, decree=decree, act=act)
        return records.editions.get(edition.code)


def next_edition(
    before: EditionDefinition, code: str, *, label: str, years: int = 1
) -> EditionDefinition:
    """The rules of *before* for another holding: its period and planned days *years*
    later, and its label for the old one wherever titles and numbers name it."""
    data = before.model_dump(mode="json", exclude={"notice", "sources"})
    data |= {"code": code, "label": label}
    data["title"] = {key: each.replace(before.label, label) for key, each in before.title.items()}
    data["period_start"] = _later(before.period_start, years)
    data["period_end"] = _later(before.period_end, years)
    data["stages"] = [
        {"stage": each.stage, "planned": each.planned and _later(each.planned, years)}
        for each in before.stages
    ]
    for gap in ("number", "serial"):
        data["certificate"][gap] = data["certificate"][gap].replace(before.label, label)
    return EditionDefinition.model_validate(data)


def _later(day: date, years: int) -> date:
    """The same day *years* later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
