"""Vary 2,000 made-up companies and print the digest of what is found."""

import sys

import polars as pl

from awards.domain.definition import Robustness
from awards.evaluation.digest import table_digest
from awards.evaluation.pipeline import evaluate
from awards.evaluation.robustness.assess import Plan, assess
from tests.unit.evaluation.digest_of_a_made_up_run import DEFINITION, RULES, made_up


def digest() -> str:
    table: pl.LazyFrame = made_up().lazy()
    results = evaluate(table, DEFINITION, rulebook=RULES).results.collect().lazy()
    plan = Plan(Robustness(), 300, 11)
    found = assess(results, table, DEFINITION, rulebook=RULES, plan=plan)
    return table_digest(found.table)


if __name__ == "__main__":
    sys.stdout.write(digest())
