"""The tables of people, for the revision that creates all tables."""

import sqlalchemy as sa
from alembic import op

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_accounts() -> None:
    _person()
    _role_grant()
    _invitation()
    _sign_in()
    _recovery()
    _attempt()


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("version", _NUMBER, nullable=False),
        sa.Column("disabled_at", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_counter", _NUMBER, nullable=True),
        sa.Column("recovery_codes", sa.Text(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_person_version")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_person")),
        sa.UniqueConstraint("id", name=op.f("uq_person_id")),
        sa.UniqueConstraint("mail", name=op.f("uq_person_mail")),
        sqlite_strict=True,
    )


def _role_grant() -> None:
    op.create_table(
        "role_grant",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_role_grant_person")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "person", "role", "edition", name=op.f("uq_role_grant_person_role_edition")
        ),
        sqlite_strict=True,
    )


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_invitation_digest")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_invitation_person")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_invitation")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitation_digest")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_invitation_person"), "invitation", ["person"], unique=False)


def _sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_sign_in_digest")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_sign_in_person")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_digest")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sign_in_person"), "sign_in", ["person"], unique=False)


def _recovery() -> None:
    op.create_table(
        "recovery",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.CheckConstraint("person <> asked_by", name=op.f("ck_recovery_asked_by")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_recovery_person")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_recovery")),
        sa.UniqueConstraint("person", name=op.f("uq_recovery_person")),
        sqlite_strict=True,
    )


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("length(key) = 64", name=op.f("ck_attempt_key")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_attempt")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_attempt_key_at"), "attempt", ["key", "at"], unique=False)
