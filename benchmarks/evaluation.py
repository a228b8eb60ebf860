"""Evaluating a category, beside the same scoring by hand in Polars, by pandas and by
scikit-criteria.

Run as ``python -m benchmarks.evaluation [--rounds N]``. Prints the best of the
rounds, in which all take turns, and ratios; stops if places differ. The best, because
other work on the machine can only add.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from awards.domain.canonical import canonical_json
from awards.domain.records import Edition, Snapshot
from awards.evaluation.manifest import make_manifest
from awards.evaluation.pipeline import Evaluation, evaluate
from awards.registry import load_plugins
from awards.sdk import (
    COMPANY,
    CategoryDefinition,
    Criterion,
    Group,
    Indicator,
    Leaf,
    Use,
    Values,
)
from awards.sdk.rulebook import RuleBook
from awards.services.computing import write_evaluation
from awards.storage.archive import sha256_of
from benchmarks.peers import Places, by_pandas, by_polars, by_scikit_criteria, table_by_polars

PROVINCE = 66_150
"""Companies that one province judges."""

Seconds = dict[str, float]


def criterion(code: str) -> Criterion:
    def measure(i: Values) -> object:
        return getattr(i, code)

    indicator = Indicator(code=code, title={"en": code}, type=float, unit="points")
    return Criterion(
        code=code,
        title={"en": code},
        applies_to=(COMPANY,),
        indicators=(indicator,),
        measure=measure,
        unit="points",
    )


def rules(weights: dict[str, float]) -> tuple[RuleBook, CategoryDefinition]:
    """Criteria of these weights, scaled from lowest to highest, in a weighted mean."""
    book = load_plugins(entry_points=False).rulebook
    criteria = {code: criterion(code) for code in weights}
    scale = Use(code="min-max")
    leaves = [Leaf(criterion=code, weight=each, scale=scale) for code, each in weights.items()]
    tree = Group(code="all", title={"en": "All"}, children=tuple(leaves))
    category = CategoryDefinition(
        code="companies",
        title={"en": "Companies"},
        kind=COMPANY.code,
        tree=tree,
        ladders=(Use(code="top-n"),),
    )
    return replace(book, criteria={**book.criteria, **criteria}), category


def population(rows: int, criteria: int) -> tuple[pl.DataFrame, dict[str, float]]:
    """Made-up values from a fixed seed, none equal to another, and weights."""
    dice = np.random.default_rng(1)
    weights = {f"c{number}": float(number + 1) for number in range(criteria)}
    ids = pl.select(id="N" + pl.int_range(rows).cast(pl.String).str.zfill(8)).to_series()
    return pl.DataFrame(
        [ids, *(pl.Series(code, dice.random(rows) * 100) for code in weights)]
    ), weights


def places(evaluation: Evaluation) -> Places:
    results = evaluation.results.select("place").collect()
    return results["place"].to_numpy().astype(np.int64)


def write(evaluation: Evaluation, category: CategoryDefinition, rulebook: RuleBook) -> None:
    """Digest, seal and write a run as the service does, into a folder that is dropped."""
    definition = rulebook.program("ipm").definition.editions[0]
    edition = Edition(code="e", program="p", program_title={"en": "P"}, definition=definition)
    snapshot = Snapshot(id="0" * 64, edition="e", kind="company", parts=(), rows=0, sha256="0" * 64)
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        manifest = make_manifest(
            write_evaluation(evaluation, category, folder=run),
            edition=edition,
            definition=category,
            snapshot=snapshot,
            rulebook=rulebook,
        )
        for name in ("results", "sources"):
            sha256_of(run / f"{name}.parquet")
        (run / "manifest.json").write_bytes(canonical_json(manifest))


def take_turns(jobs: dict[str, Callable[[], object]], rounds: int) -> Seconds:
    """Least seconds of each job, after a round that is not counted."""
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(rounds + 1):
        for name, job in jobs.items():
            started = time.perf_counter()
            job()
            found[name] += [time.perf_counter() - started] if turn else []
    return {name: min(seconds) for name, seconds in found.items()}


def to_pandas(table: pl.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({column.name: column.to_numpy() for column in table})


def check(found: Places, expected: Places, name: str) -> None:
    """Peers that compare floats part totals closer than 10⁻⁹, of which a million
    totals hold a few: there, and only there, a place may be off by one."""
    apart = np.abs(found - expected)
    rare = np.count_nonzero(apart) <= len(expected) / 10_000
    assert apart.max() <= 1 and rare, f"{name} gives other places"


def beside_peers(rows: int, criteria: int, *, rounds: int) -> Seconds:
    table, weights = population(rows, criteria)
    rulebook, category = rules(weights)
    frame, matrix = to_pandas(table), table.select(list(weights)).to_numpy()

    def engine() -> Evaluation:
        return evaluate(table.lazy(), category, rulebook=rulebook)

    def read() -> pl.DataFrame:
        return engine().results.collect()

    peers: dict[str, Callable[[], Places]] = {
        "places only, by hand in Polars": lambda: by_polars(table, weights),
        "places only, pandas": lambda: by_pandas(frame, weights),
        "places only, scikit-criteria": lambda: by_scikit_criteria(matrix, weights),
    }
    expected = places(engine())
    by_hand = table_by_polars(table, weights)["place"].to_numpy().astype(np.int64)
    assert np.array_equal(by_hand, expected), "the same table by hand gives other places"
    for name, peer in peers.items():
        check(peer(), expected, name)
    jobs: dict[str, Callable[[], object]] = {
        "evaluated": read,
        "evaluated, sealed and written": lambda: write(engine(), category, rulebook),
        "same table by hand in Polars": lambda: table_by_polars(table, weights),
    }
    return take_turns(jobs | peers, rounds)


def wrong_places(rows: int) -> dict[str, int]:
    """How many of *rows* candidates get a wrong place, totals being sums of twelfths."""
    dice = np.random.default_rng(1)
    months = {f"c{number}": dice.integers(0, 13, rows) for number in range(4)}
    ids = {"id": [f"N{number:08d}" for number in range(rows)]}
    table = pl.DataFrame(ids | {code: each / 12 for code, each in months.items()})
    weights = dict.fromkeys(months, 1.0)
    rulebook, category = rules(weights)
    summed = pl.Series(sum(months.values()))
    exact = summed.rank("min", descending=True).to_numpy().astype(np.int64)
    found = {
        "the engine": places(evaluate(table.lazy(), category, rulebook=rulebook)),
        "by hand in Polars, floats compared": by_polars(table, weights, exact=False),
        "pandas": by_pandas(to_pandas(table), weights),
        "scikit-criteria": by_scikit_criteria(table.select(list(weights)).to_numpy(), weights),
    }
    assert np.array_equal(found["the engine"], exact), "the engine gives wrong places"
    return {name: int((each != exact).sum()) for name, each in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    for rows, criteria in ((PROVINCE, 10), (10_000, 9), (100_000, 9), (1_000_000, 9)):
        print(f"{rows:,} candidates, {criteria} criteria")
        found = beside_peers(rows, criteria, rounds=rounds)
        for name, seconds in found.items():
            ratio = seconds / found["evaluated"]
            print(f"  {name:33} {seconds:7.3f} s  {ratio:6.2f} × the engine's evaluation")
    print(f"Wrong places of {PROVINCE:,}, totals being sums of twelfths")
    for name, wrong in wrong_places(PROVINCE).items():
        print(f"  {name:36} {wrong:6,}")


if __name__ == "__main__":
    main()
