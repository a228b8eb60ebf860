"""Check an unpacked run bundle: python check.py SEAL. Needs polars only.

Shares no code with the software that made the bundle. Steps:
1 the manifest is the one that the seal names
2 the locked data are those that the manifest names
3 every table is the one that its digest names
4 places follow from totals
Exits with 0 when all hold, with 3 at the first that does not.
"""

import hashlib
import json
import math
import pathlib
import struct
import sys
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import polars as pl

QUANTA = 10**9
Row = tuple[float, ...]


def encoded(column: pl.Series) -> tuple[bytes, Iterator[bytes]]:
    """The column's type byte, and its rows."""
    if column.dtype == pl.String:
        return b"s", (text(value) for value in column)
    if column.dtype.is_float():
        return b"f", (number(value) for value in column)
    return b"i", (struct.pack("<Bq", value is None, value or 0) for value in column)


def text(value: str | None) -> bytes:
    data = (value or "").encode()
    return struct.pack("<BI", value is None, len(data)) + data


def number(value: float | None) -> bytes:
    quanta = round(Fraction(value or 0) * QUANTA)
    return struct.pack("<BqI", value is None, quanta // QUANTA, quanta % QUANTA)


def table_digest(path: str) -> str:
    table = pl.read_parquet(path)
    digest = hashlib.sha256(b"awards-table-v1\0" + struct.pack("<IQ", table.width, table.height))
    for column in table:
        name = column.name.encode()
        letter, rows = encoded(column)
        digest.update(struct.pack("<I", len(name)) + name + letter)
        digest.update(hashlib.sha256(b"".join(rows)).digest())
    return digest.hexdigest()


def file_digest(path: str) -> str:
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def places_follow(path: str, rules: dict[str, Any], columns: list[str]) -> bool:
    table = pl.read_parquet(path)
    compared = [
        f"tie:{step}"
        if isinstance(code, dict)
        else f"value:{code}"
        if f"value:{code}" in columns
        else f"points:{code}"
        for step, code in enumerate(rules["tie_breakers"])
    ]
    keys = ["total", *compared]
    ranked = table.filter(pl.col("place").is_not_null()).select("place", *keys).rows()
    order = [(place, *(quantum(value) for value in values)) for place, *values in ranked]
    if "margin" in rules:
        order = led(order, round(rules["margin"] * QUANTA))
    order.sort(key=lambda row: row[1:], reverse=True)
    expected: dict[tuple[float, ...], int] = {}
    for number, row in enumerate(order, 1):
        expected.setdefault(row[1:], number)
    return all(row[0] == expected[row[1:]] for row in order)


def led(order: list[Row], margin: int) -> list[Row]:
    """Each row with the total that it counts as: that of the best one not yet placed,
    for all at most the margin below it."""
    found: list[Row] = []
    for place, total, *rest in sorted(order, key=lambda row: row[1], reverse=True):
        leader = found[-1][1] if found else total
        found.append((place, leader if total >= leader - margin else total, *rest))
    return found


def quantum(value: float | None) -> float:
    """An exact integer; less than any where the value is missing."""
    return -math.inf if value is None else round(Fraction(value) * QUANTA)


def check(number: int, what: str, holds: bool) -> None:
    print(f"{number} {what}: {'ok' if holds else 'FAILED'}")
    if not holds:
        sys.exit(3)


def main(seal: str) -> None:
    check(1, "the manifest is the one that the seal names", file_digest("manifest.json") == seal)
    manifest = json.loads(pathlib.Path("manifest.json").read_text("utf-8"))
    locked = file_digest("snapshot.json") == manifest["inputs"]["snapshot"]
    check(2, "the locked data are those that the manifest names", locked)
    snapshot = json.loads(pathlib.Path("snapshot.json").read_text("utf-8"))
    digests = {
        "snapshot.parquet": snapshot["table"],
        "cells.parquet": snapshot["cells"],
        "more_cells.parquet": snapshot["more_cells"],
        "results.parquet": manifest["result"]["digest"],
        "sources.parquet": manifest["sources"]["digest"],
    }
    if "history" in manifest["inputs"]:
        digests["history.parquet"] = manifest["inputs"]["history"]["digest"]
    for code, records in snapshot["records"].items():
        digests[f"records/{code}.parquet"] = records["table"]
    for name, expected in digests.items():
        check(3, f"{name} is what its digest names", table_digest(name) == expected)
    rules = manifest["category"]["definition"]
    follow = places_follow("results.parquet", rules, manifest["result"]["columns"])
    check(4, "places follow from totals", follow)


if __name__ == "__main__":
    main(sys.argv[1])
