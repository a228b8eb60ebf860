"""The tables beside the ledger: signed checkpoints, its keys, and personal data."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from awards.storage.models import STRICT, Base, counted


class CheckpointRow(Base):
    """``peaks`` is the tree's frontier, 32 bytes a peak, to go on from."""

    __tablename__ = "ledger_checkpoint"
    __table_args__ = (counted("size", least=1), STRICT)

    size: Mapped[int] = mapped_column(
        ForeignKey("ledger.seq"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    note: Mapped[str]
    peaks: Mapped[bytes]


class LedgerKeyRow(Base):
    """The key in force from event ``seq`` on: what the ledger says, to find it at once."""

    __tablename__ = "ledger_key"
    __table_args__ = (CheckConstraint("length(public_key) = 32", name="public_key"), STRICT)

    seq: Mapped[int] = mapped_column(
        ForeignKey("ledger.seq"), primary_key=True, autoincrement=False
    )
    public_key: Mapped[bytes]


class PrivateValueRow(Base):
    """A value that an event is committed to. The one table here that rows may leave."""

    __tablename__ = "ledger_private"
    __table_args__ = (CheckConstraint("length(nonce) = 32", name="nonce"), STRICT)

    seq: Mapped[int] = mapped_column(
        ForeignKey("ledger.seq"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    nonce: Mapped[bytes]
    value: Mapped[str]
