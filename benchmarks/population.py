"""Made-up populations and what becomes of them: written, imported, judged, published, asked.

Run as ``python -m benchmarks.population [--rounds N] [--micro N]``. Prints, for
10,000 and 66,150 companies, the seconds of each act, best of the rounds, and how the
time grows; the pages are asked for with everybody in one open category. ``--micro
12000000`` also writes that many micro-enterprises.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flask import Flask

from awards.domain.definition import CategoryDefinition, EditionDefinition
from awards.domain.records import Edition
from awards.intake.types import ColumnMap
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Sample
from awards.services.decisions import Minutes, decide, propose
from awards.services.editions import open_edition
from awards.services.imports import Delivery, import_part, layout_of
from awards.services.publication import publish
from awards.services.runs import evaluate_category
from awards.services.sealed import read_run
from awards.services.snapshots import take_snapshot
from awards.services.stores import Act, Stores
from awards.storage.archive import Archive
from awards.storage.database import open_database
from awards.storage.published import PublishedFiles
from awards.web.app import create_app
from awards.web.settings import WebSettings
from awards_criteria.population.edition import SEED, write_edition
from awards_criteria.population.micro import write_micro

SIZES = (10_000, 66_150)
PROGRAM, CODE = "paritrana-jatim", "paritrana-jatim-2024"
ACT = Act(by="Panitia", at=datetime(2025, 7, 29, tzinfo=UTC))
KINDS = ("regency-city", "village", "company")
PAGES = {
    "page": "",
    "page, the last": "?page=200",
    "page, sorted": "?sort=name",
    "page, filtered": "?f-scale=micro",
    "page, searched": "?q=medika",
    "page, searched by id": "?q=JA27182818",
}

Seconds = dict[str, float]


@contextmanager
def timed(act: str, into: Seconds) -> Iterator[None]:
    """Add the seconds of the block to what *act* has taken."""
    started = time.perf_counter()
    yield
    into[act] = into.get(act, 0.0) + time.perf_counter() - started


def best(rounds: list[Seconds]) -> Seconds:
    return {act: min(each[act] for each in rounds) for act in rounds[0]}


def everybody(definition: EditionDefinition) -> EditionDefinition:
    """The edition with all companies in one category, and everything open."""
    companies = [each for each in definition.categories if each.kind == "company"]
    others = [each for each in definition.categories if each.kind != "company"]
    whole = companies[0].model_copy(update={"code": "usaha", "where": {}})
    changed = {"categories": (*others, whole), "disclosure": "open"}
    return definition.model_copy(update=changed)


def opened_rules(rulebook: RuleBook) -> RuleBook:
    """*rulebook*, whose program has that edition only."""
    program = rulebook.programs[PROGRAM]
    definition = everybody(program.definition.editions[0])
    changed = program.definition.model_copy(update={"editions": (definition,)})
    return replace(rulebook, programs={PROGRAM: replace(program, definition=changed)})


def deliver(stores: Stores, edition: Edition, sample: Sample, *, rulebook: RuleBook) -> None:
    layout = layout_of(edition, sample.kind, rulebook=rulebook, records=sample.records)
    with stores.archive.workspace() as work:
        imported = import_part(
            stores,
            sample.file,
            edition=edition.code,
            layout=layout,
            column_map=ColumnMap(numbers=sample.numbers),
            delivery=Delivery(part=sample.part),
            act=ACT,
            work=work,
        )
    assert imported.part is not None, f"rows of {sample.file.name} were refused"


def judge(
    stores: Stores, edition: Edition, category: CategoryDefinition, *, rulebook: RuleBook
) -> Seconds:
    found: Seconds = {}
    with timed("snapshots", found):
        snapshot = take_snapshot(stores, edition, kind=category.kind, rulebook=rulebook, act=ACT)
    with timed("evaluated and sealed", found):
        run = evaluate_category(
            stores,
            edition,
            category=category.code,
            snapshot=snapshot,
            rulebook=rulebook,
            act=ACT,
        )
    with timed("decided", found):
        sealed = read_run(stores, run)
        titles = propose(sealed, rulebook=rulebook)
        minutes = Minutes(number="BA-1", date=ACT.at.date())
        decide(stores, sealed, titles=titles, minutes=minutes, second="Sekretaris", act=ACT)
    return found


def run_once(folder: Path, *, size: int, rulebook: RuleBook) -> Seconds:
    """The seconds of each act from nothing to pages, with *size* companies."""
    found: Seconds = {}
    files = folder / "files"
    files.mkdir()
    with timed("made up and written", found):
        samples = write_edition(files, edition=CODE, seed=SEED, size=size)
    stores = Stores(open_database(f"sqlite:///{folder / 'awards.sqlite3'}"), Archive(folder))
    stores.database.migrate()
    edition = open_edition(stores, CODE, program=PROGRAM, rulebook=rulebook, act=ACT, decree="SK-1")
    for sample in samples:
        act = "companies imported" if sample.file.stem == "perusahaan" else "the rest imported"
        with timed(act, found):
            deliver(stores, edition, sample, rulebook=rulebook)
    for category in edition.definition.categories:
        for act, seconds in judge(stores, edition, category, rulebook=rulebook).items():
            found[act] = found.get(act, 0.0) + seconds
    with timed("published, all open", found):
        publish(stores, edition, rulebook=rulebook, act=ACT)
    app = create_app(PublishedFiles(stores.database, stores.archive), settings=WebSettings())
    found |= ask(app)
    stores.database.close()
    return found


def ask(app: Flask) -> Seconds:
    """The seconds that the server takes for each kind of ranking page, the second time."""
    client, found = app.test_client(), Seconds()
    for page, question in PAGES.items():
        address = f"/id/{CODE}/usaha/{question}"
        assert client.get(address).status_code == 200, address
        with timed(page, found):
            client.get(address)
    return found


def in_folder(job: Callable[[Path], Seconds]) -> Seconds:
    with tempfile.TemporaryDirectory() as folder:
        return job(Path(folder))


def write_many(folder: Path, *, size: int) -> Seconds:
    found: Seconds = {}
    with timed("micro-enterprises written", found):
        write_micro(folder / "mikro.csv", seed=SEED, size=size)
    return found


def show(few: Seconds, many: Seconds) -> None:
    print(f"{'seconds':<24} {SIZES[0]:>10,} {SIZES[1]:>10,}   growth")
    for act, seconds in many.items():
        print(f"{act:<24} {few[act]:10.3f} {seconds:10.3f} {seconds / few[act]:7.1f} ×")
    acts = [act for act in many if act not in PAGES]
    whole = [sum(each[act] for act in acts) for each in (few, many)]
    print(f"{'all but pages':<24} {whole[0]:10.3f} {whole[1]:10.3f} {whole[1] / whole[0]:7.1f} ×")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--micro", type=int, default=0)
    given, _ = parser.parse_known_args()
    rulebook = opened_rules(load_plugins(entry_points=False).rulebook)
    rounds: dict[int, list[Seconds]] = {size: [] for size in SIZES}
    for _ in range(given.rounds):
        for size in SIZES:
            rounds[size].append(in_folder(partial(run_once, size=size, rulebook=rulebook)))
    show(best(rounds[SIZES[0]]), best(rounds[SIZES[1]]))
    if given.micro:
        written = in_folder(partial(write_many, size=given.micro))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"{given.micro:,} micro-enterprises written: {sum(written.values()):.1f} s", end="")
        print(f", process at most {most:.2f} GB")


if __name__ == "__main__":
    main()
