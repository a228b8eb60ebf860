"""Inspecting an XLSX of 66,150 × 30, beside merely reading it with openpyxl.

Run as ``python -m benchmarks.intake_xlsx [--rows N] [--rounds N]``. Prints the
median of the rounds, the two jobs taking turns, and their ratio.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import openpyxl
from xlsxwriter import Workbook

from awards.intake.inspection import inspect_file
from awards.intake.types import ColumnMap, Layout
from awards.sdk import COMPANY, Indicator

ROWS = 66_150
INDICATORS = 28
BATCH = 10_000


def layout() -> Layout:
    """28 indicators, every other one a count: with id and name 30 columns."""
    return Layout(
        kind=COMPANY,
        indicators=tuple(
            Indicator(
                code=f"i{number}",
                title={"en": f"Indicator {number}"},
                type=int if number % 2 else float,
                unit="people" if number % 2 else "percent",
                minimum=0,
            )
            for number in range(INDICATORS)
        ),
    )


def write_workbook(path: Path, rows: int) -> None:
    """A table of made-up values from a fixed seed."""
    dice = random.Random(1)
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["id", "name", *(f"i{number}" for number in range(INDICATORS))])
        for row in range(1, rows + 1):
            values = [
                dice.randrange(10_000) if number % 2 else round(dice.random() * 100, 2)
                for number in range(INDICATORS)
            ]
            sheet.write_row(row, 0, [f"{row:08d}", f"Perusahaan {row}", *values])


def read_with_openpyxl(path: Path) -> int:
    """Every value read once, nothing checked; returns the number of rows."""
    book = openpyxl.load_workbook(path, read_only=True)
    count = sum(1 for _ in book["Data"].iter_rows(values_only=True))
    book.close()
    return count


def inspect(path: Path, work: Path) -> int:
    """Scanned, parsed in a child, every cell checked, written; returns the rows accepted."""
    return inspect_file(path, layout(), ColumnMap(), work=work).rows_accepted


def seconds(job: Callable[[], int], expected: int) -> float:
    started = time.perf_counter()
    done = job()
    taken = time.perf_counter() - started
    assert done == expected, f"{done} rows instead of {expected}"
    return taken


def measure(rows: int, rounds: int) -> tuple[float, float]:
    """The median seconds of inspecting and of openpyxl's reading."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.xlsx"
        write_workbook(path, rows)
        pairs = [
            (
                seconds(lambda: inspect(path, Path(folder) / "work"), rows),
                seconds(lambda: read_with_openpyxl(path), rows + 1),
            )
            for _ in range(rounds)
        ]
    ours, theirs = zip(*pairs, strict=True)
    return median(ours), median(theirs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    ours, theirs = measure(given.rows, given.rounds)
    print(f"XLSX, {given.rows:,} rows of {INDICATORS + 2} columns, median of {given.rounds}:")
    print(f"  inspected (scan, child, checks, Parquet)  {ours:6.2f} s")
    print(f"  read only, openpyxl                       {theirs:6.2f} s")
    print(f"  ratio                                     {theirs / ours:6.2f} ×")


if __name__ == "__main__":
    main()
