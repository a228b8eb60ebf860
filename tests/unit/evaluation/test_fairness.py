"""What must never change a place: who is not eligible, and what does not arise."""

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.domain.definition import Cap, Winsorize
from awards.sdk import Use
from tests.unit.evaluation.small import (
    book,
    category,
    criterion,
    evaluated,
    gate,
    group,
    indicator,
    leaf,
)

FEW = settings(max_examples=25, deadline=None, derandomize=True)
SCALES = st.sampled_from(["min-max", "z-score", "percentile", "rank", "identity"])
AGGREGATIONS = st.sampled_from(
    ["arithmetic", "geometric", "harmonic", "power", "weakest", "sum", "sum-over-most"]
)
Rows = list[tuple[int, int, bool]]

CLEAN = gate("clean", lambda i: i.fine > 0, indicator("fine"))
RULES = book(
    criterion("a"),
    criterion("b"),
    criterion("c", applicable=lambda i: ~(i.c < 0)),
    gates=(CLEAN,),
)


def made(rows: Rows, **more: list[Any]) -> pl.DataFrame:
    ids = [f"N{at:02}" for at in range(len(rows))]
    facts = {"a": [float(a) for a, _, _ in rows], "b": [float(b) for _, b, _ in rows]}
    return pl.DataFrame({"id": ids, **facts, **more})


ROWS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), min_size=2, max_size=12
).filter(lambda rows: any(fine for _, _, fine in rows))


@FEW
@given(ROWS, SCALES)
def test_who_is_not_eligible_never_changes_the_place_of_anybody(rows: Rows, scale: str) -> None:
    use = Use(code=scale)
    definition = category(leaf("a", scale=use), leaf("b", scale=use), gates=(Use(code="clean"),))
    table = made(rows, fine=[float(fine) for _, _, fine in rows])
    whole = evaluated(table, definition, rulebook=RULES).results.drop_nulls("place")
    alone = evaluated(table.filter(pl.col("fine") > 0), definition, rulebook=RULES).results
    assert whole.equals(alone)


@FEW
@given(ROWS, SCALES)
def test_criterion_that_does_not_arise_leaves_the_order_of_those_it_does_not_concern(
    rows: Rows, scale: str
) -> None:
    use = Use(code=scale)
    others = (leaf("a", scale=use), leaf("b", scale=use))
    table = made(rows, c=[50.0 if concerned else -1.0 for _, _, concerned in rows])
    without = evaluated(table, category(*others), rulebook=RULES).results
    found = evaluated(table, category(*others, leaf("c", scale=use)), rulebook=RULES).results
    spared = pl.Series([not concerned for _, _, concerned in rows])
    assert found.filter(spared)["total"].equals(without.filter(spared)["total"])


@FEW
@given(ROWS, SCALES, AGGREGATIONS)
def test_order_of_those_whom_a_criterion_does_not_concern_holds_however_groups_combine(
    rows: Rows, scale: str, aggregation: str
) -> None:
    use, combined = Use(code=scale), Use(code=aggregation)
    others = (leaf("a", scale=use), leaf("b", weight=3, scale=use))
    table = made(rows, c=[50.0 if concerned else -1.0 for _, _, concerned in rows])
    alone = category(*others, aggregation=combined)
    joined = category(*others, leaf("c", weight=2), aggregation=combined)
    orders = []
    for definition in (alone, joined):
        found = evaluated(table, definition, rulebook=RULES).results["total"].round(6)
        spared = [
            total for total, (_, _, concerned) in zip(found, rows, strict=True) if not concerned
        ]
        orders.append([sum(other > own for other in spared) for own in spared])
    assert orders[0] == orders[1]


@FEW
@given(ROWS, SCALES, AGGREGATIONS)
def test_who_is_not_eligible_changes_nobody_however_groups_combine(
    rows: Rows, scale: str, aggregation: str
) -> None:
    use = Use(code=scale)
    inner = group("inner", leaf("a", scale=use), leaf("b", scale=use), cap=Cap(by="c", plus=10))
    definition = category(
        inner,
        leaf("c", scale=use, winsorize=Winsorize(), missing="mean"),
        aggregation=Use(code=aggregation),
        gates=(Use(code="clean"),),
        margin=0.5,
    )
    c = [None if a == b else float(a * a) for a, b, _ in rows]
    table = made(rows, c=c, fine=[float(fine) for _, _, fine in rows])
    whole = evaluated(table, definition, rulebook=RULES).results
    alone = evaluated(table.filter(pl.col("fine") > 0), definition, rulebook=RULES).results
    assert whole.filter(pl.Series([fine for _, _, fine in rows])).equals(alone)


@FEW
@given(ROWS, SCALES, st.randoms(use_true_random=False))
def test_order_of_rows_and_how_many_are_read_at_once_change_nothing(
    rows: Rows, scale: str, draw: Any
) -> None:
    use = Use(code=scale)
    definition = category(leaf("a", scale=use), leaf("b", scale=use))
    table = made(rows)
    order = list(range(len(rows)))
    draw.shuffle(order)
    plain = evaluated(table, definition, rulebook=RULES).results
    parts = pl.concat([table[order][:1], table[order][1:]], rechunk=False)
    with pl.Config(streaming_chunk_size=1):
        again = evaluated(parts, definition, rulebook=RULES).results
    assert again.equals(plain)
