"""Every file that the records name, with the digest it must have."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from awards.storage.archive import Archive
from awards.storage.models import (
    CertificateRow,
    CrosswalkRow,
    PartRow,
    PublicationRow,
    RunRow,
    SnapshotRow,
)


class Holdings:
    """What the archive must hold, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def files(self, archive: Archive) -> Iterator[tuple[Path, str]]:
        """Paths and the SHA-256 of each, shelf by shelf."""
        for part in self._session.scalars(select(PartRow)):
            yield archive.part(part.id), part.sha256
            for source in part.sources:
                yield archive.source(source["sha256"]), source["sha256"]
        for digest in self._session.scalars(select(CrosswalkRow.digest)):
            yield archive.crosswalk(digest), digest
        for snapshot in self._session.scalars(select(SnapshotRow)):
            yield archive.snapshot_description(snapshot.id), snapshot.id
            yield archive.snapshot_table(snapshot.id), snapshot.sha256
        for run in self._session.scalars(select(RunRow)):
            yield archive.run_manifest(run.seal), run.seal
            yield archive.run_results(run.seal), run.results_sha256
            yield archive.run_sources(run.seal), run.sources_sha256
        for digest in self._session.scalars(select(CertificateRow.sha256)):
            yield archive.certificate(digest), digest

    def publications(self, archive: Archive) -> Iterator[tuple[Path, str]]:
        """Folders of public data and the digest of each."""
        for digest in self._session.scalars(select(PublicationRow.digest).distinct()):
            yield archive.public(digest), digest
