"""The canonical encoding of a table, and its SHA-256.

Parquet bytes change with the library that wrote them; this encoding does not.
It is, in this order, with all integers little-endian:

``awards-table-v1\\0``, number of columns (u32), number of rows (u64); then for
each column: length of its name (u32), name (UTF-8), a type byte, and the SHA-256
of the column. That runs over the rows in order; each row is a byte, 1 where the
value is missing, and the value, a missing one as zero or empty:

- ``i`` integers as i64
- ``f`` floats quantized to q = round(x · 10⁹), halves to even: ⌊q / 10⁹⌋ as i64,
  then q mod 10⁹ as u32
- ``s`` text: its length in bytes (u32), then the bytes

So a column can be digested in pieces, and no table need be in memory as a whole.
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from awards.domain.canonical import QUANTA, quantize
from awards.evaluation.errors import RunRefused
from awards.evaluation.packing import NEAR_HALF, pack_floats

DOMAIN = b"awards-table-v1\0"
ROWS_AT_ONCE = 250_000
ROWS_OF_BLOCK = 32_768
"""So many rows of a column are encoded at once: they stay in the processor's cache."""
MANY = 2_000_000
"""From so many rows on, compiling the encoder of floats takes less time than it saves."""

Numbers = npt.NDArray[Any]
Encode = Callable[[pl.Series], memoryview]

_INTEGER = np.dtype([("missing", "u1"), ("value", "<i8")])
_FLOAT = np.dtype([("missing", "u1"), ("whole", "<i8"), ("quanta", "<u4")])
_TEXT = np.dtype([("missing", "u1"), ("length", "<u4")])
_LARGEST = 2.0**63


def table_digest(
    table: pl.DataFrame | pl.LazyFrame, *, rows_at_once: int = ROWS_AT_ONCE, many: int = MANY
) -> str:
    """SHA-256 of the canonical encoding of *table*, as 64 hexadecimal digits.

    Rows and columns count in the order given: sort first. Of a table that is
    scanned, *rows_at_once* are in memory; how many does not change the digest, nor
    does after how many, *many*, compiled code takes over.
    """
    schema = table.collect_schema()
    encoders = {name: _encoder(name, dtype) for name, dtype in schema.items()}
    floats = [name for name, dtype in schema.items() if dtype.is_float()]
    digests = {name: hashlib.sha256() for name in schema}
    rows = 0

    def add(column: pl.Series) -> None:
        _, encode = encoders[column.name]
        for start in range(0, len(column), ROWS_OF_BLOCK):
            digests[column.name].update(encode(column.slice(start, ROWS_OF_BLOCK)))

    with ThreadPoolExecutor() as threads:
        for piece in _pieces(table, rows_at_once):
            rows += piece.height
            if rows >= many:
                encoders |= dict.fromkeys(floats, (b"f", _packed))
            for _ in threads.map(add, piece):
                pass  # a thread's refusal is raised here
    whole = hashlib.sha256(DOMAIN + struct.pack("<IQ", len(schema), rows))
    for name, (letter, _) in encoders.items():
        title = name.encode()
        whole.update(struct.pack("<I", len(title)) + title + letter + digests[name].digest())
    return whole.hexdigest()


def _pieces(table: pl.DataFrame | pl.LazyFrame, rows: int) -> Iterable[pl.DataFrame]:
    if isinstance(table, pl.DataFrame):
        return table.iter_slices(rows)
    return table.collect_batches(chunk_size=rows, maintain_order=True)


def _encoder(name: str, dtype: pl.DataType) -> tuple[bytes, Encode]:
    if dtype.is_integer():
        return b"i", _integers
    if dtype.is_float():
        return b"f", _floats
    if dtype == pl.String:
        return b"s", _texts
    raise RunRefused(f"Column {name!r} has type {dtype}, which has no encoding.")


def _rows(column: pl.Series, layout: np.dtype[Any]) -> Numbers:
    rows = np.empty(len(column), layout)
    rows["missing"] = column.is_null().to_numpy() if column.null_count() else 0
    return rows


def _integers(column: pl.Series) -> memoryview:
    rows = _rows(column, _INTEGER)
    rows["value"] = column.fill_null(0).to_numpy()
    return _bytes(rows)


def _floats(column: pl.Series) -> memoryview:
    values = column.fill_null(0).to_numpy().astype(np.float64, copy=False)
    largest = max(values.max(initial=0.0), -values.min(initial=0.0))
    if not largest < _LARGEST:
        _refuse(column)
    rows = _rows(column, _FLOAT)
    rows["whole"], rows["quanta"] = _quantized(values)
    return _bytes(rows)


def _packed(column: pl.Series) -> memoryview:
    """The same as `_floats`, compiled."""
    values = column.to_numpy().astype(np.float64, copy=False)
    rows = np.empty(len(values), _FLOAT)
    missing, near = pack_floats(values, _each(rows))
    if missing != column.null_count():
        _refuse(column)
    for at in near.tolist():
        rows["whole"][at], rows["quanta"][at] = divmod(quantize(values[at].item()), QUANTA)
    return _bytes(rows)


def _refuse(column: pl.Series) -> None:
    if not column.is_finite().all():
        raise RunRefused(f"Column {column.name!r} holds a value that is not a finite number.")
    raise RunRefused(f"Column {column.name!r} holds a number of 2⁶³ or more. Correct the data.")


def _quantized(values: Numbers) -> tuple[Numbers, Numbers]:
    """⌊q / 10⁹⌋ and q mod 10⁹ of every value."""
    whole = np.floor(values)
    scaled = values - whole
    scaled *= QUANTA
    quanta = np.rint(scaled)
    # The product is itself rounded, which decides wrongly close to a half.
    scaled -= quanta
    if max(scaled.max(initial=0.0), -scaled.min(initial=0.0)) > NEAR_HALF:
        near = np.flatnonzero(np.abs(scaled) > NEAR_HALF)
        exact = [quantize(value) - int(low) * QUANTA for value, low in _pairs(values, whole, near)]
        quanta[near] = exact
    if quanta.max(initial=0.0) >= QUANTA:
        carried = quanta >= QUANTA
        whole[carried] += 1
        quanta[carried] = 0
    return whole, quanta


def _pairs(values: Numbers, whole: Numbers, at: Numbers) -> Iterator[tuple[float, float]]:
    return zip(values[at].tolist(), whole[at].tolist(), strict=True)


def _texts(column: pl.Series) -> memoryview:
    """Every text after its byte and its length."""
    heads = _rows(column, _TEXT)
    lengths = column.str.len_bytes().fill_null(0).to_numpy()
    heads["length"] = lengths
    texts = np.frombuffer((column.str.join("").item() or "").encode(), np.uint8)
    if lengths.min(initial=0) == lengths.max(initial=0):
        rows = np.hstack([_each(heads), texts.reshape(len(heads), -1)])
        return _bytes(rows)
    return _between(heads, texts)


def _between(heads: Numbers, texts: Numbers) -> memoryview:
    """*heads*, each before its text, in gaps left between all *texts*."""
    size = _TEXT.itemsize
    before = np.cumsum(heads["length"], dtype=np.int64) - heads["length"]
    places = (before + np.arange(len(heads)) * size)[:, None] + np.arange(size)
    whole = np.empty(len(texts) + heads.nbytes, np.uint8)
    is_text = np.ones(len(whole), np.bool_)
    is_text[places] = False
    whole[places] = _each(heads)
    whole[is_text] = texts
    return whole.data


def _each(rows: Numbers) -> Numbers:
    """The bytes of every row."""
    return rows.view(np.uint8).reshape(len(rows), -1)


def _bytes(rows: Numbers) -> memoryview:
    return rows.reshape(-1).view(np.uint8).data
