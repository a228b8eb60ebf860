"""Add signed checkpoints, the ledger's keys, and personal data that can be erased."""

import sqlalchemy as sa
from alembic import op

from awards.storage.migrations.refusal import refuse_loss

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEPT = ("ledger_checkpoint", "ledger_key")
_TABLES = (*_KEPT, "ledger_private")


def upgrade() -> None:
    _checkpoint()
    _key()
    _private()
    guard = _guard_on_postgresql if op.get_bind().dialect.name == "postgresql" else _guard_on_sqlite
    for table in _KEPT:
        guard(table, ("UPDATE", "DELETE"))
    guard("ledger_private", ("UPDATE",))


def downgrade() -> None:
    """Raises `DatabaseUnavailable` when one of the tables holds something."""
    for table in _TABLES:
        refuse_loss(op.get_bind(), table)
    for table in _TABLES:
        op.drop_table(table)


def _checkpoint() -> None:
    op.create_table(
        "ledger_checkpoint",
        sa.Column("size", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size >= 1", name=op.f("ck_ledger_checkpoint_size")),
        sa.ForeignKeyConstraint(["size"], ["ledger.seq"], name=op.f("fk_ledger_checkpoint_size")),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_ledger_checkpoint")),
        sqlite_strict=True,
    )


def _key() -> None:
    op.create_table(
        "ledger_key",
        sa.Column("seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(public_key) = 32", name=op.f("ck_ledger_key_public_key")),
        sa.ForeignKeyConstraint(["seq"], ["ledger.seq"], name=op.f("fk_ledger_key_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger_key")),
        sqlite_strict=True,
    )


def _private() -> None:
    op.create_table(
        "ledger_private",
        sa.Column("seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.CheckConstraint("length(nonce) = 32", name=op.f("ck_ledger_private_nonce")),
        sa.ForeignKeyConstraint(["seq"], ["ledger.seq"], name=op.f("fk_ledger_private_seq")),
        sa.PrimaryKeyConstraint("seq", "name", name=op.f("pk_ledger_private")),
        sqlite_strict=True,
    )


def _guard_on_sqlite(table: str, acts: tuple[str, ...]) -> None:
    for act in acts:
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )


def _guard_on_postgresql(table: str, acts: tuple[str, ...]) -> None:
    for act, scope in ((" OR ".join(acts), "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.split()[0].lower()} BEFORE {act} ON {table} "
            f"FOR EACH {scope} EXECUTE FUNCTION ledger_refuse()"
        )
