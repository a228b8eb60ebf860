"""The same digest whatever the machine is doing: each variation in its own process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.evaluation.robustness import digest_of_made_up_robustness

SCRIPT = Path(digest_of_made_up_robustness.__file__)
HERE = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


@pytest.mark.parametrize(
    "environment",
    [
        {"POLARS_MAX_THREADS": "1", "PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
        {"POLARS_MAX_THREADS": "5", "PYTHONHASHSEED": "1", "TZ": "Asia/Jayapura"},
    ],
)
def test_threads_hash_seed_and_time_zone_are_of_no_matter(environment: dict[str, str]) -> None:
    told = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={**os.environ, **HERE, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == digest_of_made_up_robustness.digest()
