"""How large a file may be, and what reading it may cost."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a file and the process that reads it may take; all limits are inclusive.

    ``ratio`` is the unpacked size over the size of the file, judged once more
    than 1 MiB was unpacked. ``box_cells`` is rows times columns of the rectangle
    from A1 to the last cell of a sheet, however few cells are in it: that is
    what a reader sets aside. ``columns`` and ``rows`` bound each sheet.
    """

    file_bytes: int = 25 * _MIB
    unpacked_bytes: int = 256 * _MIB
    ratio: int = 200
    entries: int = 2_000
    box_cells: int = 20_000_000
    rows: int = 1_048_576
    columns: int = 256
    cell_characters: int = 32_767
    sheets: int = 64
    memory_bytes: int = 2_048 * _MIB
    output_bytes: int = 1_024 * _MIB
    cpu_seconds: int = 60
    wall_seconds: int = 90


LIMITS = Limits()
