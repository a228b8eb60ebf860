"""Importing a CSV of up to 12 million rows and 16 columns, and locking it, beside Polars
merely reading, sorting and writing the same file.

Run as ``python -m benchmarks.large [--rows N …]``. Every job runs in a process of its
own; prints its seconds, those of the processor, which other work on the machine changes
less, and the peak of its memory and of the process that parses.
Twelve million rows take some 8 GB of disk for the time of the run.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl

from awards.cli import main as awards
from awards.cli.instance import Instance
from awards.services.editions import open_edition
from awards.services.snapshots import take_snapshot
from awards.services.stores import Act
from benchmarks import enterprises

ROWS = (10_000, 100_000, 1_000_000, 12_000_000)
_AT_ONCE = 500_000
_STEP, _MODULUS = 7_368_787, 10**12 - 11
_KIND = enterprises.ENTERPRISE.code


def write_file(path: Path, rows: int) -> None:
    """A table of made-up values from a fixed seed, ids in no order."""
    with path.open("wb") as stream:
        for first in range(0, rows, _AT_ONCE):
            numbers = np.arange(first, min(first + _AT_ONCE, rows))
            _some(numbers).write_csv(stream, include_header=first == 0)


def _some(numbers: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pl.DataFrame:
    dice = np.random.default_rng([7, int(numbers[0])])
    rows = len(numbers)
    ids = numbers * _STEP % _MODULUS + 10**12
    counts = {each.code: dice.integers(0, 100, rows) for each in enterprises.COUNTS}
    amounts = {each.code: np.round(dice.random(rows) * 1e6, 2) for each in enterprises.AMOUNTS}
    return pl.DataFrame(
        {
            "id": pl.Series(ids).cast(pl.String),
            "name": pl.Series(numbers).cast(pl.String),
            "region": pl.Series(dice.integers(3501, 3539, rows)).cast(pl.String),
            "sector": dice.choice(list("ABCFGHI"), rows),
            **counts,
            **amounts,
        }
    ).with_columns(name=pl.format("Usaha Contoh {}", "name"))


def by_polars(folder: Path) -> None:
    scan = pl.scan_csv(folder / "data.csv", schema_overrides={"id": pl.String, "region": pl.String})
    scan.sort("id").sink_parquet(folder / "by_polars.parquet")


def by_import(folder: Path) -> None:
    words = ["--edition", "large", "--kind", _KIND, "--instance", str(folder / "instance")]
    awards(["import", str(folder / "data.csv"), *words], standalone_mode=False)


def by_snapshot(folder: Path) -> None:
    instance = Instance(folder / "instance")
    with instance.database.reading() as records:
        edition = records.editions.get("large")
    take_snapshot(instance.stores, edition, kind=_KIND, rulebook=instance.rulebook, act=_act())


JOBS: dict[str, Callable[[Path], None]] = {
    "polars": by_polars,
    "import": by_import,
    "snapshot": by_snapshot,
}


def _act() -> Act:
    return Act(by="Panitia", at=datetime.now(UTC))


def prepare(folder: Path, rows: int) -> None:
    """The file, and an instance with the rules and the edition that it is for."""
    instance = Instance(folder / "instance")
    instance.create()
    (instance.root / "plugins").mkdir(exist_ok=True)
    shutil.copy(enterprises.__file__, instance.root / "plugins")
    open_edition(
        instance.stores,
        "large",
        program="made-up",
        rulebook=instance.rulebook,
        act=_act(),
        decree="SK-1",
    )
    write_file(folder / "data.csv", rows)


def run_job(name: str, folder: Path) -> None:
    """Do the job here and print what it took: seconds, and gigabytes of both processes."""
    started = time.perf_counter()
    JOBS[name](folder)
    seconds = time.perf_counter() - started
    own, child = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    took = {
        "seconds": seconds,
        "cpu": sum(each.ru_utime + each.ru_stime for each in (own, child)),
        "own": own.ru_maxrss / 1e6,
        "child": child.ru_maxrss / 1e6,
    }
    print(json.dumps(took))


def measure(name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.large", "--job", name, "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, rows)
        size = (folder / "data.csv").stat().st_size / 1e9
        print(f"{rows:,} rows, {size:.3f} GB:", flush=True)
        plain = measure("polars", folder)
        for job in JOBS:
            took = plain if job == "polars" else measure(job, folder)
            words = [
                f"{took[what]:7.2f} s ({took[what] / plain[what]:5.2f} ×) {of}"
                for what, of in (("seconds", "in all"), ("cpu", "of processor"))
            ]
            memory = f"{took['own']:.2f} GB, child {took['child']:.2f} GB"
            print(f"  {job:8}  {', '.join(words)}, {memory}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--job", choices=JOBS)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.job:
        run_job(given.job, given.folder)
        return
    for rows in given.rows:
        compare(rows)


if __name__ == "__main__":
    main()
