"""Uploads, profiles of columns, owed deliveries and effects, within one transaction."""

from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from awards.domain.errors import EditConflict, NotFound
from awards.domain.uploads import Asked, ColumnProfile, Effect, ExpectedDelivery, Upload
from awards.storage.desk_models import (
    ColumnProfileRow,
    ExpectedDeliveryRow,
    JobEffectRow,
    UploadRow,
)


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
        row = self._row(upload_id)
        if row.version != version:
            raise EditConflict(
                f"Somebody else changed how {row.file} is read. Look at it, then say it again.",
                current=asdict(_upload(row).asked),
                version=row.version,
            )
        row.asked, row.version = _asked_values(asked), version + 1
        self._session.flush()
        return _upload(row)

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


class ExpectedDeliveries:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, delivery: ExpectedDelivery) -> None:
        values = asdict(delivery) | {"regions": list(delivery.regions)}
        self._session.add(ExpectedDeliveryRow(**values))
        self._session.flush()

    def of(self, edition: str) -> tuple[ExpectedDelivery, ...]:
        """Those of *edition*, the earliest due first."""
        wanted = select(ExpectedDeliveryRow).where(ExpectedDeliveryRow.edition == edition)
        found = map(_delivery, self._session.scalars(wanted))
        return tuple(sorted(found, key=lambda each: (each.due, each.sender, each.part)))

    def get(self, delivery_id: str) -> ExpectedDelivery:
        """Raises `NotFound`."""
        return _delivery(self._row(delivery_id))

    def put(self, delivery: ExpectedDelivery, *, version: int) -> None:
        """Replace what was expected. Raises `EditConflict` when somebody else did."""
        row = self._row(delivery.id)
        if row.version != version:
            current = asdict(_delivery(row))
            raise EditConflict(
                "Somebody else changed this delivery.", current=current, version=row.version
            )
        values = asdict(replace(delivery, version=version + 1))
        for name, value in (values | {"regions": list(delivery.regions)}).items():
            setattr(row, name, value)
        self._session.flush()

    def drop(self, delivery_id: str) -> None:
        self._session.delete(self._row(delivery_id))
        self._session.flush()

    def _row(self, delivery_id: str) -> ExpectedDeliveryRow:
        wanted = select(ExpectedDeliveryRow).where(ExpectedDeliveryRow.id == delivery_id)
        row = self._session.scalar(wanted)
        if row is None:
            raise NotFound("This delivery is no longer expected.")
        return row


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


def _delivery(row: ExpectedDeliveryRow) -> ExpectedDelivery:
    return ExpectedDelivery(**_values(row, ExpectedDelivery) | {"regions": tuple(row.regions)})


def _values(row: object, value_type: Any) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(value_type)}
