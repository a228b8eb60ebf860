"""Alembic's scripts; they run inside a transaction that `migration.upgrade` is given."""
