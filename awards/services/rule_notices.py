"""What the public is told of rules that were changed after they were locked."""

from collections.abc import Iterator
from itertools import pairwise

from awards.domain.definition import CategoryDefinition
from awards.domain.published import RuleNotice
from awards.domain.records import Edition, RulesVersion
from awards.domain.rule_changes import compare_definitions
from awards.sdk.rulebook import RuleBook
from awards.services.differences import Choice, compare_runs
from awards.services.sealed import SealedRun, read_run
from awards.services.stores import Stores

MOST = 20
"""So many of those who moved are named."""


def rule_notices(
    stores: Stores, edition: Edition, decided: SealedRun, *, rulebook: RuleBook, everything: bool
) -> tuple[RuleNotice, ...]:
    """Every change of the category's rules that took two persons, the first one first.

    Who moved is told where *everything* may be told and a run by the rules before exists;
    it is compared with the run that was *decided* on.
    """
    code = decided.definition.code
    with stores.database.reading() as records:
        versions = records.editions.versions(edition.code)
    found = []
    for before, after in pairwise(versions):
        old, new = before.definition.category(code), after.definition.category(code)
        if after.second is not None and old is not None and old != new:
            earlier = _run_by(stores, edition, old, decided) if everything else None
            found.append(_notice(before, after, code, _moves(earlier, decided, rulebook)))
    return tuple(found)


def _notice(
    before: RulesVersion,
    after: RulesVersion,
    code: str,
    moves: tuple[tuple[str, int | None, int | None], ...] | None,
) -> RuleNotice:
    changes = compare_definitions(before.definition, after.definition)
    return RuleNotice(
        version=after.number,
        saved_at=after.saved_at,
        reason=after.reason or "",
        changes=tuple(_told(changes, code)),
        moves=moves,
    )


def _told(changes: tuple[object, ...], code: str) -> Iterator[str]:
    start = f"categories › {code} › "
    for each in map(str, changes):
        if each.startswith(start):
            yield each.removeprefix(start)


def _run_by(
    stores: Stores, edition: Edition, rules: CategoryDefinition, decided: SealedRun
) -> SealedRun | None:
    """The latest other run of the category by *rules*."""
    with stores.database.reading() as records:
        runs = [each for each in records.runs.list(edition.code) if each.category == rules.code]
    for run in reversed(runs):
        if run.seal != decided.seal:
            sealed = read_run(stores, run)
            if sealed.definition == rules:
                return sealed
    return None


def _moves(
    earlier: SealedRun | None, decided: SealedRun, rulebook: RuleBook
) -> tuple[tuple[str, int | None, int | None], ...] | None:
    if earlier is None:
        return None
    difference = compare_runs(earlier, decided, rulebook=rulebook, choice=Choice(most=MOST))
    moved = (*difference.moved, *difference.entered, *difference.left)
    return tuple((each.name, *each.place) for each in moved if each.place[0] != each.place[1])
