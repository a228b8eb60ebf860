"""Work that is split into ranges, one for each processor."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def side_by_side(work: Callable[[int, int], None], count: int) -> None:
    """Call *work* with ranges ``low, high`` that make up 0 to *count*, at the same time.

    The ranges must not touch the same data; then their number changes nothing.
    """
    threads = min(processors(), count) or 1
    edges = [count * part // threads for part in range(threads + 1)]
    if threads == 1:
        work(0, count)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, edges[:-1], edges[1:]):
            pass  # a thread's error is raised here


def processors() -> int:
    """How many this process may use; ``POLARS_MAX_THREADS`` holds here too."""
    asked = os.environ.get("POLARS_MAX_THREADS", "")
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return int(asked) if asked.isdigit() and int(asked) else allowed
