"""Editions on record, the versions of their rules, and the stages they entered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from awards.domain.canonical import json_digest
from awards.domain.errors import EditConflict, Refused
from awards.domain.records import Edition, RulesVersion
from awards.domain.stages import StageEntry
from awards.storage import rows
from awards.storage.models import EditionRow, RulesVersionRow, StageRow
from awards.storage.names import not_found


class Editions:
    """An edition is read with its rules in force, at the stage where it stands."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, edition: Edition, *, by: str, at: datetime) -> None:
        """Put *edition* on record with the first version of its rules.

        Raises `Refused` when the code is taken.
        """
        if self.has(edition.code):
            raise Refused(f"The edition {edition.code!r} is already on record.")
        self._session.add(rows.edition_row(edition))
        self._session.flush()
        first = RulesVersion(
            edition=edition.code,
            number=1,
            definition=edition.definition,
            digest=json_digest(edition.definition.model_dump(mode="json")),
            by=by,
            saved_at=at,
        )
        self._session.add(rows.rules_version_row(first))
        self._session.flush()

    def has(self, code: str) -> bool:
        return self._find(code) is not None

    def get(self, code: str) -> Edition:
        """Raises `NotFound`, naming the editions there are."""
        row = self._find(code)
        if row is None:
            known = self._session.scalars(select(EditionRow.code).order_by(EditionRow.seq))
            raise not_found("edition", code, known)
        return self._read(row)

    def list(self) -> tuple[Edition, ...]:
        """All editions in the order they were added."""
        found = self._session.scalars(select(EditionRow).order_by(EditionRow.seq)).all()
        return tuple(map(self._read, found))

    def save_rules(self, version: RulesVersion) -> None:
        """Put *version* in force.

        Raises `EditConflict` when its number is not the next one: somebody else was faster.
        """
        # SQLite writers are alone anyhow; elsewhere this row holds the others back.
        held = select(EditionRow.seq).where(EditionRow.code == version.edition).with_for_update()
        self._session.scalar(held)
        latest = self._latest(version.edition)
        if version.number != latest.number + 1:
            raise EditConflict(
                f"Somebody else changed the rules of {version.edition} meanwhile: version "
                f"{latest.number} is in force. Look at it, then save yours again.",
                current=latest.definition,
                version=latest.number,
            )
        self._session.add(rows.rules_version_row(version))
        self._session.flush()

    def versions(self, code: str) -> tuple[RulesVersion, ...]:
        """All versions of the rules of *code*, the first one first."""
        wanted = select(RulesVersionRow).where(RulesVersionRow.edition == code)
        found = self._session.scalars(wanted.order_by(RulesVersionRow.number))
        return tuple(map(rows.rules_version, found))

    def enter(self, entry: StageEntry) -> None:
        """Let an edition arrive at a stage."""
        self._session.add(rows.stage_row(entry))
        self._session.flush()

    def stages(self, code: str) -> tuple[StageEntry, ...]:
        """Every stage that *code* entered, the first one first."""
        return tuple(map(rows.stage_entry, self._entered(code)))

    def _read(self, row: EditionRow) -> Edition:
        return rows.edition(row, self._latest(row.code), self._entered(row.code))

    def _latest(self, code: str) -> RulesVersionRow:
        highest = select(func.max(RulesVersionRow.number)).where(RulesVersionRow.edition == code)
        wanted = select(RulesVersionRow).where(
            RulesVersionRow.edition == code, RulesVersionRow.number == highest.scalar_subquery()
        )
        return self._session.scalars(wanted).one()

    def _entered(self, code: str) -> Sequence[StageRow]:
        wanted = select(StageRow).where(StageRow.edition == code).order_by(StageRow.seq)
        return self._session.scalars(wanted).all()

    def _find(self, code: str) -> EditionRow | None:
        return self._session.scalar(select(EditionRow).where(EditionRow.code == code))
