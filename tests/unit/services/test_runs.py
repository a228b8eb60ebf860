"""Evaluating, sealing and reading back."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from awards.domain.errors import Altered, NotFound
from awards.services.verification import verify_run
from tests.unit.services.world import World


def test_the_same_inputs_give_the_same_run_and_each_act_its_event(imported: World) -> None:
    first = imported.evaluate("kop-open")
    files = imported.files()
    assert imported.evaluate("kop-open") == first
    assert imported.files() == files
    sealed = [each.event for each in imported.ledger() if each.event.action == "run.sealed"]
    assert [each.subject for each in sealed] == [first.seal, first.seal]
    assert sealed[0].detail == {
        "edition": "kop-open",
        "category": "primary",
        "snapshot": first.snapshot,
        "result": first.result_digest,
    }


def test_a_category_that_the_edition_lacks_is_refused_with_those_it_has(imported: World) -> None:
    imported.snapshot("kop-open")
    before = imported.ledger()[:-1]
    with pytest.raises(NotFound, match=r"no category 'tertiary'\. It has: primary, secondary"):
        imported.evaluate("kop-open", "tertiary")
    assert [each for each in imported.actions() if each == "run.sealed"] == []
    assert imported.ledger()[: len(before)] == before


def test_a_snapshot_altered_on_disk_is_never_evaluated(imported: World) -> None:
    snapshot = imported.snapshot("kop-open")
    path = imported.stores.archive.snapshot_table(snapshot.id)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(Altered, match=snapshot.sha256):
        imported.evaluate("kop-open")
    assert "run.sealed" not in imported.actions()


def test_a_run_computed_again_is_the_same(imported: World) -> None:
    run = imported.evaluate("kop-open")
    verification = verify_run(imported.sealed(run), rulebook=imported.rulebook)
    assert (verification.answer, verification.differing) == ("same", 0)
    assert verification.digest == verification.sealed_digest == run.result_digest
    assert verification.versions == ()


RUN_FILES = ("manifest.json", "results.parquet", "sources.parquet")
SNAPSHOT_FILES = ("snapshot.json", "snapshot.parquet", "cells.parquet")


def spaced(path: Path) -> None:
    """Change bytes but nothing that a JSON reader would notice."""
    path.write_bytes(path.read_bytes() + b"\n")


def raised(path: Path) -> None:
    """Change a value of a table that stays well formed."""
    table = pl.read_parquet(path)
    column = next((name for name in table.columns[1:] if table[name].dtype.is_numeric()), "id")
    changed = pl.col(column) + 1 if column != "id" else pl.col("id") + "x"
    table.with_columns(changed).write_parquet(path)


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("name", "change"),
    [(name, change) for name in RUN_FILES + SNAPSHOT_FILES for change in (spaced, removed)]
    + [("cells.parquet", raised), ("results.parquet", raised)],
)
def test_no_file_of_a_run_is_used_after_any_change(
    published: World, name: str, change: Callable[[Path], None]
) -> None:
    with published.stores.database.reading() as records:
        run = records.runs.latest("kop-open", "primary")
    assert run is not None
    archive = published.stores.archive
    folder = archive.run(run.seal) if name in RUN_FILES else archive.snapshot(run.snapshot)
    change(folder / name)
    with pytest.raises(Altered, match=name):
        published.sealed(run)
