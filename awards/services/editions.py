"""Open an edition of a program."""

from awards.domain.canonical import json_digest
from awards.domain.definition import EditionDefinition
from awards.domain.errors import NotFound
from awards.domain.records import Edition, Event
from awards.sdk.rulebook import RuleBook
from awards.services.stores import Act, Stores


def open_edition(
    stores: Stores, code: str, *, program: str, rulebook: RuleBook, act: Act
) -> Edition:
    """Open the edition *code* of the preset *program*.

    Raises `NotFound` when there is no such preset or edition and `Refused` when
    the edition is already open.
    """
    preset = rulebook.program(program).definition
    definition = next((each for each in preset.editions if each.code == code), None)
    if definition is None:
        known = ", ".join(each.code for each in preset.editions)
        raise NotFound(f"Program {program!r} has no edition {code!r}. It has: {known}.")
    edition = Edition(
        code=code, program=program, program_title=dict(preset.title), definition=definition
    )
    with stores.database.transaction() as records:
        records.editions.add(edition)
        detail: dict[str, object] = {"program": program, "definition": _digest(definition)}
        event = Event(actor=act.by, action="edition.opened", subject=code, detail=detail)
        records.ledger.append(event, at=act.at)
    return edition


def _digest(definition: EditionDefinition) -> str:
    return json_digest(definition.model_dump(mode="json"))
