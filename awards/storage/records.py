"""The records within one open transaction."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from awards.domain.errors import NotFound, Refused
from awards.domain.records import (
    Certificate,
    Crosswalk,
    Decision,
    Part,
    Publication,
    Run,
    Snapshot,
)
from awards.storage import rows
from awards.storage.advice import Robustnesses, WhatIfs
from awards.storage.checkpoints import Checkpoints
from awards.storage.desk import ColumnProfiles, Effects, ExpectedDeliveries, Uploads
from awards.storage.editing import Countersigns, RulesDrafts
from awards.storage.editions import Editions
from awards.storage.holdings import Holdings
from awards.storage.ledger import Ledger
from awards.storage.ledger_reading import LedgerReading
from awards.storage.models import (
    CertificateRow,
    CrosswalkRow,
    DecisionRow,
    EditionRow,
    PartRow,
    PublicationRow,
    RunRow,
    SnapshotRow,
)
from awards.storage.names import not_found
from awards.storage.people import Attempts, Invitations, People, Recoveries, SignIns
from awards.storage.targets import TargetSets

_PREFIX = 6
_RECENT = 50


class Records:
    """Everything on record, read and written in one transaction.

    What is "latest" or "current" was added last; no clock decides.
    """

    def __init__(self, session: Session) -> None:
        self.editions = Editions(session)
        self.parts = Parts(session)
        self.crosswalks = Crosswalks(session)
        self.snapshots = Snapshots(session)
        self.runs = Runs(session)
        self.robustness = Robustnesses(session)
        self.what_ifs = WhatIfs(session)
        self.decisions = Decisions(session)
        self.certificates = Certificates(session)
        self.publications = Publications(session)
        self.targets = TargetSets(session)
        self.people = People(session)
        self.invitations = Invitations(session)
        self.sign_ins = SignIns(session)
        self.recoveries = Recoveries(session)
        self.attempts = Attempts(session)
        self.uploads = Uploads(session)
        self.profiles = ColumnProfiles(session)
        self.deliveries = ExpectedDeliveries(session)
        self.effects = Effects(session)
        self.drafts = RulesDrafts(session)
        self.countersigns = Countersigns(session)
        self.ledger = Ledger(session)
        self.holdings = Holdings(session)
        self.events = LedgerReading(session)
        self.checkpoints = Checkpoints(session, self.ledger)


class _Shelf:
    def __init__(self, session: Session) -> None:
        self._session = session

    def _move_to_end(self, row: PartRow | SnapshotRow | RunRow) -> None:
        """Make *row* the one added last, as when a file is replaced and then put back."""
        table = type(row)
        following = select(func.max(table.seq) + 1)
        if self._session.get_bind().dialect.name == "postgresql":
            # From the sequence, or a later row would get the same number.
            sequence = func.pg_get_serial_sequence(row.__tablename__, "seq")
            following = select(func.nextval(sequence))
        row.seq = self._session.scalars(following).one()
        self._session.flush()


class Parts(_Shelf):
    def add(self, part: Part) -> None:
        """Put *part* in force for its edition, kind and name, again if it was before.

        Does nothing when it is in force. Raises `Refused` for another part of the same id.
        """
        row = self._find(part.id)
        if row is None:
            self._session.add(rows.part_row(part))
            self._session.flush()
        elif (row.edition, row.kind, row.name, row.sha256) != _identity(part):
            raise Refused(f"Another part is on record as {part.id!r}.")
        elif part.id not in {each.id for each in self.current(part.edition, part.kind)}:
            self._move_to_end(row)

    def get(self, part_id: str) -> Part:
        """Raises `NotFound`; a part that was replaced is still found by its id."""
        row = self._find(part_id)
        if row is None:
            recent = select(PartRow.id).order_by(PartRow.seq.desc()).limit(_RECENT)
            raise not_found("part", part_id, self._session.scalars(recent))
        return rows.part(row)

    def named(
        self, edition: str, kind: str, name: str, *, records: str | None = None
    ) -> Part | None:
        """The part of that name now in force: of indicators, or of a type of *records*."""
        parts = self.current(edition, kind)
        return next((each for each in parts if (each.name, each.records) == (name, records)), None)

    def current(self, edition: str, kind: str) -> tuple[Part, ...]:
        """The latest part of each name, and of each type of record, by name."""
        latest = (
            select(func.max(PartRow.seq))
            .where(PartRow.edition == edition, PartRow.kind == kind)
            .group_by(PartRow.name, PartRow.records)
        )
        found = self._session.scalars(select(PartRow).where(PartRow.seq.in_(latest)))
        return tuple(
            sorted(map(rows.part, found), key=lambda each: (each.records or "", each.name))
        )

    def _find(self, part_id: str) -> PartRow | None:
        return self._session.scalar(select(PartRow).where(PartRow.id == part_id))


class Crosswalks(_Shelf):
    def put(self, crosswalk: Crosswalk) -> None:
        """Make *crosswalk* the one in force for its kind."""
        self._session.add(rows.crosswalk_row(crosswalk))
        self._session.flush()

    def current(self, kind: str) -> Crosswalk | None:
        """The one in force, of all editions."""
        row = self._session.scalar(
            select(CrosswalkRow)
            .where(CrosswalkRow.kind == kind)
            .order_by(CrosswalkRow.seq.desc())
            .limit(1)
        )
        return None if row is None else rows.crosswalk(row)


class Snapshots(_Shelf):
    def add(self, snapshot: Snapshot) -> None:
        """Make *snapshot* the latest, again if it was before; the id is a digest."""
        row = self._find(snapshot.id)
        if row is None:
            self._session.add(rows.snapshot_row(snapshot))
            self._session.flush()
        else:
            latest = self.latest(snapshot.edition, snapshot.kind)
            if latest is None or latest.id != snapshot.id:
                self._move_to_end(row)

    def get(self, snapshot_id: str) -> Snapshot:
        """Raises `NotFound`."""
        row = self._find(snapshot_id)
        if row is None:
            recent = select(SnapshotRow.id).order_by(SnapshotRow.seq.desc()).limit(_RECENT)
            raise not_found("snapshot", snapshot_id, self._session.scalars(recent))
        return rows.snapshot(row)

    def latest(self, edition: str, kind: str) -> Snapshot | None:
        row = self._session.scalar(
            select(SnapshotRow)
            .where(SnapshotRow.edition == edition, SnapshotRow.kind == kind)
            .order_by(SnapshotRow.seq.desc())
            .limit(1)
        )
        return None if row is None else rows.snapshot(row)

    def list(self, edition: str, kind: str) -> tuple[Snapshot, ...]:
        """The snapshots of *kind* in *edition* in the order they were added."""
        found = (
            select(SnapshotRow)
            .where(SnapshotRow.edition == edition, SnapshotRow.kind == kind)
            .order_by(SnapshotRow.seq)
        )
        return tuple(map(rows.snapshot, self._session.scalars(found)))

    def _find(self, snapshot_id: str) -> SnapshotRow | None:
        return self._session.scalar(select(SnapshotRow).where(SnapshotRow.id == snapshot_id))


class Runs(_Shelf):
    def add(self, run: Run) -> None:
        """Make *run* the latest, again if it was before; the seal is a digest."""
        row = self._session.scalar(select(RunRow).where(RunRow.seal == run.seal))
        if row is None:
            self._session.add(rows.run_row(run))
            self._session.flush()
        else:
            latest = self.latest(run.edition, run.category)
            if latest is None or latest.seal != run.seal:
                self._move_to_end(row)

    def get(self, seal: str) -> Run:
        """The run with that seal, or with the only seal that begins so (6 characters or more).

        Raises `NotFound` for none, several, or too few characters.
        """
        if len(seal) < _PREFIX:
            raise NotFound(f"{seal!r} is too short: give at least {_PREFIX} characters of a seal.")
        begins = RunRow.seal.startswith(seal.lower(), autoescape=True)
        found = self._session.scalars(select(RunRow).where(begins).limit(2)).all()
        if len(found) > 1:
            raise NotFound(f"Several runs begin with {seal!r}: give more of the seal.")
        if not found:
            recent = select(RunRow.seal).order_by(RunRow.seq.desc()).limit(_RECENT)
            known = (each[:12] for each in self._session.scalars(recent))
            raise not_found("run", seal, known)
        return rows.run(found[0])

    def latest(self, edition: str, category: str) -> Run | None:
        row = self._session.scalar(
            select(RunRow)
            .where(RunRow.edition == edition, RunRow.category == category)
            .order_by(RunRow.seq.desc())
            .limit(1)
        )
        return None if row is None else rows.run(row)

    def list(self, edition: str) -> tuple[Run, ...]:
        """The runs of *edition* in the order they were added."""
        found = select(RunRow).where(RunRow.edition == edition).order_by(RunRow.seq)
        return tuple(map(rows.run, self._session.scalars(found)))


class Decisions(_Shelf):
    def add(self, decision: Decision) -> Decision:
        """The decision as it is on record: with an id of its own, whatever id came in."""
        row = rows.decision_row(decision)
        self._session.add(row)
        self._session.flush()
        return rows.decision(row)

    def latest(self, edition: str, category: str) -> Decision | None:
        row = self._session.scalar(
            select(DecisionRow)
            .where(DecisionRow.edition == edition, DecisionRow.category == category)
            .order_by(DecisionRow.seq.desc())
            .limit(1)
        )
        return None if row is None else rows.decision(row)


class Certificates(_Shelf):
    def add(self, certificate: Certificate) -> None:
        """Raises `Refused` when its code or its serial is taken."""
        if self.by_code(certificate.code) is not None:
            raise Refused("A certificate with this code is already on record.")
        if certificate.serial != self.next_serial(certificate.edition):
            raise Refused(
                f"The serial {certificate.serial} of {certificate.edition} is not the next one: "
                "serials are given without a gap, each once."
            )
        self._session.add(rows.certificate_row(certificate))
        self._session.flush()

    def next_serial(self, edition: str) -> int:
        """One more than the highest serial of *edition*; nobody else gets it before commit."""
        # SQLite writers are alone anyhow; elsewhere this row holds the others back.
        lock = select(EditionRow.seq).where(EditionRow.code == edition).with_for_update()
        if self._session.scalar(lock) is None:
            raise NotFound(f"No edition is called {edition!r}.")
        highest = select(func.max(CertificateRow.serial)).where(CertificateRow.edition == edition)
        return (self._session.scalar(highest) or 0) + 1

    def by_code(self, code: str) -> Certificate | None:
        row = self._session.scalar(select(CertificateRow).where(CertificateRow.code == code))
        return None if row is None else rows.certificate(row)

    def list(self, edition: str, category: str | None = None) -> tuple[Certificate, ...]:
        """Certificates by serial, of one category or of all."""
        wanted = select(CertificateRow).where(CertificateRow.edition == edition)
        if category is not None:
            wanted = wanted.where(CertificateRow.category == category)
        found = self._session.scalars(wanted.order_by(CertificateRow.serial))
        return tuple(map(rows.certificate, found))


class Publications(_Shelf):
    def put(self, publication: Publication) -> None:
        """Make *publication* what visitors of its edition see."""
        self._session.add(rows.publication_row(publication))
        self._session.flush()

    def current(self) -> tuple[Publication, ...]:
        """What visitors see now, one for each published edition, in the order put."""
        latest = select(func.max(PublicationRow.seq)).group_by(PublicationRow.edition)
        wanted = select(PublicationRow).where(PublicationRow.seq.in_(latest))
        found = self._session.scalars(wanted.order_by(PublicationRow.seq))
        return tuple(map(rows.publication, found))

    def of(self, edition: str) -> Publication | None:
        row = self._session.scalar(
            select(PublicationRow)
            .where(PublicationRow.edition == edition)
            .order_by(PublicationRow.seq.desc())
            .limit(1)
        )
        return None if row is None else rows.publication(row)


def _identity(part: Part) -> tuple[str, str, str, str]:
    # Not the whole value: text within JSON comes back in another normalization form.
    return part.edition, part.kind, part.name, part.sha256
