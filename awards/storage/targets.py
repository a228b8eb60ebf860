"""The targets of editions, within one open transaction."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from awards.domain.targets import Target, TargetSet
from awards.storage.models import TargetSetRow


class TargetSets:
    """Every set of targets that was imported; the one added last is in force."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, found: TargetSet) -> None:
        """Put *found* in force for its edition."""
        self._session.add(TargetSetRow(**asdict(found)))
        self._session.flush()

    def current(self, edition: str) -> TargetSet | None:
        row = self._session.scalar(
            select(TargetSetRow)
            .where(TargetSetRow.edition == edition)
            .order_by(TargetSetRow.seq.desc())
            .limit(1)
        )
        if row is None:
            return None
        targets = tuple(Target(**each) for each in row.targets)
        return TargetSet(edition=row.edition, file=row.file, sha256=row.sha256, targets=targets)
