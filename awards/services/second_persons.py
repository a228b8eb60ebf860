"""The acts on editions that may await a second person, and how each is carried out."""

from collections.abc import Mapping
from functools import partial

from awards.domain.definition import EditionDefinition
from awards.domain.editing import Countersign
from awards.domain.records import Edition, RulesVersion
from awards.domain.stages import Stage, is_before
from awards.sdk.rulebook import RuleBook
from awards.services.countersigns import Asked, Doer, ask_countersign
from awards.services.rules import save_rules
from awards.services.stages import enter_stage
from awards.services.stores import Act, Stores

CHANGE_RULES = "change-rules"
GO_BACK = "go-back"


def doers(stores: Stores, rulebook: RuleBook) -> Mapping[str, Doer]:
    """How each kind of act is carried out once two persons agree."""
    return {
        CHANGE_RULES: partial(_change_rules, stores, rulebook),
        GO_BACK: partial(_go_back, stores),
    }


def change_locked_rules(
    stores: Stores, definition: EditionDefinition, *, based_on: int, reason: str, act: Act
) -> Countersign:
    """Ask that *definition* take the place of version *based_on* of locked rules."""
    asked = Asked(
        edition=definition.code,
        act=CHANGE_RULES,
        subject=f"after version {based_on}",
        payload={"definition": definition.model_dump(mode="json"), "based_on": based_on},
        reason=reason,
    )
    return ask_countersign(stores, asked, act=act)


def go_back(
    stores: Stores, code: str, stage: Stage, *, reason: str, act: Act
) -> Edition | Countersign:
    """Let the edition return to *stage*: at once before the first run; after it this waits
    for a second person."""
    with stores.database.reading() as records:
        edition = records.editions.get(code)
        alone = not records.runs.list(code)
    if alone or not is_before(edition.stage, Stage.PUBLISHED):
        return enter_stage(stores, code, stage, act=act)
    asked = Asked(
        edition=code, act=GO_BACK, subject=stage.value, payload={"stage": stage}, reason=reason
    )
    return ask_countersign(stores, asked, act=act)


def _change_rules(
    stores: Stores, rulebook: RuleBook, request: Countersign, *, act: Act, second: str
) -> RulesVersion:
    return save_rules(
        stores,
        EditionDefinition.model_validate(request.payload["definition"]),
        based_on=request.payload["based_on"],
        rulebook=rulebook,
        act=act,
        reason=request.reason,
        second=second,
    )


def _go_back(stores: Stores, request: Countersign, *, act: Act, second: str) -> Edition:
    stage = Stage(request.payload["stage"])
    return enter_stage(
        stores, request.edition, stage, act=act, second=second, reason=request.reason
    )
