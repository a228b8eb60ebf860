"""What computing one run may cost."""

import os
from dataclasses import dataclass, field

_MIB = 1024 * 1024


def _most_memory() -> int:
    """Three quarters of the machine's, so that a run that eats it ends before the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // (4 * _MIB) * 3


@dataclass(frozen=True, kw_only=True)
class RunLimits:
    """What the process that computes runs may take for each: address space in MiB,
    seconds of processor, seconds on the clock, and MiB of any file it writes."""

    memory_mib: int = field(default_factory=_most_memory)
    cpu_seconds: int = 7_200
    wall_seconds: int = 3_600
    file_mib: int = 65_536
