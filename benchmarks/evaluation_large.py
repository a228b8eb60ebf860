"""Twelve million candidates: from snapshot to sealed run, published, and page by page.

Run as ``python -m benchmarks.evaluation_large [--rows N ...] [--keep FOLDER]``. Every
job runs in a process of its own, so that its memory can be told: seconds without the
start of Python, processor time of all threads ("busy"), which other work on the machine
hardly changes, and the most memory it ever held.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from awards.services.decisions import Minutes, decide, propose
from awards.services.publication import publish
from awards.services.runs import evaluate_category
from awards.services.sealed import read_run
from awards.services.stores import Act, Stores
from awards.storage.archive import Archive
from awards.storage.database import open_database
from awards.storage.published import PublishedFiles
from awards.web.app import create_app
from awards.web.settings import WebSettings
from benchmarks import micro_firms

ACT = Act(by="Panitia", at=datetime(2026, 3, 1, 12, tzinfo=UTC))
PAGES = {
    "first page": "",
    "page in the middle": "?page={middle}",
    "last page": "?page={last}",
    "filter": "?f-scale=small",
    "filter, page in the middle": "?f-scale=small&page={filtered}",
    "holders of a title": "?titled=1",
    "search, many found": "?q=sentosa",
    "search, few found": "?q=rahayu+rahayu+777",
    "search by number": "?q=M000001",
    "search, nothing found": "?q=sentossa",
    "sorted by name": "?sort=name",
    "sorted by a segment": "?sort=reach",
    "search and filter, sorted by name": "?q=sinar&f-scale=micro&sort=name",
}


def stores_in(folder: Path) -> Stores:
    database = open_database(f"sqlite:///{folder / 'awards.sqlite3'}")
    database.migrate()
    return Stores(database, Archive(folder))


def prepare(folder: Path, rows: int) -> None:
    micro_firms.write_population(folder / "snapshot.parquet", rows)
    _, category = micro_firms.rules()
    micro_firms.open_edition_with(stores_in(folder), folder / "snapshot.parquet", category, act=ACT)


def by_hand(folder: Path, _: int) -> None:
    [snapshot] = (folder / "snapshots").glob("*/snapshot.parquet")
    micro_firms.by_hand(snapshot, folder / "by-hand.parquet")


def engine(folder: Path, _: int) -> None:
    rulebook, category = micro_firms.rules()
    stores = stores_in(folder)
    [snapshot] = [each.name for each in (folder / "snapshots").iterdir()]
    with stores.database.reading() as records:
        found, edition = records.snapshots.get(snapshot), records.editions.get("micro")
    evaluate_category(
        stores, edition, category=category.code, snapshot=found, rulebook=rulebook, act=ACT
    )


def decided(folder: Path, _: int) -> None:
    rulebook, _category = micro_firms.rules()
    stores = stores_in(folder)
    [seal] = [each.name for each in (folder / "runs").iterdir()]
    with stores.database.reading() as records:
        run = records.runs.get(seal)
    sealed = read_run(stores, run)
    titles = propose(sealed, rulebook=rulebook)
    minutes = Minutes(number="1", date=date(2026, 3, 1))
    decide(stores, sealed, titles=titles, minutes=minutes, second="Sekretaris", act=ACT)


def published(folder: Path, _: int) -> None:
    rulebook, _category = micro_firms.rules()
    stores = stores_in(folder)
    with stores.database.reading() as records:
        edition = records.editions.get("micro")
    publish(stores, edition, rulebook=rulebook, act=ACT)


def pages(folder: Path, rows: int) -> None:
    """Print the median of five requests for each page, in milliseconds."""
    stores = stores_in(folder)
    site = PublishedFiles(stores.database, stores.archive)
    client = create_app(site, settings=WebSettings()).test_client()
    last = rows // 50
    told = {"middle": last // 2, "last": last, "filtered": last // 6}
    found: dict[str, float] = {}
    for name, query in PAGES.items():
        found[name] = _milliseconds(client, "/en/micro/micro/" + query.format(**told))
    card = site.holders(site.editions()[0].categories[0])[0].id
    found["scorecard"] = _milliseconds(client, f"/en/micro/micro/c/{card}")
    for name, took in found.items():
        sys.stderr.write(f"    {name:36} {took:8.0f} ms\n")


def _milliseconds(client: FlaskClient, address: str) -> float:
    """The median of five requests, after one that is not counted."""

    def ask() -> None:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)

    return 1000 * median([_timed(ask) for _ in range(6)][1:])


def _timed(job: Callable[[], None]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


JOBS = {each.__name__: each for each in (prepare, by_hand, engine, decided, published, pages)}


def run_job(name: str, folder: Path, rows: int) -> dict[str, float]:
    """The job's seconds, its processor time and the most memory that it held."""
    command = [sys.executable, "-m", "benchmarks.evaluation_large", "--job", name]
    command += ["--folder", str(folder), "--rows", str(rows)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    print("  {:12} {:8.2f} s {:8.2f} s busy {:6.2f} GB".format(name, *found.values()), flush=True)
    return found


def measure(rows: int, folder: Path, *, public: bool) -> None:
    print(f"{rows:,} candidates", flush=True)
    run_job("prepare", folder, rows)
    hand, sealed = (run_job(each, folder, rows) for each in ("by_hand", "engine"))
    ratios = (sealed[each] / hand[each] for each in ("seconds", "busy"))
    print("  ratio {:.2f}, of processor time {:.2f}".format(*ratios), flush=True)
    for name in ("decided", "published", "pages") if public else ():
        run_job(name, folder, rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="*", default=[10**4, 66_150, 10**6, 12 * 10**6])
    parser.add_argument("--job", choices=JOBS)
    parser.add_argument("--folder", type=Path)
    told = parser.parse_args()
    if told.job:
        micro_firms.rules()  # reading all plugins is part of starting Python
        before = time.process_time()
        seconds = _timed(lambda: JOBS[told.job](told.folder, told.rows[0]))
        used = resource.getrusage(resource.RUSAGE_SELF)
        figures = {"seconds": seconds, "busy": used.ru_utime + used.ru_stime - before}
        print(json.dumps(figures | {"gigabytes": used.ru_maxrss / 1024**2}))
        return
    for rows in told.rows:
        with tempfile.TemporaryDirectory() as folder:
            measure(rows, Path(folder), public=rows in (66_150, 12 * 10**6))


if __name__ == "__main__":
    main()
