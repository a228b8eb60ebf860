"""Floats into rows of 13 bytes, compiled: for the columns of millions of candidates.

The same bytes as NumPy's in `awards.evaluation.digest`, in one go that leaves other
threads free, in a fifth of the time. Compiling takes most of a second; it is kept beside
the source where that can be written.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]

NEAR_HALF = 0.5 - 1e-6
"""From here on the product with 10⁹, itself rounded, may decide wrongly."""


def pack_floats(values: Numbers, rows: Numbers) -> tuple[int, Numbers]:
    """Fill *rows*, 13 bytes each, with *values*, of which those that are no number are
    missing: whether it is, ⌊q / 10⁹⌋ as i64, q mod 10⁹ as u32, with q = round(x · 10⁹).

    Returns how many are missing, -1 where a value is infinite or not below 2⁶³, and the
    numbers of those rows that are too close to half a unit to be rounded like this.
    """
    near = np.zeros(len(values), np.bool_)
    missing, close = _compiled()(values, rows, near)
    return int(missing), np.flatnonzero(near) if close else np.empty(0, np.int64)


@cache
def _compiled() -> Any:
    array = numba.types.Array
    numbers, flags = array(numba.float64, 1, "C", readonly=True), array(numba.bool_, 1, "C")
    signature = (numbers, numba.uint8[:, ::1], flags)
    return numba.njit(signature, nogil=True, cache=_is_writable())(_pack)


def _is_writable() -> bool:
    folder = Path(__file__).parent
    cache = folder / "__pycache__"
    return os.access(cache if cache.is_dir() else folder, os.W_OK)


def _pack(values: Numbers, rows: Numbers, near: Numbers) -> tuple[int, int]:
    missing, close = 0, 0
    for at in range(values.size):
        value, rows[at, 0] = values[at], 0
        if np.isnan(value):
            value, rows[at, 0] = 0.0, 1
            missing += 1
        if not abs(value) < 2.0**63:
            return -1, 0
        floor = np.floor(value)
        scaled = (value - floor) * 1e9
        rounded = np.rint(scaled)
        if abs(scaled - rounded) > NEAR_HALF:
            near[at] = True
            close += 1
        whole, quanta = np.int64(floor), np.int64(rounded)
        if quanta >= 1_000_000_000:
            whole, quanta = whole + 1, np.int64(0)
        for byte in range(8):
            rows[at, 1 + byte] = (whole >> (8 * byte)) & 255
        for byte in range(4):
            rows[at, 9 + byte] = (quanta >> (8 * byte)) & 255
    return missing, close
