"""How large a file may be, and what reading it may cost."""

from dataclasses import dataclass, replace
from pathlib import Path

from awards.intake.signatures import COMPOUND, ZIP

_MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a file and the process that reads it may take; all limits are inclusive.

    ``ratio`` is the unpacked size over the size of the file, judged once more
    than 1 MiB was unpacked. ``box_cells`` is rows times columns of the rectangle
    from A1 to the last cell of a sheet, however few cells are in it: that is
    what a reader sets aside. ``columns`` and ``rows`` bound each sheet.
    ``batch_characters`` of a text are read at once.
    """

    file_bytes: int = 25 * _MIB
    unpacked_bytes: int = 256 * _MIB
    ratio: int = 200
    entries: int = 2_000
    box_cells: int = 20_000_000
    rows: int = 1_048_576
    columns: int = 256
    cell_characters: int = 32_767
    batch_characters: int = 32 * _MIB
    sheets: int = 64
    memory_bytes: int = 2_048 * _MIB
    output_bytes: int = 1_024 * _MIB
    cpu_seconds: int = 60
    wall_seconds: int = 90


LIMITS = Limits()
"""What a workbook may take, which must be in memory as a whole."""

TEXT_LIMITS = replace(
    LIMITS,
    file_bytes=4_096 * _MIB,
    box_cells=400_000_000,
    rows=20_000_000,
    cpu_seconds=900,
    wall_seconds=1_800,
)
"""What a text may take, which is read in batches."""


def usual_limits(path: Path) -> Limits:
    """The limits for the file at *path*, by its first bytes."""
    with path.open("rb") as stream:
        is_workbook = stream.read(len(COMPOUND)).startswith((*ZIP, COMPOUND))
    return LIMITS if is_workbook else TEXT_LIMITS
