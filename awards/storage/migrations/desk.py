"""The data desk's tables: uploads, profiles of columns, deliveries, effects of jobs."""

import sqlalchemy as sa
from alembic import op

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_desk() -> None:
    _upload()
    _column_profile()
    _expected_delivery()
    _job_effect()


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", _NUMBER, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("version", _NUMBER, nullable=False),
        sa.Column("made", sa.Text(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_upload_sha256")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_upload_size")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_upload_version")),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_upload_edition")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_upload")),
        sa.UniqueConstraint("id", name=op.f("uq_upload_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_upload_edition"), "upload", ["edition"], unique=False)


def _column_profile() -> None:
    op.create_table(
        "column_profile",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("records", sa.Text(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("header_row", _NUMBER, nullable=True),
        sa.Column("numbers", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_column_profile")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_column_profile_sender_kind"), "column_profile", ["sender", "kind"], unique=False
    )


def _expected_delivery() -> None:
    op.create_table(
        "expected_delivery",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("version", _NUMBER, nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("reminded_at", sa.Text(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_expected_delivery_version")),
        sa.ForeignKeyConstraint(
            ["edition"], ["edition.code"], name=op.f("fk_expected_delivery_edition")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_expected_delivery")),
        sa.UniqueConstraint("id", name=op.f("uq_expected_delivery_id")),
        sa.UniqueConstraint(
            "edition", "kind", "part", name=op.f("uq_expected_delivery_edition_kind_part")
        ),
        sqlite_strict=True,
    )


def _job_effect() -> None:
    op.create_table(
        "job_effect",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("ledger_seq", _NUMBER, nullable=False),
        sa.CheckConstraint("ledger_seq >= 1", name=op.f("ck_job_effect_ledger_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_job_effect")),
        sa.UniqueConstraint("job", "step", name=op.f("uq_job_effect_job_step")),
        sqlite_strict=True,
    )
