"""Evaluate 2,000 made-up companies and print the digests: SCRIPT [SHUFFLE SEED]."""

import sys

import polars as pl

from awards.evaluation.digest import table_digest
from awards.sdk import MISSING, Use, ratio
from tests.unit.evaluation.small import book, category, criterion, group, indicator, leaf, run

ROWS = 2_000
PAID = criterion(
    "paid",
    indicators=(indicator("a"), indicator("b")),
    measure=lambda i: ratio(i.a, i.b, when_zero=MISSING),
)
RULES = book(PAID, *(criterion(code) for code in "abcd"))
SPREAD = Use(code="min-max")
TREE = (
    group(
        "money",
        leaf("paid", 3, scale=SPREAD, missing="median"),
        leaf("a", 2, scale=SPREAD),
        aggregation=Use(code="geometric"),
        weight=3,
    ),
    group(
        "people",
        leaf("b", 2, missing="zero"),
        leaf("c", 1, scale=Use(code="identity", parameters={"maximum": 12}), missing="reweight"),
    ),
    leaf("d", 2, scale=SPREAD),
)
DEFINITION = category(*TREE, tie_breakers=("money", "c"), ladders=(Use(code="top-n"),))


def made_up() -> pl.DataFrame:
    """Values from a congruence, with gaps: no random numbers, which libraries may change."""
    number = pl.int_range(ROWS, dtype=pl.Int64)
    step = {
        code: (number * by) % 997 for code, by in zip("abcd", (7919, 104729, 611, 31), strict=True)
    }
    gaps = {
        code: step[code] % gap != 0 for code, gap in zip("abcd", (997, 97, 11, 997), strict=True)
    }
    values = {
        "a": step["a"] / 9.97,
        "b": (step["b"] % 100).cast(pl.Float64),
        "c": (step["c"] % 13).cast(pl.Float64),
        "d": (step["d"] / 99.7).log1p(),
    }
    return pl.select(
        (pl.lit("N") + number.cast(pl.String).str.zfill(5)).alias("id"),
        *(pl.when(gaps[code]).then(value).alias(code) for code, value in values.items()),
    )


def digest(seed: int) -> str:
    """Digests of results and sources over rows in the order that *seed* gives."""
    table = made_up()
    shuffled = table.sample(fraction=1, shuffle=True, seed=seed) if seed else table
    evaluation = run(DEFINITION, shuffled.to_dict(as_series=True), rulebook=RULES)
    return f"{table_digest(evaluation.results)} {table_digest(evaluation.sources)}"


if __name__ == "__main__":
    sys.stdout.write(digest(int(sys.argv[1])))
