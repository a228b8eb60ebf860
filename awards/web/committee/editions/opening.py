"""Opening an edition: from a preset, an earlier one, a file, or with one criterion."""

from typing import Any

from pydantic import ValidationError

from awards.domain.definition import EditionDefinition
from awards.domain.errors import Refused
from awards.domain.records import Edition
from awards.sdk.errors import in_words
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Criterion
from awards.services.editions import next_edition, open_with
from awards.services.rules import rules_from_toml
from awards.web.acting import acting
from awards.web.committee.editions.forms import EmptyForm, NamedForm
from awards.web.committee.layout import committee
from awards.web.words import gettext

_FIRST_SCALE = "min-max"


def open_from_preset(form: NamedForm, source: str) -> Edition:
    program, _, code = source.partition("/")
    preset = committee().rulebook.program(program).definition
    before = next(each for each in preset.editions if each.code == code)
    return _open(_another(before, form), program)


def open_from_edition(form: NamedForm, source: str) -> Edition:
    with committee().stores.database.reading() as records:
        before = records.editions.get(source)
    return _open(_another(before.definition, form), before.program)


def open_from_file(text: bytes, program: str) -> Edition:
    try:
        return _open(rules_from_toml(text.decode("utf-8-sig")), program)
    except UnicodeDecodeError as error:
        raise Refused(gettext("This is no text file. Choose the TOML file.")) from error


def open_empty(form: EmptyForm) -> Edition:
    """The program's wording of certificates, and one category with one criterion."""
    rulebook = committee().rulebook
    latest = rulebook.program(form.program.data).definition.editions[-1]
    title = {"id": form.title_id.data, "en": form.title_en.data or form.title_id.data}
    data = {
        "code": form.code.data,
        "label": form.label.data,
        "title": title,
        "period_start": form.period_start.data,
        "period_end": form.period_end.data,
        "certificate": latest.certificate.model_dump(),
        "categories": [first_category(rulebook, form.kind.data)],
    }
    return _open(_checked(data), form.program.data)


def first_category(rulebook: RuleBook, kind: str, *, code: str | None = None) -> dict[str, Any]:
    """A category of *kind* with the first criterion that asks for nothing else."""
    found = next(_simple(rulebook, kind), None)
    if found is None:
        raise Refused(gettext("No criterion is registered for this kind of candidate."))
    return {
        "code": code or kind,
        "title": dict(rulebook.kind(kind).title),
        "kind": kind,
        "tree": {
            "code": "total",
            "title": {"id": "Nilai total", "en": "Total"},
            "children": [{"criterion": found.code, "scale": {"code": _FIRST_SCALE}}],
        },
        "ladders": [{"code": "top-n"}] if "top-n" in rulebook.ladders else [],
    }


def _simple(rulebook: RuleBook, kind: str) -> Any:
    def fits(each: Criterion) -> bool:
        return kind in {one.code for one in each.applies_to}

    return (each for each in rulebook.criteria.values() if fits(each))


def _another(before: EditionDefinition, form: NamedForm) -> EditionDefinition:
    """*before* with what was typed, planned days as many years later as the period."""
    years = form.period_end.data.year - before.period_end.year  # type: ignore[union-attr]
    moved = next_edition(before, form.code.data, label=form.label.data, years=years)
    period = {"period_start": form.period_start.data, "period_end": form.period_end.data}
    return _checked(moved.model_dump() | period)


def _checked(data: dict[str, Any]) -> EditionDefinition:
    try:
        return EditionDefinition.model_validate(data)
    except ValidationError as error:
        raise Refused(in_words(error)) from error


def _open(definition: EditionDefinition, program: str) -> Edition:
    parts = committee()
    return open_with(
        parts.stores, definition, program=program, rulebook=parts.rulebook, act=acting()
    )
