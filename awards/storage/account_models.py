"""The tables of people: accounts, roles, one-time links, sessions, failed attempts."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from awards.storage.models import STRICT, Base, counted, digest


class PersonRow(Base):
    """Somebody. Name and mail may be erased; ``id`` stays, for the ledger names it."""

    __tablename__ = "person"
    __table_args__ = (counted("version", least=1), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    mail: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    version: Mapped[int]
    disabled_at: Mapped[datetime | None]
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_counter: Mapped[int | None]
    recovery_codes: Mapped[list[Any]]


class RoleGrantRow(Base):
    """``edition`` is a code, or ``*`` for every edition."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person", "role", "edition"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    edition: Mapped[str]


class InvitationRow(Base):
    """A one-time link; the token itself is kept nowhere."""

    __tablename__ = "invitation"
    __table_args__ = (digest("digest"), Index(None, "person"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]


class SignInRow(Base):
    __tablename__ = "sign_in"
    __table_args__ = (digest("digest"), Index(None, "person"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    expires_at: Mapped[datetime]
    agent: Mapped[str]


class RecoveryRow(Base):
    """Open until somebody else than who asked agrees."""

    __tablename__ = "recovery"
    __table_args__ = (CheckConstraint("person <> asked_by", name="asked_by"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), unique=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]


class AttemptRow(Base):
    """A sign-in that failed. No record of anything: counted for some time, then deleted."""

    __tablename__ = "attempt"
    __table_args__ = (digest("key"), Index(None, "key", "at"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime]
