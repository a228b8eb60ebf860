"""Functions that numba compiles, and keeps compiled where it can."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """*function* as machine code that runs beside other threads.

    Without fast mathematics: sums keep the order that is written. Kept on disk where
    the folder of the source can be written to, else compiled anew by each process.
    """
    code = numba.njit(cache=_is_writable(), nogil=True, fastmath=False)
    return cast(F, code(function))


def _is_writable() -> bool:
    folder = Path(__file__).parent
    cache = folder / "__pycache__"
    return os.access(cache if cache.is_dir() else folder, os.W_OK)
