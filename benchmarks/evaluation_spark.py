"""One category over twelve million candidates on both engines, side by side.

Run as ``python -m benchmarks.evaluation_spark [--rows N ...] [--spark MASTER]``. Every
engine runs in a process of its own; "busy" is processor time of all threads, those of
Java included. Stops if the digests of the results differ.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from awards.services.computing import Task, compute_here
from awards.services.on_spark import OnSpark
from benchmarks import micro_firms


def work(engine: str, folder: Path) -> dict[str, object]:
    """Seconds, processor time and digest of one evaluation, written to *folder*."""
    rulebook, category = micro_firms.rules()
    compute = compute_here if engine == "polars" else OnSpark(engine, shared=folder)
    before, started = time.process_time(), time.perf_counter()
    task = Task(folder / "snapshot.parquet", category)
    written = compute(task, rulebook=rulebook, folder=folder / "run")
    seconds, busy = time.perf_counter() - started, time.process_time() - before
    return {"seconds": seconds, "busy": busy + below(os.getpid()), "digest": written.results_digest}


def below(process: int) -> float:
    """Seconds of processor that the children of *process* took, and theirs: Java is one."""
    found = 0.0
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        for child in listed.read_text().split():
            user, system = Path(f"/proc/{child}/stat").read_text().rsplit(")")[-1].split()[11:13]
            found += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") + below(int(child))
    return found


def measured(engine: str, folder: Path) -> str:
    """Print what *engine* took; return the digest of its results."""
    command = [sys.executable, "-m", "benchmarks.evaluation_spark", "--work", engine]
    done = subprocess.run(
        [*command, "--folder", str(folder)], stdout=subprocess.PIPE, text=True, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"  {engine:12} {found['seconds']:8.1f} s {found['busy']:8.1f} s busy", flush=True)
    return str(found["digest"])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="*", default=[10**6, 12 * 10**6])
    parser.add_argument("--spark", default="local[2]")
    parser.add_argument("--work")
    parser.add_argument("--folder", type=Path)
    told = parser.parse_args()
    if told.work:
        print(json.dumps(work(told.work, told.folder)))
        return
    for rows in told.rows:
        print(f"{rows:,} candidates", flush=True)
        digests = set()
        for engine in ("polars", told.spark):
            with tempfile.TemporaryDirectory() as folder:
                micro_firms.write_population(Path(folder) / "snapshot.parquet", rows)
                digests.add(measured(engine, Path(folder)))
        if len(digests) > 1:
            raise SystemExit("The engines do not agree.")


if __name__ == "__main__":
    main()
