"""Bundles: the same bytes each time, and checked by a program that shares no code."""

import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from awards.services.bundle import check as program
from awards.services.bundles import write_bundle
from awards.services.sealed import SealedRun, read_unpacked
from awards.services.verification import verify_run
from tests.unit.services.world import World

TABLES = ("cells.parquet", "results.parquet", "snapshot.parquet", "sources.parquet")


def sealed_of(world: World) -> SealedRun:
    with world.stores.database.reading() as records:
        run = records.runs.latest("kop-open", "primary")
    assert run is not None
    return world.sealed(run)


@pytest.fixture
def bundle(published: World, tmp_path: Path) -> tuple[Path, str]:
    """An unpacked bundle that holds everything, and its seal."""
    sealed = sealed_of(published)
    packed = tmp_path / "bundle.zip"
    write_bundle(
        published.stores, sealed, rulebook=published.rulebook, everything=True, path=packed
    )
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "bundle")
    return tmp_path / "bundle", sealed.seal


def check(folder: Path, seal: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "check.py", seal]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_same_run_gives_the_same_bytes(published: World, tmp_path: Path) -> None:
    sealed = sealed_of(published)
    for name in ("first", "second"):
        write_bundle(
            published.stores,
            sealed,
            rulebook=published.rulebook,
            everything=True,
            path=tmp_path / name,
        )
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_a_bundle_holds_what_a_stranger_needs(bundle: tuple[Path, str]) -> None:
    folder, _ = bundle
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names >= {
        "README.md",
        "check.py",
        "environment.txt",
        "manifest.json",
        "snapshot.json",
        *TABLES,
        "plugins/cooperatives/cooperatives.py",
        "plugins/awards_criteria.scales.identity/identity.py",
    }
    assert "polars==" in (folder / "environment.txt").read_text("utf-8")


def test_the_independent_check_agrees_with_a_genuine_bundle(bundle: tuple[Path, str]) -> None:
    done = check(*bundle)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "4 places follow from totals: ok"


def test_the_independent_check_notices_another_seal(bundle: tuple[Path, str]) -> None:
    done = check(bundle[0], "0" * 64)
    assert done.returncode == 3
    assert done.stdout == "1 the manifest is the one that the seal names: FAILED\n"


def raise_one(path: Path) -> None:
    """Change one value, keep the table well formed."""
    table = pl.read_parquet(path)
    name = next((each for each in table.columns[1:] if table[each].dtype.is_numeric()), None)
    changed = pl.col(name) + 1 if name else pl.lit("changed").alias("criterion")
    table = table.with_columns(changed) if len(table) else table.rename({table.columns[-1]: "x"})
    table.write_parquet(path)


@pytest.mark.parametrize("name", ["manifest.json", "snapshot.json", *TABLES])
def test_the_independent_check_notices_any_change(bundle: tuple[Path, str], name: str) -> None:
    path = bundle[0] / name
    if name.endswith(".json"):
        path.write_bytes(path.read_bytes() + b" ")
    else:
        raise_one(path)
    done = check(*bundle)
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.splitlines()[-1].endswith("FAILED")


def test_places_that_do_not_follow_from_totals_are_noticed(bundle: tuple[Path, str]) -> None:
    results = bundle[0] / "results.parquet"
    columns = pl.read_parquet_schema(results)
    assert program.places_follow(str(results), {"tie_breakers": []}, list(columns))
    swapped = pl.read_parquet(results).with_columns(place=8 - pl.col("place").cast(pl.Int64))
    swapped.write_parquet(results)
    assert not program.places_follow(str(results), {"tie_breakers": []}, list(columns))


def test_places_with_a_margin_and_counted_tie_breakers_follow_too(tmp_path: Path) -> None:
    table = pl.DataFrame(
        {
            "place": [2, 1, 3, 4],
            "total": [90.0, 89.5, 88.9, 50.0],
            "tie:0": [1.0, 2.0, 0.0, 0.0],
        }
    )
    table.write_parquet(tmp_path / "results.parquet")
    rules = {"tie_breakers": [{"points": 100.0}], "margin": 1.0}
    follow = program.places_follow(str(tmp_path / "results.parquet"), rules, table.columns)
    assert follow
    rules = {"tie_breakers": [{"points": 100.0}]}
    assert not program.places_follow(str(tmp_path / "results.parquet"), rules, table.columns)


def test_an_unpacked_bundle_can_be_computed_again(
    bundle: tuple[Path, str], published: World
) -> None:
    verification = verify_run(read_unpacked(bundle[0], seal=bundle[1]), rulebook=published.rulebook)
    assert (verification.answer, verification.seal) == ("same", bundle[1])


def test_a_plugin_that_was_changed_since_is_not_passed_off_as_the_sealed_one(
    published: World, tmp_path: Path
) -> None:
    changed = tuple(
        replace(each, digest="0" * 64) if each.name == "cooperatives" else each
        for each in published.rulebook.plugins
    )
    write_bundle(
        published.stores,
        sealed_of(published),
        rulebook=replace(published.rulebook, plugins=changed),
        everything=False,
        path=tmp_path / "bundle.zip",
    )
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        names = archive.namelist()
        said = archive.read("plugins/cooperatives/ABSENT.txt").decode()
    assert "plugins/cooperatives/cooperatives.py" not in names
    assert "no longer installed" in said


def test_nothing_of_a_bundle_needs_the_folder_it_was_made_in(
    bundle: tuple[Path, str], published: World
) -> None:
    shutil.rmtree(published.root)
    assert check(*bundle).returncode == 0
