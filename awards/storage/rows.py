"""From value types to rows and back, one pair for each thing on record."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from awards.domain.definition import EditionDefinition
from awards.domain.records import (
    Certificate,
    Conferred,
    Crosswalk,
    Decision,
    Edition,
    Part,
    Publication,
    RulesVersion,
    Run,
    Snapshot,
    SourceFile,
)
from awards.domain.stages import Stage, StageEntry
from awards.storage.models import (
    CertificateRow,
    CrosswalkRow,
    DecisionRow,
    EditionRow,
    PartRow,
    PublicationRow,
    RulesVersionRow,
    RunRow,
    SnapshotRow,
    StageRow,
)


def edition_row(edition: Edition) -> EditionRow:
    return EditionRow(
        code=edition.code, program=edition.program, program_title=edition.program_title
    )


def edition(row: EditionRow, version: RulesVersionRow, stages: Sequence[StageRow]) -> Edition:
    """*row* with its rules in force and the *stages* it entered, the last one last."""
    return Edition(
        code=row.code,
        program=row.program,
        program_title=row.program_title,
        definition=EditionDefinition.model_validate(version.definition),
        version=version.number,
        stage=Stage(stages[-1].stage) if stages else Stage.DRAFT,
        decree=_decree(stages),
    )


def _decree(stages: Sequence[StageRow]) -> str | None:
    """The decree that the rules are locked by; an edition in draft again has none."""
    decree = None
    for each in stages:
        decree = None if each.stage == Stage.DRAFT else each.decree or decree
    return decree


def rules_version_row(version: RulesVersion) -> RulesVersionRow:
    definition = version.definition.model_dump(mode="json")
    return RulesVersionRow(**_columns(version, RulesVersion) | {"definition": definition})


def rules_version(row: RulesVersionRow) -> RulesVersion:
    known = EditionDefinition.model_validate(row.definition)
    return RulesVersion(
        **_columns(row, RulesVersion) | {"definition": known, "changes": tuple(row.changes)}
    )


def stage_row(entry: StageEntry) -> StageRow:
    return StageRow(**asdict(entry))


def stage_entry(row: StageRow) -> StageEntry:
    return StageEntry(**_columns(row, StageEntry) | {"stage": Stage(row.stage)})


def part_row(part: Part) -> PartRow:
    return PartRow(**asdict(part))


def part(row: PartRow) -> Part:
    sources = tuple(SourceFile(**each) for each in row.sources)
    return Part(**_columns(row, Part) | {"sources": sources})


def crosswalk_row(crosswalk: Crosswalk) -> CrosswalkRow:
    return CrosswalkRow(**asdict(crosswalk))


def crosswalk(row: CrosswalkRow) -> Crosswalk:
    return Crosswalk(**_columns(row, Crosswalk))


def snapshot_row(snapshot: Snapshot) -> SnapshotRow:
    return SnapshotRow(**asdict(snapshot))


def snapshot(row: SnapshotRow) -> Snapshot:
    return Snapshot(**_columns(row, Snapshot) | {"parts": tuple(row.parts)})


def run_row(run: Run) -> RunRow:
    return RunRow(**asdict(run))


def run(row: RunRow) -> Run:
    return Run(**_columns(row, Run))


def decision_row(decision: Decision) -> DecisionRow:
    said = asdict(decision)
    del said["id"]
    return DecisionRow(**said)


def decision(row: DecisionRow) -> Decision:
    titles = tuple(Conferred(**each) for each in row.titles)
    return Decision(
        id=row.seq,
        edition=row.edition,
        category=row.category,
        seal=row.seal,
        titles=titles,
        by=row.by,
        second=row.second,
        minutes=row.minutes,
        decided_on=row.decided_on,
    )


def certificate_row(certificate: Certificate) -> CertificateRow:
    return CertificateRow(**asdict(certificate))


def certificate(row: CertificateRow) -> Certificate:
    return Certificate(**_columns(row, Certificate))


def publication_row(publication: Publication) -> PublicationRow:
    return PublicationRow(**asdict(publication))


def publication(row: PublicationRow) -> Publication:
    return Publication(**_columns(row, Publication))


def _columns(row: object, value_type: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(value_type)}
