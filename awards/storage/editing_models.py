"""The tables of what is in hand: rules being edited, and acts that await a second person."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from awards.storage.models import STRICT, Base, counted, digest


class RulesDraftRow(Base):
    """Rules that one person is editing. No record of anything until a version is saved."""

    __tablename__ = "rules_draft"
    __table_args__ = (
        UniqueConstraint("person", "edition"),
        counted("based_on", least=1),
        counted("version", least=1),
        STRICT,
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    based_on: Mapped[int]
    version: Mapped[int]
    definition: Mapped[dict[str, Any]]


class CountersignRow(Base):
    """Open until a second person approves or declines; the ledger keeps what became of it."""

    __tablename__ = "countersign"
    __table_args__ = (UniqueConstraint("edition", "act", "subject"), digest("digest"), STRICT)

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str] = mapped_column(ForeignKey("edition.code"))
    act: Mapped[str]
    subject: Mapped[str]
    payload: Mapped[dict[str, Any]]
    digest: Mapped[str]
    reason: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
