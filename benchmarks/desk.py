"""The data desk with an XLSX of 66,150 × 30: from the upload to locked data, as jobs do it.

Run as ``python -m benchmarks.desk [--rows N]``. Prints the seconds of each step; the
pages and the queue between them are left out, people too.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from awards.domain.uploads import Asked, Upload
from awards.jobs.bench import Bench, Step
from awards.jobs.tasks import Task, Verb
from awards.registry import load_plugins
from awards.services.editions import open_edition
from awards.services.stores import Act, Stores
from awards.services.uploads import receive
from awards.storage.archive import Archive
from awards.storage.database import open_database
from benchmarks.intake_xlsx import INDICATORS, ROWS, write_workbook

T = TypeVar("T")

PLUGIN = f"""
from datetime import date

from awards.sdk import (
    COMPANY, CategoryDefinition, CertificateWording, Criterion, EditionDefinition, Group,
    Indicator, Leaf, Program, ProgramDefinition, Signatory, Use, hookimpl,
)

INDICATORS = tuple(
    Indicator(
        code=f"i{{n}}", title={{"en": f"Indicator {{n}}"}}, type=int if n % 2 else float,
        unit="people" if n % 2 else "percent", minimum=0,
    )
    for n in range({INDICATORS})
)
CRITERIA = tuple(
    Criterion(
        code=f"c-{{each.code}}", title=each.title, applies_to=(COMPANY,), indicators=(each,),
        measure=lambda i, code=each.code: getattr(i, code), unit=each.unit,
    )
    for each in INDICATORS
)


@hookimpl
def awards_register_indicators():
    return INDICATORS


@hookimpl
def awards_register_criteria():
    return CRITERIA


@hookimpl
def awards_register_programs():
    scale = Use(code="min-max")
    leaves = tuple(Leaf(criterion=each.code, weight=1, scale=scale) for each in CRITERIA)
    tree = Group(code="total", title={{"en": "Total"}}, children=leaves)
    category = CategoryDefinition(code="all", title={{"en": "All"}}, kind="company", tree=tree)
    wording = CertificateWording(
        issuer={{"en": "-"}}, unit={{"en": "-"}}, city="-", number="{{serial:03d}}",
        serial="B-{{serial:04d}}", ring={{"en": "-"}},
        signatories=(Signatory(position={{"en": "Chair"}}, name="Chair"),),
    )
    edition = EditionDefinition(
        code="wide", label="wide", title={{"en": "Wide"}}, period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31), certificate=wording, categories=(category,),
    )
    definition = ProgramDefinition(code="wide", title={{"en": "Wide"}}, editions=(edition,))
    return (Program(definition=definition),)
"""
ACT = Act(by="benchmark", at=datetime(2026, 1, 1, tzinfo=UTC))


def timed(name: str, act: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    made = act()
    taken = time.perf_counter() - started
    print(f"  {name:<46}{taken:6.2f} s")
    return made, taken


def opened(root: Path) -> Bench:
    """An instance with one edition whose one category has an indicator a column."""
    (root / "plugins").mkdir()
    (root / "plugins" / "wide.py").write_text(PLUGIN, "utf-8")
    rulebook = load_plugins(entry_points=False, folder=root / "plugins").rulebook
    database = open_database(f"sqlite:///{root / 'awards.sqlite3'}")
    database.migrate()
    stores = Stores(database, Archive(root))
    open_edition(stores, "wide", program="wide", rulebook=rulebook, act=ACT, decree="B-1")
    return Bench(stores, rulebook, lambda: datetime.now(UTC))


def sent(bench: Bench, path: Path) -> Upload:
    with bench.stores.database.reading() as records:
        edition = records.editions.get("wide")
    with path.open("rb") as file:
        return receive(
            bench.stores,
            iter(lambda: file.read(1 << 20), b""),
            name=path.name,
            edition=edition,
            kind="company",
            asked=Asked(part="main", sender="Benchmark"),
            act=ACT,
        )


def measure(root: Path, rows: int) -> float:
    """Seconds from the first byte to the snapshot."""
    path = root / "data.xlsx"
    write_workbook(path, rows)
    bench = opened(root)
    upload, total = timed("received", lambda: sent(bench, path))
    subjects = {
        Verb.LOOK: upload.id,
        Verb.CHECK: upload.id,
        Verb.ACCEPT: f"{upload.id}@1",
        Verb.SNAPSHOT: "company",
    }
    task = Task(verb=Verb.LOOK, edition="wide", subject=upload.id, by=ACT.by)
    for verb, subject in subjects.items():
        own = replace(task, verb=verb, subject=subject)
        step = Step(job=f"wide.{verb}", name=verb, task=own)
        _, taken = timed(verb.value, lambda step=step: bench.perform(step, lambda _: None))  # type: ignore[misc]
        total += taken
    bench.stores.database.close()
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    given = parser.parse_args()
    print(f"Data desk, XLSX of {given.rows:,} rows and {INDICATORS + 2} columns:")
    with tempfile.TemporaryDirectory() as folder:
        total = measure(Path(folder), given.rows)
    print(f"  {'from the first byte to locked data':<46}{total:6.2f} s")


if __name__ == "__main__":
    main()
