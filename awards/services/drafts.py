"""Rules that somebody is editing: kept for them alone, until a version is saved."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from awards.domain.definition import CategoryDefinition, EditionDefinition
from awards.domain.editing import RulesDraft
from awards.domain.records import Edition, RulesVersion
from awards.domain.rule_changes import Change, compare_definitions
from awards.sdk.rulebook import RuleBook
from awards.services.rules import save_rules
from awards.services.stores import Act, Stores

Edit = Callable[[EditionDefinition], EditionDefinition]


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Two changes of the same version: what is in force now, and what the draft has."""

    base: EditionDefinition
    theirs: tuple[Change, ...]
    mine: tuple[Change, ...]
    version: int
    by: str


def draft_of(stores: Stores, edition: Edition, *, person: str) -> RulesDraft:
    """What *person* is editing; the rules in force while that is nothing else."""
    with stores.database.reading() as records:
        found = records.drafts.of(person, edition.code)
    if found is not None and found.definition != edition.definition:
        return found
    return RulesDraft(
        person=person,
        edition=edition.code,
        based_on=edition.version,
        definition=edition.definition,
        version=found.version if found else 0,
    )


def edit_draft(stores: Stores, edition: Edition, edit: Edit, *, person: str) -> RulesDraft:
    """Change the draft of *person*. Nothing of it is in force, and nobody else sees it.

    Raises what *edit* raises; the draft is then as before.
    """
    draft = draft_of(stores, edition, person=person)
    changed = replace(draft, definition=edit(draft.definition))
    if changed == draft:
        return draft
    with stores.database.transaction() as records:
        return records.drafts.put(changed) if draft.version else records.drafts.begin(changed)


def discard_draft(stores: Stores, edition: str, *, person: str) -> None:
    with stores.database.transaction() as records:
        records.drafts.discard(person, edition)


def save_draft(stores: Stores, draft: RulesDraft, *, rulebook: RuleBook, act: Act) -> RulesVersion:
    """Put the draft in force as a new version; it is a draft no longer.

    Raises what `save_rules` raises; the draft then stays.
    """
    version = save_rules(
        stores, draft.definition, based_on=draft.based_on, rulebook=rulebook, act=act
    )
    discard_draft(stores, draft.edition, person=draft.person)
    return version


def changes_of(stores: Stores, draft: RulesDraft) -> tuple[Change, ...]:
    """What the draft changes in the version that it began from."""
    return compare_definitions(_version(stores, draft).definition, draft.definition)


def clash_of(stores: Stores, edition: Edition, draft: RulesDraft) -> Clash | None:
    """How the draft and the rules in force part; None while nobody else was faster."""
    if draft.based_on == edition.version:
        return None
    base = _version(stores, draft).definition
    with stores.database.reading() as records:
        latest = records.editions.versions(edition.code)[-1]
    return Clash(
        base=base,
        theirs=compare_definitions(base, edition.definition),
        mine=compare_definitions(base, draft.definition),
        version=latest.number,
        by=latest.by,
    )


def merge_draft(stores: Stores, edition: Edition, *, person: str) -> RulesDraft:
    """Put what *person* changed onto the rules in force: whole categories, and whole
    properties of the edition, are theirs where they changed them."""
    draft = draft_of(stores, edition, person=person)
    base = _version(stores, draft).definition
    merged = _merged(base, edition.definition, draft.definition)
    changed = replace(draft, definition=merged, based_on=edition.version)
    with stores.database.transaction() as records:
        return records.drafts.put(changed) if draft.version else changed


def _version(stores: Stores, draft: RulesDraft) -> RulesVersion:
    with stores.database.reading() as records:
        return records.editions.versions(draft.edition)[draft.based_on - 1]


def _merged(
    base: EditionDefinition, theirs: EditionDefinition, mine: EditionDefinition
) -> EditionDefinition:
    names = [each for each in EditionDefinition.model_fields if each != "categories"]
    own = {each for each in names if getattr(mine, each) != getattr(base, each)}
    data = theirs.model_dump() | mine.model_dump(include=own)
    kept = [_chosen(each.code, base, theirs, mine) for each in mine.categories]
    known = {each.code for each in (*base.categories, *mine.categories)}
    kept += [each for each in theirs.categories if each.code not in known]
    data["categories"] = [each.model_dump() for each in kept if each is not None]
    return EditionDefinition.model_validate(data)


def _chosen(
    code: str, base: EditionDefinition, theirs: EditionDefinition, mine: EditionDefinition
) -> CategoryDefinition | None:
    """The category as *mine* has it where it was changed there; else as *theirs* does."""
    return (
        mine.category(code) if mine.category(code) != base.category(code) else theirs.category(code)
    )
