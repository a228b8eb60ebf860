"""From value types to rows and back, one pair for each thing on record."""

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
    Run,
    Snapshot,
    SourceFile,
)
from awards.storage.models import (
    Base,
    CertificateRow,
    CrosswalkRow,
    DecisionRow,
    EditionRow,
    PartRow,
    PublicationRow,
    RunRow,
    SnapshotRow,
)


def edition_row(edition: Edition) -> EditionRow:
    return EditionRow(
        code=edition.code,
        program=edition.program,
        program_title=edition.program_title,
        definition=edition.definition.model_dump(mode="json"),
    )


def edition(row: EditionRow) -> Edition:
    known = EditionDefinition.model_validate(row.definition)
    return Edition(**_columns(row, Edition) | {"definition": known})


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


def _columns(row: Base, value_type: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(value_type)}
