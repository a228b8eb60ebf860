"""Everything that may go wrong in a way a committee should read about."""

from collections.abc import Mapping
from typing import ClassVar


class AwardsError(Exception):
    """A failure to show as it stands: what happened, with names; then what to do.

    Anything else that is raised is a fault of the software.
    """

    exit_code: ClassVar[int] = 1


class Refused(AwardsError):
    """Something given to the program cannot be accepted; nothing was saved."""


class NotFound(Refused):
    """A name was given that nothing bears."""


class Altered(AwardsError):
    """Stored bytes or results are not those that were sealed."""

    exit_code = 3


class NotComparable(AwardsError):
    """Two results cannot be compared because they were made by different versions."""

    exit_code = 4


class EditConflict(Refused):
    """Somebody else changed the same thing meanwhile; nothing was saved.

    ``current`` holds what is on record now, by the names of the form's fields, and
    ``version`` its version, with which the change can be sent again.
    """

    def __init__(self, message: str, *, current: Mapping[str, object], version: int) -> None:
        super().__init__(message)
        self.current = dict(current)
        self.version = version
