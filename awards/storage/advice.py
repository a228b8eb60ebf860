"""What is said beside runs, within one open transaction: never a result."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from awards.domain.errors import NotFound
from awards.domain.records import RobustnessRecord, WhatIf
from awards.storage.models import RobustnessRow, WhatIfRow

_PREFIX = 6


class Robustnesses:
    """How firm the places of runs are; of several for one run, the last is in force."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, record: RobustnessRecord) -> None:
        """Keep *record*; one of the same seal is the same and is kept once."""
        if self.find(record.seal) is None:
            self._session.add(RobustnessRow(**asdict(record)))
            self._session.flush()

    def of(self, run: str) -> RobustnessRecord | None:
        """The latest one of the run with this seal."""
        wanted = select(RobustnessRow).where(RobustnessRow.run == run)
        row = self._session.scalar(wanted.order_by(RobustnessRow.seq.desc()).limit(1))
        return None if row is None else _record(row)

    def find(self, seal: str) -> RobustnessRecord | None:
        """The only one whose seal begins so (6 characters or more).

        Raises `NotFound` where several do.
        """
        if len(seal) < _PREFIX:
            return None
        begins = RobustnessRow.seal.startswith(seal.lower(), autoescape=True)
        found = self._session.scalars(select(RobustnessRow).where(begins).limit(2)).all()
        if len(found) > 1:
            raise NotFound(f"Several seals begin with {seal!r}: give more of it.")
        return _record(found[0]) if found else None


class WhatIfs:
    """The what-ifs that were kept."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, kept: WhatIf) -> None:
        self._session.add(WhatIfRow(**asdict(kept)))
        self._session.flush()

    def list(self, run: str) -> tuple[WhatIf, ...]:
        """Those about the run with this seal, in the order they were kept."""
        found = select(WhatIfRow).where(WhatIfRow.run == run).order_by(WhatIfRow.seq)
        return tuple(map(_what_if, self._session.scalars(found)))


def _record(row: RobustnessRow) -> RobustnessRecord:
    return RobustnessRecord(seal=row.seal, run=row.run, digest=row.digest, sha256=row.sha256)


def _what_if(row: WhatIfRow) -> WhatIf:
    return WhatIf(
        id=row.id,
        run=row.run,
        changes=row.changes,
        reason=row.reason,
        moved=row.moved,
        by=row.by,
        at=row.at,
    )
