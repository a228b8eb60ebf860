"""What can go wrong with keeping things."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from awards.domain.errors import AwardsError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StorageFull(AwardsError):
    """There is no room left to save something; nothing was saved."""


class DatabaseUnavailable(AwardsError):
    """The database cannot be used now, or not by this version of the program."""


class UnrecordedAct(RuntimeError):
    """A fault of the software: something was written without an event in the ledger."""


@contextmanager
def full_disk_in_words(folder: Path) -> Iterator[None]:
    """Turn "no space left" into `StorageFull`, naming *folder*."""
    try:
        yield
    except OSError as error:
        # Polars raises an OSError without a number; its text has one.
        if error.errno in _FULL or "os error 28" in str(error):
            raise StorageFull(
                f"The disk that holds {folder} is full, so nothing was saved. "
                "Free some space and repeat what you did."
            ) from error
        raise
