"""Micro-enterprises by the million, a chunk at a time."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from .chance import stream
from .companies import company_table
from .firms import MICRO, draw_firms

COLUMNS = (
    "id",
    "region",
    "sector",
    "workers",
    "registered_participants",
    "active_participants",
    "protected_workers",
    "jkk_participants",
    "jkm_participants",
    "paid_wages",
    "reported_wages",
    "months_paid_on_time",
    "arrears",
    "participants_before",
    "contributions",
    "annual_sales",
)
CHUNK = 250_000


def write_micro(path: Path, *, seed: int, size: int) -> None:
    """Write *size* micro-enterprises as CSV; memory is that of one chunk, and the
    first rows are the same whatever *size*."""
    with path.open("wb") as file:
        for chunk in micro_chunks(seed, size):
            chunk.write_csv(file, include_header=file.tell() == 0)


def micro_chunks(seed: int, size: int) -> Iterator[pl.DataFrame]:
    """The table of *size* micro-enterprises in pieces of at most `CHUNK` rows."""
    for first in range(0, size, CHUNK):
        serials = np.arange(first, first + CHUNK, dtype=np.int64)
        firms = draw_firms(stream(seed, "micro", first), serials, scale=MICRO)
        yield company_table(seed, firms).select(COLUMNS).head(size - first)
