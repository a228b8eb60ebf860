"""Bring in what an edition aims at."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from awards.domain.errors import Refused
from awards.domain.records import Edition, Event
from awards.domain.targets import TargetSet
from awards.intake.targets import InspectedTargets, TargetLayout, inspect_targets
from awards.intake.types import Numbers
from awards.sdk.rulebook import RuleBook
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of


@dataclass(frozen=True, kw_only=True)
class ImportedTargets:
    """An inspected file and, when it was taken, the targets now in force."""

    inspection: InspectedTargets
    found: TargetSet | None


def target_layout(edition: Edition, *, rulebook: RuleBook) -> TargetLayout:
    """What targets of *edition* may be about: the kinds and indicators it judges."""
    definition = edition.definition
    kinds = dict.fromkeys(each.kind for each in definition.categories)
    return TargetLayout(
        kinds={code: rulebook.kind(code) for code in kinds},
        indicators={
            code: tuple(
                {
                    each.code: each
                    for category in definition.categories
                    if category.kind == code
                    for each in rulebook.indicators_of(category)
                }.values()
            )
            for code in kinds
        },
        start=definition.period_start,
        end=definition.period_end,
    )


def import_targets(
    stores: Stores,
    path: Path,
    *,
    edition: Edition,
    numbers: Numbers | None,
    rulebook: RuleBook,
    act: Act,
) -> ImportedTargets:
    """Check the file at *path* and put its targets in force for *edition*.

    They replace those of an earlier file. With one cell refused nothing is saved.
    Raises `UnreadableFile` when nothing can be said of cells. Targets are never
    part of what is published.
    """
    layout = target_layout(edition, rulebook=rulebook)
    with stores.archive.workspace() as work:
        copy = work / path.name
        shutil.copyfile(path, copy)
        inspection = inspect_targets(copy, layout, numbers=numbers, work=work / "reading")
        if inspection.refused:
            return ImportedTargets(inspection=inspection, found=None)
        if not inspection.targets:
            raise Refused(f"{path.name} holds no target. Nothing was imported.")
        found = TargetSet(
            edition=edition.code,
            file=path.name,
            sha256=sha256_of(copy),
            targets=inspection.targets,
        )
        stores.archive.adopt(copy, stores.archive.source(found.sha256))
        _record(stores, found, act)
    return ImportedTargets(inspection=inspection, found=found)


def _record(stores: Stores, found: TargetSet, act: Act) -> None:
    detail: dict[str, object] = {"file": found.sha256, "targets": len(found.targets)}
    with stores.database.transaction() as records:
        records.targets.add(found)
        event = Event(actor=act.by, action="targets.imported", subject=found.edition, detail=detail)
        records.ledger.append(event, at=act.at)
