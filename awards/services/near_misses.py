"""The near-miss list: for the membership desk of the committee, never public."""

from collections.abc import Mapping
from typing import Any

from awards.domain.boards import Lever, NearMiss
from awards.domain.definition import CategoryDefinition
from awards.domain.text import Text
from awards.evaluation.near_misses import few_people_away, judged_table, one_gate_away
from awards.sdk.compiled import check_parameters
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import SealedRun


def list_near_misses(sealed: SealedRun, *, rulebook: RuleBook) -> tuple[NearMiss, ...]:
    """Candidates of a run that are one gate, or a few people, away.

    First those that fail one gate only, by name; then by the number of people. A
    candidate that is near a title and near the place before stands in it twice.
    """
    definition = sealed.definition
    judged = judged_table(sealed.tables, definition, rulebook=rulebook)
    gates = one_gate_away(judged, definition).sort("name", "id")
    people = few_people_away(judged, definition, rulebook=rulebook)
    titles = _titles(definition, rulebook)
    return (
        *(_by_gate(row, definition, rulebook) for row in gates.iter_rows(named=True)),
        *(_by_people(row, titles, rulebook) for row in people.iter_rows(named=True)),
    )


def _titles(definition: CategoryDefinition, rulebook: RuleBook) -> Mapping[tuple[int, str], Text]:
    """The words of every title and class by its ladder and code."""
    found: dict[tuple[int, str], Text] = {}
    for step, use in enumerate(definition.ladders):
        ladder = rulebook.ladder(use.code)
        parameters = check_parameters(ladder.parameters, use.parameters, f"ladder {use.code!r}")
        found |= {(step, code): words for code, words in ladder.words(parameters).items()}
    return found


def _by_gate(row: dict[str, Any], definition: CategoryDefinition, rulebook: RuleBook) -> NearMiss:
    use = next(each for each in definition.gates if each.key == row["gate"])
    title, reason = rulebook.gate_words(use)
    inputs = {each.code: each for gate in rulebook.gates_in(use) for each in gate.inputs}
    return NearMiss(
        **_who(row),
        gate=title,
        gate_reason=reason,
        facts=tuple((each.title, row.get(each.code), each.unit) for each in inputs.values()),
        goal=None,
        title=None,
        lever=None,
    )


def _by_people(
    row: dict[str, Any], titles: Mapping[tuple[int, str], Text], rulebook: RuleBook
) -> NearMiss:
    indicator = rulebook.indicators[row["indicator"]]
    return NearMiss(
        **_who(row),
        gate=None,
        gate_reason=None,
        facts=((indicator.title, row.get(indicator.code), indicator.unit),),
        goal=row["goal"],
        title=titles.get((row["step"], row["aim"])),
        lever=Lever(
            indicator=indicator.code,
            words=indicator.title,
            unit=indicator.unit,
            more=row["more"],
            total=row["reached"],
        ),
    )


def _who(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "region": row.get("region"),
        "scale": row.get("scale"),
        "place": row["place"],
        "total": row["total"],
    }
