"""The canonical encoding of a table, and its SHA-256.

Parquet bytes change with the library that wrote them; this encoding does not.
It is, in this order, with all integers little-endian:

``awards-table-v1\\0``, number of columns (u32), number of rows (u64); then for
each column: length of its name (u32), name (UTF-8), a type byte, one byte a row
that is 1 where the value is missing, and the values with missing ones as zero:

- ``i`` integers, i64 each
- ``f`` floats quantized to q = round(x · 10⁹), halves to even: all ⌊q / 10⁹⌋ as
  i64, then all q mod 10⁹ as i64
- ``s`` text: all lengths in bytes (u32), then all bytes
"""

import hashlib
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from awards.domain.canonical import QUANTA, quantize
from awards.evaluation.errors import RunRefused

DOMAIN = b"awards-table-v1\0"

Numbers = npt.NDArray[Any]

_LARGEST = 2.0**63
_NEAR_HALF = 0.5 - 1e-6


def table_digest(table: pl.DataFrame) -> str:
    """SHA-256 of the canonical encoding of *table*, as 64 hexadecimal digits.

    Rows and columns count in the order given: sort first.
    """
    digest = hashlib.sha256(DOMAIN)
    digest.update(struct.pack("<IQ", table.width, table.height))
    for column in table:
        for piece in _encoded(column):
            digest.update(piece)
    return digest.hexdigest()


def _encoded(column: pl.Series) -> Iterator[bytes | memoryview]:
    name = column.name.encode()
    yield struct.pack("<I", len(name)) + name
    missing = column.is_null().cast(pl.UInt8).to_numpy().data
    if column.dtype.is_integer():
        yield from (b"i", missing, _integers(column.fill_null(0)))
    elif column.dtype.is_float():
        yield from (b"f", missing, *_floats(column.fill_null(0.0)))
    elif column.dtype == pl.String:
        filled = column.fill_null("")
        lengths = filled.str.len_bytes().cast(pl.UInt32).to_numpy()
        yield from (b"s", missing, lengths.astype("<u4").data)
        yield (filled.str.join("").item() or "").encode()
    else:
        raise RunRefused(f"Column {column.name!r} has type {column.dtype}, which has no encoding.")


def _integers(column: pl.Series) -> memoryview:
    return column.cast(pl.Int64).to_numpy().astype("<i8", copy=False).data


def _floats(column: pl.Series) -> tuple[memoryview, memoryview]:
    values = column.cast(pl.Float64).to_numpy()
    largest = np.abs(values).max(initial=0.0)
    if not np.isfinite(largest):
        raise RunRefused(f"Column {column.name!r} holds a value that is not a finite number.")
    if largest >= _LARGEST:
        raise RunRefused(f"Column {column.name!r} holds a number of 2⁶³ or more. Correct the data.")
    whole = np.floor(values)
    scaled = (values - whole) * QUANTA
    quanta = np.rint(scaled)
    # The product is itself rounded, which decides wrongly close to a half.
    near = np.flatnonzero(np.abs(scaled - quanta) > _NEAR_HALF)
    if near.size:
        exact = [quantize(value) - int(low) * QUANTA for value, low in _pairs(values, whole, near)]
        quanta[near] = exact
    carried = quanta >= QUANTA
    if carried.any():
        whole[carried] += 1
        quanta[carried] = 0
    return whole.astype("<i8").data, quanta.astype("<i8").data


def _pairs(values: Numbers, whole: Numbers, at: Numbers) -> Iterator[tuple[float, float]]:
    return zip(values[at].tolist(), whole[at].tolist(), strict=True)
