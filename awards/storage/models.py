"""The tables. A row with a higher ``seq`` was added, or put in force again, later."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from awards.domain.canonical import canonical_json

Number = BigInteger().with_variant(Integer, "sqlite")


class CanonicalJson(TypeDecorator[Any]):
    """JSON kept as its canonical text, so that equal data are equal bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class IsoDate(TypeDecorator[date]):
    """A date as text, the same on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Instant(TypeDecorator[datetime]):
    """A moment as text in UTC with microseconds. A time without zone is refused."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as it stands
        int: Number,
        str: Text,
        bytes: LargeBinary,
        date: IsoDate,
        datetime: Instant,
        dict[str, Any]: CanonicalJson,
        list[Any]: CanonicalJson,
    }


STRICT = {"sqlite_strict": True}


def digest(name: str) -> CheckConstraint:
    """The column *name* holds 64 hexadecimal digits."""
    return CheckConstraint(f"length({name}) = 64", name=name)


def counted(name: str, *, least: int = 0) -> CheckConstraint:
    """The column *name* holds a count of at least *least*."""
    return CheckConstraint(f"{name} >= {least}", name=name)


class EditionRow(Base):
    __tablename__ = "edition"
    __table_args__ = (STRICT,)

    seq: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    program: Mapped[str]
    program_title: Mapped[dict[str, Any]]


class RulesVersionRow(Base):
    """Versions are only added: the one with the highest number is in force."""

    __tablename__ = "rules_version"
    __table_args__ = (
        digest("digest"),
        counted("number", least=1),
        UniqueConstraint("edition", "number"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    number: Mapped[int]
    definition: Mapped[dict[str, Any]]
    digest: Mapped[str]
    by: Mapped[str]
    saved_at: Mapped[datetime]
    changes: Mapped[list[Any]]
    reason: Mapped[str | None]
    second: Mapped[str | None]


class StageRow(Base):
    """Arrivals at stages: the last one is where the edition stands."""

    __tablename__ = "stage"
    __table_args__ = (Index(None, "edition"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    stage: Mapped[str]
    entered_at: Mapped[datetime]
    by: Mapped[str]
    second: Mapped[str | None]
    reason: Mapped[str | None]
    decree: Mapped[str | None]


class PartRow(Base):
    __tablename__ = "part"
    __table_args__ = (
        digest("sha256"),
        counted("rows"),
        counted("refused"),
        Index(None, "edition", "kind", "name"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    kind: Mapped[str]
    name: Mapped[str]
    sources: Mapped[list[Any]]
    columns: Mapped[dict[str, Any]]
    rows: Mapped[int]
    refused: Mapped[int]
    sha256: Mapped[str]
    sender: Mapped[str | None]
    letter: Mapped[str | None]
    as_of: Mapped[date | None]
    scheme: Mapped[str | None]
    records: Mapped[str | None]


class CrosswalkRow(Base):
    __tablename__ = "crosswalk"
    __table_args__ = (digest("digest"), counted("rows"), Index(None, "kind"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    kind: Mapped[str]
    rows: Mapped[int]


class SnapshotRow(Base):
    __tablename__ = "snapshot"
    __table_args__ = (
        digest("sha256"),
        counted("rows"),
        Index(None, "edition", "kind"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    kind: Mapped[str]
    parts: Mapped[list[Any]]
    rows: Mapped[int]
    sha256: Mapped[str]


class RunRow(Base):
    __tablename__ = "run"
    __table_args__ = (
        digest("seal"),
        digest("result_digest"),
        digest("results_sha256"),
        digest("sources_sha256"),
        Index(None, "edition", "category"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    seal: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    category: Mapped[str]
    snapshot: Mapped[str] = mapped_column(ForeignKey("snapshot.id"))
    result_digest: Mapped[str]
    results_sha256: Mapped[str]
    sources_sha256: Mapped[str]


class RobustnessRow(Base):
    __tablename__ = "robustness"
    __table_args__ = (
        digest("seal"),
        digest("digest"),
        digest("sha256"),
        Index(None, "run"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    seal: Mapped[str] = mapped_column(unique=True)
    run: Mapped[str] = mapped_column(ForeignKey("run.seal"))
    digest: Mapped[str]
    sha256: Mapped[str]


class WhatIfRow(Base):
    """No foreign key points here: nothing is decided on the strength of a what-if."""

    __tablename__ = "what_if"
    __table_args__ = (digest("id"), counted("moved"), Index(None, "run"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str]
    run: Mapped[str] = mapped_column(ForeignKey("run.seal"))
    changes: Mapped[dict[str, Any]]
    reason: Mapped[str]
    moved: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]


class DecisionRow(Base):
    __tablename__ = "decision"
    __table_args__ = (Index(None, "edition", "category"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    category: Mapped[str]
    seal: Mapped[str] = mapped_column(ForeignKey("run.seal"))
    titles: Mapped[list[Any]]
    by: Mapped[str]
    second: Mapped[str]
    minutes: Mapped[str]
    decided_on: Mapped[date]


class CertificateRow(Base):
    __tablename__ = "certificate"
    __table_args__ = (
        digest("sha256"),
        counted("serial", least=1),
        CheckConstraint("length(code) >= 20", name="code"),
        UniqueConstraint("edition", "serial"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    category: Mapped[str]
    serial: Mapped[int]
    number: Mapped[str]
    label: Mapped[str]
    candidate: Mapped[str]
    name: Mapped[str]
    title: Mapped[dict[str, Any]]
    language: Mapped[str]
    sha256: Mapped[str]
    issued_on: Mapped[date]


class PublicationRow(Base):
    __tablename__ = "publication"
    __table_args__ = (digest("digest"), digest("ledger_hash"), Index(None, "edition"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    digest: Mapped[str]
    published_at: Mapped[datetime]
    ledger_seq: Mapped[int] = mapped_column(ForeignKey("ledger.seq"))
    ledger_hash: Mapped[str]


class TargetSetRow(Base):
    __tablename__ = "target_set"
    __table_args__ = (digest("sha256"), Index(None, "edition"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    file: Mapped[str]
    sha256: Mapped[str]
    targets: Mapped[list[Any]]


class LedgerRow(Base):
    """``seq`` is taken from the entry before, never from a sequence, which may skip."""

    __tablename__ = "ledger"
    __table_args__ = (
        counted("seq", least=1),
        CheckConstraint("length(body) < 65536", name="body"),
        CheckConstraint("length(prev_hash) = 32", name="prev_hash"),
        CheckConstraint("length(hash) = 32", name="hash"),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes]
    prev_hash: Mapped[bytes] = mapped_column(unique=True)
    hash: Mapped[bytes] = mapped_column(unique=True)
