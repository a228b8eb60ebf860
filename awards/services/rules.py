"""Change the rules of an edition, lock them, and carry them as a file."""

import tomllib

import tomli_w
from pydantic import ValidationError

from awards.domain.canonical import json_digest
from awards.domain.definition import EditionDefinition
from awards.domain.errors import Refused
from awards.domain.records import Edition, Event, RulesVersion
from awards.domain.rule_changes import compare_definitions
from awards.domain.stages import Stage, StageEntry, is_before
from awards.registry.presets import check_edition
from awards.sdk.errors import in_words
from awards.sdk.rulebook import RuleBook
from awards.services.signatures import refuse_alone
from awards.services.stores import Act, Stores
from awards.storage.records import Records

_TOLD = 40


def save_rules(
    stores: Stores,
    definition: EditionDefinition,
    *,
    based_on: int,
    rulebook: RuleBook,
    act: Act,
    reason: str | None = None,
    second: str | None = None,
) -> RulesVersion:
    """Put *definition* in force as the version after *based_on*; versions before stay.

    Without a change the version in force is returned. Raises `PluginError` when the
    rules cannot work here, `EditConflict` when another version came first, and
    `Refused` when they are locked and *reason* or another person is lacking, or the
    edition is published.
    """
    check_edition(definition, rulebook)
    with stores.database.transaction() as records:
        edition = records.editions.get(definition.code)
        if digest_of(definition) == digest_of(edition.definition):
            return records.editions.versions(edition.code)[-1]
        _refuse_change(edition, act, reason=reason, second=second)
        changes = compare_definitions(edition.definition, definition)
        version = RulesVersion(
            edition=edition.code,
            number=based_on + 1,
            definition=definition,
            digest=digest_of(definition),
            by=act.by,
            saved_at=act.at,
            changes=tuple(map(str, changes)),
            reason=reason,
            second=second,
        )
        records.editions.save_rules(version)
        action = "rules.saved" if edition.decree is None else "rules.changed"
        records.ledger.append(_event(version, action), at=act.at)
    return version


def _refuse_change(edition: Edition, act: Act, *, reason: str | None, second: str | None) -> None:
    if not is_before(edition.stage, Stage.PUBLISHED):
        raise Refused(f"{edition.code} is published: its rules stay as they are.")
    if edition.decree is not None:
        what = f"The rules of {edition.code} are locked; they are changed"
        refuse_alone(act, second=second, reason=reason, what=what)


def _event(version: RulesVersion, action: str) -> Event:
    detail: dict[str, object] = {
        "version": version.number,
        "digest": version.digest,
        "changes": list(version.changes[:_TOLD]),
    }
    if version.second is not None:
        detail |= {"reason": version.reason, "second": version.second}
    return Event(actor=version.by, action=action, subject=version.edition, detail=detail)


def lock_rules(stores: Stores, code: str, *, decree: str, act: Act) -> Edition:
    """Lock the rules of an edition by the *decree* that sets them.

    From then on data may be locked into snapshots. Raises `Refused` when they are
    locked already or the decree has no name.
    """
    with stores.database.transaction() as records:
        lock(records, records.editions.get(code), decree=decree, act=act)
        return records.editions.get(code)


def lock(records: Records, edition: Edition, *, decree: str, act: Act) -> None:
    """`lock_rules` within a transaction that is open already."""
    if edition.decree is not None:
        raise Refused(f"The rules of {edition.code} are locked already, by {edition.decree}.")
    if not decree.strip():
        raise Refused("Name the decree that sets the rules: its number and date.")
    entry = StageEntry(
        edition=edition.code,
        stage=Stage.RULES_LOCKED,
        entered_at=act.at,
        by=act.by,
        decree=decree.strip(),
    )
    records.editions.enter(entry)
    detail: dict[str, object] = {
        "decree": decree.strip(),
        "version": edition.version,
        "digest": digest_of(edition.definition),
    }
    event = Event(actor=act.by, action="rules.locked", subject=edition.code, detail=detail)
    records.ledger.append(event, at=act.at)


def refuse_unlocked(edition: Edition) -> None:
    """Raise `Refused` while the rules of *edition* are not locked: nobody may see real
    data and then choose the rules."""
    if edition.decree is None:
        raise Refused(
            f"The rules of {edition.code} are not locked yet, and data may not be seen before. "
            f"Lock them: awards edition lock {edition.code} --decree NUMBER"
        )


def digest_of(definition: EditionDefinition) -> str:
    return json_digest(definition.model_dump(mode="json"))


def rules_as_toml(definition: EditionDefinition) -> str:
    """*definition* as a file for people; what is as usual is left out."""
    data = definition.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    return tomli_w.dumps(data)


def rules_from_toml(text: str) -> EditionDefinition:
    """The definition in *text*. Raises `Refused`, naming the place, for what it is not."""
    try:
        return EditionDefinition.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"This is no TOML: {error}. Correct the file.") from error
    except ValidationError as error:
        raise Refused(f"These are no rules of an edition: {in_words(error)}") from error
