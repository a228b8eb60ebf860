"""Create all tables, and the triggers that keep the ledger append-only."""

import sqlalchemy as sa
from alembic import op

from awards.storage.migrations.accounts import create_accounts
from awards.storage.migrations.desk import create_desk
from awards.storage.migrations.editing import create_editing

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _edition()
    _rules_version()
    _stage()
    _ledger()
    _certificate()
    _part()
    _crosswalk()
    _publication()
    _snapshot()
    _run()
    _robustness()
    _what_if()
    _decision()
    _target_set()
    create_accounts()
    create_desk()
    create_editing()
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def _edition() -> None:
    op.create_table(
        "edition",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("program_title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_edition")),
        sa.UniqueConstraint("code", name=op.f("uq_edition_code")),
        sqlite_strict=True,
    )


def _rules_version() -> None:
    op.create_table(
        "rules_version",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("second", sa.Text(), nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_rules_version_digest")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_rules_version_number")),
        sa.ForeignKeyConstraint(
            ["edition"], ["edition.code"], name=op.f("fk_rules_version_edition")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_rules_version")),
        sa.UniqueConstraint("edition", "number", name=op.f("uq_rules_version_edition_number")),
        sqlite_strict=True,
    )


def _stage() -> None:
    op.create_table(
        "stage",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decree", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_stage_edition")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_stage")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_stage_edition"), "stage", ["edition"], unique=False)


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(body) < 65536", name=op.f("ck_ledger_body")),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_ledger_hash")),
        sa.CheckConstraint("length(prev_hash) = 32", name=op.f("ck_ledger_prev_hash")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_ledger_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger")),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_hash")),
        sa.UniqueConstraint("prev_hash", name=op.f("uq_ledger_prev_hash")),
        sqlite_strict=True,
    )


def _certificate() -> None:
    op.create_table(
        "certificate",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("serial", _NUMBER, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("candidate", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.CheckConstraint("length(code) >= 20", name=op.f("ck_certificate_code")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_certificate_sha256")),
        sa.CheckConstraint("serial >= 1", name=op.f("ck_certificate_serial")),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_certificate_edition")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("edition", "serial", name=op.f("uq_certificate_edition_serial")),
        sqlite_strict=True,
    )


def _part() -> None:
    op.create_table(
        "part",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("rows", _NUMBER, nullable=False),
        sa.Column("refused", _NUMBER, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=True),
        sa.Column("letter", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("scheme", sa.Text(), nullable=True),
        sa.Column("records", sa.Text(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_part_sha256")),
        sa.CheckConstraint("refused >= 0", name=op.f("ck_part_refused")),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_part_rows")),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_part_edition")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_part")),
        sa.UniqueConstraint("id", name=op.f("uq_part_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_part_edition_kind_name"), "part", ["edition", "kind", "name"], unique=False
    )


def _crosswalk() -> None:
    op.create_table(
        "crosswalk",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rows", _NUMBER, nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_crosswalk_digest")),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_crosswalk_rows")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_crosswalk")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_crosswalk_kind"), "crosswalk", ["kind"], unique=False)


def _publication() -> None:
    op.create_table(
        "publication",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=False),
        sa.Column("ledger_seq", _NUMBER, nullable=False),
        sa.Column("ledger_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("length(ledger_hash) = 64", name=op.f("ck_publication_ledger_hash")),
        sa.ForeignKeyConstraint(
            ["ledger_seq"], ["ledger.seq"], name=op.f("fk_publication_ledger_seq")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_publication_digest")),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_publication_edition")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_publication")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_publication_edition"), "publication", ["edition"], unique=False)


def _snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("rows", _NUMBER, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_snapshot_sha256")),
        sa.CheckConstraint("rows >= 0", name=op.f("ck_snapshot_rows")),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_snapshot_edition")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("id", name=op.f("uq_snapshot_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_snapshot_edition_kind"), "snapshot", ["edition", "kind"], unique=False)


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("result_digest", sa.Text(), nullable=False),
        sa.Column("results_sha256", sa.Text(), nullable=False),
        sa.Column("sources_sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("length(result_digest) = 64", name=op.f("ck_run_result_digest")),
        sa.CheckConstraint("length(results_sha256) = 64", name=op.f("ck_run_results_sha256")),
        sa.CheckConstraint("length(seal) = 64", name=op.f("ck_run_seal")),
        sa.CheckConstraint("length(sources_sha256) = 64", name=op.f("ck_run_sources_sha256")),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_run_edition")),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshot.id"], name=op.f("fk_run_snapshot")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_run")),
        sa.UniqueConstraint("seal", name=op.f("uq_run_seal")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_run_edition_category"), "run", ["edition", "category"], unique=False)


def _robustness() -> None:
    op.create_table(
        "robustness",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_robustness_digest")),
        sa.CheckConstraint("length(seal) = 64", name=op.f("ck_robustness_seal")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_robustness_sha256")),
        sa.ForeignKeyConstraint(["run"], ["run.seal"], name=op.f("fk_robustness_run")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_robustness")),
        sa.UniqueConstraint("seal", name=op.f("uq_robustness_seal")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_robustness_run"), "robustness", ["run"], unique=False)


def _what_if() -> None:
    op.create_table(
        "what_if",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved", _NUMBER, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("length(id) = 64", name=op.f("ck_what_if_id")),
        sa.CheckConstraint("moved >= 0", name=op.f("ck_what_if_moved")),
        sa.ForeignKeyConstraint(["run"], ["run.seal"], name=op.f("fk_what_if_run")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_what_if")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_what_if_run"), "what_if", ["run"], unique=False)


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_decision_edition")),
        sa.ForeignKeyConstraint(["seal"], ["run.seal"], name=op.f("fk_decision_seal")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_decision")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_decision_edition_category"), "decision", ["edition", "category"], unique=False
    )


def _target_set() -> None:
    op.create_table(
        "target_set",
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_target_set_sha256")),
        sa.ForeignKeyConstraint(["edition"], ["edition.code"], name=op.f("fk_target_set_edition")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_target_set")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_target_set_edition"), "target_set", ["edition"], unique=False)


def _guard_on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ledger_no_{act.lower()} BEFORE {act} ON ledger "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    for act, scope in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER ledger_no_{act.split()[0].lower()} BEFORE {act} ON ledger "
            f"FOR EACH {scope} EXECUTE FUNCTION ledger_refuse()"
        )
