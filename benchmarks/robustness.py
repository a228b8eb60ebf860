"""Varying a ranking, beside plain NumPy that sorts each draw, and what-ifs.

Run as ``python -m benchmarks.robustness [--draws N]``. NumPy varies weights only and keeps
only counts for the first place, over fewer draws, told for as many. Seconds are told by
the clock and of the processor: other work on the machine adds to the first only.
"""

import argparse
import resource
import time
from collections.abc import Callable

import numpy as np
import polars as pl

from awards.domain.definition import Robustness
from awards.evaluation.pipeline import evaluate
from awards.evaluation.robustness.assess import Plan, assess
from awards.evaluation.robustness.dominance import count_dominance
from awards.evaluation.robustness.tree import make_tree
from awards.evaluation.robustness.weights import draw_weights
from awards.evaluation.what_if import Changes, amend, rank_again, read_stored
from awards.sdk import Use
from benchmarks.evaluation import PROVINCE, population, rules

SAMPLE = 100
"""Draws of the peer."""


def timed(name: str, job: Callable[[], object], *, times: float = 1.0) -> None:
    clock, processor = time.perf_counter(), time.process_time()
    job()
    told = (time.perf_counter() - clock) * times, (time.process_time() - processor) * times
    print(f"  {name:44} {told[0]:8.2f} s   processor {told[1]:8.2f} s", flush=True)


def by_numpy(points: pl.DataFrame, weights: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """How often each candidate is first, by one argsort for each draw."""
    matrix = points.to_numpy()
    first = np.zeros(len(matrix), np.int64)
    places = np.empty(len(matrix), np.int64)
    for own in weights:
        order = np.argsort(-(matrix @ own), kind="stable")
        places[order] = np.arange(1, len(matrix) + 1)
        first += places == 1
    return first


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=10_000)
    given, _ = parser.parse_known_args()
    draws = given.draws
    table, weights = population(PROVINCE, 10)
    rulebook, category = rules(weights)
    results = evaluate(table.lazy(), category, rulebook=rulebook).results.collect().lazy()

    def vary(count: int, what: Robustness) -> object:
        plan = Plan(what, count, 1)
        return assess(results, table.lazy(), category, rulebook=rulebook, plan=plan)

    vary(10, Robustness())
    only = Robustness(scales=(), aggregations=())
    tree = make_tree(category)
    names = [f"points:{code}" for code in weights]
    points = results.sort("id").select(names).collect()
    drawn = draw_weights(tree, SAMPLE, concentration=100.0, seed=1, stream=(0, 0))[:, :10]
    print(f"{PROVINCE:,} candidates, 10 criteria")
    timed(f"{draws:,} draws of weights, scales, aggregations", lambda: vary(draws, Robustness()))
    timed(f"{draws:,} draws of weights", lambda: vary(draws, only))
    peer = draws / SAMPLE
    timed(f"{draws:,} draws by NumPy, places alone", lambda: by_numpy(points, drawn), times=peer)
    nine = np.ascontiguousarray(points.to_numpy().T[:9])
    timed("dominance, 9 criteria", lambda: count_dominance(nine))
    stored = read_stored(results, table.lazy(), category)
    for name, changes in {
        "what if: other weights": Changes(weights={"c0": 3.0}),
        "what if: another scale": Changes(scales={"c0": Use(code="identity")}),
    }.items():
        changed = amend(category, changes)
        for _ in range(3):
            rank_again(stored, changed, rulebook=rulebook)
        timed(name, lambda changed=changed: rank_again(stored, changed, rulebook=rulebook))  # type: ignore[misc]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"  most memory {most:.2f} GB")


if __name__ == "__main__":
    main()
