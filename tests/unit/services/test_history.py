"""A category may look at decided results of others: sealed, verified and handed over."""

import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from awards.domain.definition import EarlierResults, Entrants
from awards.domain.errors import Altered, NotFound
from awards.domain.records import Edition, Run
from awards.evaluation.digest import table_digest
from awards.services.bundles import write_bundle
from awards.services.runs import evaluate_category
from awards.services.sealed import read_unpacked
from awards.services.verification import verify_run
from tests.unit.services.world import ACT, World

CODE = "kop-open"
ENTRANTS = Entrants(edition=CODE, category="primary", titles=("place-1",))


def looking_back(world: World) -> Edition:
    """The edition with a primary category that takes the first of the one as declared."""
    edition = world.edition(CODE)
    primary = edition.definition.categories[0].model_copy(
        update={
            "entrants": (ENTRANTS,),
            "earlier": (EarlierResults(edition=CODE, category="primary"),),
        }
    )
    definition = edition.definition.model_copy(update={"categories": (primary,)})
    return replace(edition, definition=definition)


def evaluated(world: World) -> Run:
    return evaluate_category(
        world.stores,
        looking_back(world),
        category="primary",
        snapshot=world.snapshot(CODE),
        rulebook=world.rulebook,
        act=ACT,
    )


def test_entrants_are_those_whom_the_decided_run_sends_and_the_manifest_names_it(
    imported: World,
) -> None:
    first = imported.evaluate(CODE)
    imported.decide(first)
    sealed = imported.sealed(evaluated(imported))
    assert sealed.tables.history is not None
    named = {"edition": CODE, "category": "primary", "seal": first.seal}
    assert sealed.manifest["inputs"]["history"] == {
        "digest": table_digest(sealed.tables.history),
        "entrants": [named],
        "earlier": [named],
    }
    held = pl.col("earlier:1:title") == "place-1"
    winners = sealed.tables.history.filter(held).select("id").collect()
    assert sealed.tables.results.select("id").collect().equals(winners)
    assert verify_run(sealed, rulebook=imported.rulebook).answer == "same"


def test_category_that_is_not_decided_yet_cannot_be_looked_at(imported: World) -> None:
    imported.evaluate(CODE)
    before = imported.actions()
    with pytest.raises(NotFound, match="kop-open/primary is not decided yet"):
        evaluated(imported)
    assert [each for each in imported.actions() if each != "snapshot.taken"] == [
        each for each in before if each != "snapshot.taken"
    ]


def test_bundle_carries_what_was_held_before_and_a_change_of_it_is_found(
    imported: World, tmp_path: Path
) -> None:
    imported.decide(imported.evaluate(CODE))
    sealed = imported.sealed(evaluated(imported))
    packed, folder = tmp_path / "bundle.zip", tmp_path / "bundle"
    write_bundle(imported.stores, sealed, rulebook=imported.rulebook, everything=True, path=packed)
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    command = [sys.executable, "-I", "check.py", sealed.seal]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "history.parquet is what its digest names: ok" in checked.stdout
    assert checked.returncode == 0
    unpacked = read_unpacked(folder, seal=sealed.seal)
    assert verify_run(unpacked, rulebook=imported.rulebook).answer == "same"
    history = pl.read_parquet(folder / "history.parquet")
    history.with_columns(pl.lit("place-1").alias("earlier:1:title")).write_parquet(
        folder / "history.parquet"
    )
    with pytest.raises(Altered, match=r"history\.parquet is not what was sealed"):
        verify_run(read_unpacked(folder, seal=sealed.seal), rulebook=imported.rulebook)
