"""The tables of the data desk: uploads, profiles of columns, deliveries, effects of jobs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from awards.storage.models import STRICT, Base, counted, digest


class UploadRow(Base):
    """A file on its way: no record of anything before it becomes a part."""

    __tablename__ = "upload"
    __table_args__ = (
        digest("sha256"),
        counted("size"),
        counted("version", least=1),
        Index(None, "edition"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    kind: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
    asked: Mapped[dict[str, Any]]
    version: Mapped[int]
    made: Mapped[str | None]


class ColumnProfileRow(Base):
    """The latest one counts. Remembered to save typing: no record of anything."""

    __tablename__ = "column_profile"
    __table_args__ = (Index(None, "sender", "kind"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str]
    kind: Mapped[str]
    records: Mapped[str | None]
    columns: Mapped[dict[str, Any]]
    sheet: Mapped[str | None]
    header_row: Mapped[int | None]
    numbers: Mapped[str | None]


class ExpectedDeliveryRow(Base):
    __tablename__ = "expected_delivery"
    __table_args__ = (
        counted("version", least=1),
        UniqueConstraint("edition", "kind", "part"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    kind: Mapped[str]
    part: Mapped[str]
    sender: Mapped[str]
    mail: Mapped[str]
    due: Mapped[date]
    version: Mapped[int]
    regions: Mapped[list[Any]]
    reminded_at: Mapped[datetime | None]


class JobEffectRow(Base):
    """Written in the transaction of the effect itself, so that a step whose process died
    before it could say so is not done twice."""

    __tablename__ = "job_effect"
    __table_args__ = (counted("ledger_seq", least=1), UniqueConstraint("job", "step"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    step: Mapped[str]
    ledger_seq: Mapped[int]
