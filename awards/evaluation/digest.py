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

import numpy as np
import polars as pl

from awards.domain.canonical import QUANTA
from awards.evaluation.errors import RunRefused

DOMAIN = b"awards-table-v1\0"


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


def _encoded(column: pl.Series) -> Iterator[bytes]:
    name = column.name.encode()
    yield struct.pack("<I", len(name)) + name
    missing = column.is_null().cast(pl.UInt8).to_numpy().tobytes()
    if column.dtype.is_integer():
        yield from (b"i", missing, _integers(column.fill_null(0)))
    elif column.dtype.is_float():
        yield from (b"f", missing, *_floats(column.fill_null(0.0)))
    elif column.dtype == pl.String:
        filled = column.fill_null("")
        lengths = filled.str.len_bytes().cast(pl.UInt32).to_numpy()
        yield from (b"s", missing, lengths.astype("<u4").tobytes())
        yield (filled.str.join("").item() or "").encode()
    else:
        raise RunRefused(f"Column {column.name!r} has type {column.dtype}, which has no encoding.")


def _integers(column: pl.Series) -> bytes:
    return column.cast(pl.Int64).to_numpy().astype("<i8").tobytes()


def _floats(column: pl.Series) -> tuple[bytes, bytes]:
    values = column.cast(pl.Float64).to_numpy()
    if not np.isfinite(values).all():
        raise RunRefused(f"Column {column.name!r} holds a value that is not a finite number.")
    whole = np.floor(values)
    fraction = np.rint((values - whole) * QUANTA)
    carried = fraction >= QUANTA
    whole, fraction = whole + carried, np.where(carried, 0.0, fraction)
    return whole.astype("<i8").tobytes(), fraction.astype("<i8").tobytes()
