"""What can go wrong with keeping things."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from awards.domain.errors import AwardsError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_IN_POLARS = tuple(f"(os error {number})" for number in _FULL)


class StorageFull(AwardsError):
    """There is no room left to save something; nothing was saved."""


class DatabaseUnavailable(AwardsError):
    """The database cannot be used now, or not by this version of the program."""


class StepDone(AwardsError):
    """A step of a job was done before; it is not done twice."""


class UnrecordedAct(RuntimeError):
    """A fault of the software: something was written without an event in the ledger."""


@contextmanager
def full_disk_in_words(folder: Path) -> Iterator[None]:
    """Turn "no space left" into `StorageFull`, naming *folder*."""
    try:
        yield
    except Exception as error:
        if not _is_full(error):
            raise
        raise storage_full(str(folder)) from error


def storage_full(place: str) -> StorageFull:
    """The failure to raise when *place* has no room left."""
    return StorageFull(
        f"The disk that holds {place} is full, so nothing was saved. "
        "Free some space and repeat what you did."
    )


def _is_full(error: Exception) -> bool:
    # Polars tells only in words: a ComputeError with the system's number in its text.
    if isinstance(error, OSError):
        return error.errno in _FULL
    return any(number in str(error) for number in _FULL_IN_POLARS)
