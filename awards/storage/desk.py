"""Uploads, profiles of columns and effects, within one transaction."""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from awards.domain.errors import EditConflict, NotFound
from awards.domain.uploads import Asked, ColumnProfile, Effect, Upload
from awards.storage.desk_models import (
    ColumnProfileRow,
    JobEffectRow,
    UploadRow,
)
from awards.storage.edits import edit_row


class Uploads:
    """Files on their way."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, upload: Upload) -> None:
        self._session.add(UploadRow(**_upload_values(upload)))
        self._session.flush()

    def get(self, upload_id: str) -> Upload:
        """Raises `NotFound`."""
        return _upload(self._row(upload_id))

    def of(self, edition: str) -> tuple[Upload, ...]:
        """The uploads of *edition*, the last one first."""
        wanted = select(UploadRow).where(UploadRow.edition == edition)
        return tuple(map(_upload, self._session.scalars(wanted.order_by(UploadRow.seq.desc()))))

    def ask(self, upload_id: str, asked: Asked, *, version: int) -> Upload:
        """Replace what is said about an upload. Raises `EditConflict` when somebody else
        did since *version*."""
        what = f"how {self._row(upload_id).file} is read"
        changes = {"asked": _asked_values(asked)}
        key = UploadRow.id
        try:
            edit_row(self._session, key, upload_id, based_on=version, changes=changes, what=what)
        except EditConflict as error:
            current = asdict(self.get(upload_id).asked)
            raise EditConflict(str(error), current=current, version=error.version) from None
        return self.get(upload_id)

    def close(self, upload_id: str, *, made: str) -> None:
        """Note the part that the upload became."""
        self._row(upload_id).made = made
        self._session.flush()

    def drop(self, upload_id: str) -> None:
        self._session.delete(self._row(upload_id))
        self._session.flush()

    def _row(self, upload_id: str) -> UploadRow:
        row = self._session.scalar(select(UploadRow).where(UploadRow.id == upload_id))
        if row is None:
            raise NotFound("This upload is gone: it was dropped, or never was.")
        return row


class ColumnProfiles:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, profile: ColumnProfile) -> None:
        """Remember *profile* in place of what was known of the sender."""
        self._session.execute(delete(ColumnProfileRow).where(*_same(profile)))
        self._session.add(ColumnProfileRow(**asdict(profile)))
        self._session.flush()

    def find(self, sender: str, kind: str, *, records: str | None) -> ColumnProfile | None:
        wanted = ColumnProfile(sender=sender, kind=kind, records=records, columns={})
        row = self._session.scalar(select(ColumnProfileRow).where(*_same(wanted)))
        return None if row is None else ColumnProfile(**_values(row, ColumnProfile))


class Effects:
    """What steps of jobs did, each once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, effect: Effect) -> None:
        row = JobEffectRow(job=effect.job, step=effect.step, ledger_seq=effect.seq)
        self._session.add(row)
        self._session.flush()

    def find(self, job: str, step: str) -> Effect | None:
        wanted = select(JobEffectRow).where(JobEffectRow.job == job, JobEffectRow.step == step)
        row = self._session.scalar(wanted)
        return None if row is None else Effect(job=row.job, step=row.step, seq=row.ledger_seq)


def _same(profile: ColumnProfile) -> tuple[Any, ...]:
    return (
        ColumnProfileRow.sender == profile.sender,
        ColumnProfileRow.kind == profile.kind,
        ColumnProfileRow.records.is_not_distinct_from(profile.records),
    )


def _upload_values(upload: Upload) -> dict[str, Any]:
    own = {each.name: getattr(upload, each.name) for each in fields(Upload)}
    return own | {"asked": _asked_values(upload.asked)}


def _asked_values(asked: Asked) -> dict[str, Any]:
    said = asdict(asked)
    return said | {"as_of": asked.as_of.isoformat() if asked.as_of else None}


def _upload(row: UploadRow) -> Upload:
    said = dict(row.asked)
    said["as_of"] = date.fromisoformat(said["as_of"]) if said["as_of"] else None
    return Upload(**_values(row, Upload) | {"asked": Asked(**said)})


def _values(row: object, value_type: Any) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(value_type)}
