"""The same digest whatever the machine is doing: each variation in its own process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.evaluation import digest_of_a_made_up_run

SCRIPT = Path(digest_of_a_made_up_run.__file__)
HERE = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def digest(shuffle: str = "0", **environment: str) -> str:
    told = {**os.environ, **HERE, **environment}
    done = subprocess.run(
        [sys.executable, str(SCRIPT), shuffle], env=told, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def plain() -> str:
    return digest_of_a_made_up_run.digest(0)


def test_digest_is_the_one_it_always_was(plain: str) -> None:
    assert plain == (
        "0dacf71afd2021231042ea98bb70b03b65885b0de56dd7a014d9fb7a15a63118 "
        "2e79750477c410077595953c47406e14c2539ec6cb46ca02c7eb78f9874e8ac8"
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_of_rows_is_of_no_matter(plain: str, seed: int) -> None:
    assert digest_of_a_made_up_run.digest(seed) == plain


@pytest.mark.parametrize(
    "environment",
    [
        {"POLARS_MAX_THREADS": "1", "PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
        {"POLARS_MAX_THREADS": "2", "PYTHONHASHSEED": "1", "LC_ALL": "id_ID.UTF-8"},
        {"POLARS_MAX_THREADS": "7", "PYTHONHASHSEED": "random", "TZ": "Asia/Jayapura"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "2"},
    ],
)
def test_threads_hash_seed_locale_and_time_zone_are_of_no_matter(
    plain: str, environment: dict[str, str]
) -> None:
    assert digest("4", **environment) == plain
