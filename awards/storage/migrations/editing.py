"""The tables of what is in hand, for the revision that creates all tables."""

import sqlalchemy as sa
from alembic import op

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_editing() -> None:
    _rules_draft()
    _countersign()


def _rules_draft() -> None:
    op.create_table(
        "rules_draft",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("based_on", _NUMBER, nullable=False),
        sa.Column("version", _NUMBER, nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.CheckConstraint("based_on >= 1", name=op.f("ck_rules_draft_based_on")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_rules_draft_version")),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_rules_draft_edition")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_rules_draft")),
        sa.UniqueConstraint("person", "edition", name=op.f("uq_rules_draft_person_edition")),
        sqlite_strict=True,
    )


def _countersign() -> None:
    op.create_table(
        "countersign",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_countersign_digest")),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_countersign_edition")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_countersign")),
        sa.UniqueConstraint("id", name=op.f("uq_countersign_id")),
        sa.UniqueConstraint(
            "edition", "act", "subject", name=op.f("uq_countersign_edition_act_subject")
        ),
        sqlite_strict=True,
    )
