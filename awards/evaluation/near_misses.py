"""Candidates that are one gate, or a few people, away. For the committee alone."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.gates import SETTLED
from awards.evaluation.levers import reach_goals
from awards.evaluation.sheets import RunTables
from awards.sdk.compiled import Outcome
from awards.sdk.rulebook import RuleBook

GAP = 5.0
"""Points to the next title or class from which on it is not near."""

ROWS = 50
"""So many candidates at most are looked at for each goal, the nearest first."""

NEXT_PLACE = ""


def judged_table(
    run: RunTables,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    among: pl.Expr | None = None,
) -> pl.DataFrame:
    """Results with name, attributes and indicators of every candidate, or of those whose
    results fulfil *among*, sorted by id."""
    kind = rulebook.kind(definition.kind)
    wanted = [each.code for each in kind.attributes]
    wanted += [each.code for each in rulebook.indicators_of(definition)]
    types = dict.fromkeys(wanted, pl.String) | {
        each.code: pl.Int64 if each.type is int else pl.Float64
        for each in rulebook.indicators_of(definition)
    }
    present = set(run.table.collect_schema().names())
    facts = [
        (pl.col(name) if name in present else pl.lit(None)).cast(types[name]).alias(name)
        for name in wanted
    ]
    name = pl.col("name") if "name" in present else pl.lit(None, pl.String).alias("name")
    table = run.table.select("id", name, *facts)
    results = run.results if among is None else run.results.filter(among)
    joined = results.join(table, on="id", how="left")
    return joined.with_columns(name=pl.coalesce("name", "id")).sort("id").collect()


def one_gate_away(judged: pl.DataFrame, definition: CategoryDefinition) -> pl.DataFrame:
    """Candidates that fail exactly one gate and pass all others, with its ``gate``."""
    gates = [each for each in definition.gates if each.decides == "standing"]
    names = [columns.gate(each.key) for each in gates]
    if not names:
        return judged.clear().with_columns(gate=pl.lit(None, pl.String))
    failed = [pl.col(name) == int(Outcome.FAIL) for name in names]
    passed = pl.sum_horizontal(pl.col(name).is_in(SETTLED).cast(pl.Int32) for name in names)
    alone = (pl.sum_horizontal(each.cast(pl.Int32) for each in failed) == 1) & (
        passed == len(names) - 1
    )
    which = pl.coalesce(
        pl.when(each).then(pl.lit(use.key)) for each, use in zip(failed, gates, strict=True)
    )
    return judged.filter(alone).with_columns(gate=which)


def few_people_away(
    judged: pl.DataFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.DataFrame:
    """Ranked candidates with a ``goal`` that a change of one count reaches.

    ``step`` and ``aim`` name the ladder and the title or class of the goal; ``aim`` is
    empty where it is the total of the candidate before. ``indicator``, ``more`` and
    ``reached`` as in `reach_goals`.
    """
    ranked = judged.filter(pl.col("place").is_not_null()).sort("place", "id")
    goals = [_next_place(ranked), *_titles(ranked, definition)]
    rows = pl.concat(each.select(sorted(each.columns)) for each in goals)
    found = reach_goals(rows, definition, rulebook=rulebook)
    return found.filter(pl.col("more").is_not_null()).sort("more", "place", "step")


def _next_place(ranked: pl.DataFrame) -> pl.DataFrame:
    """The first candidates, each with the smallest total above its own."""
    first = ranked.head(ROWS)
    totals = sorted({round(total * QUANTA): total for total in first["total"]}.items())
    above = {key: totals[at + 1][1] for at, (key, _) in enumerate(totals[:-1])}
    goals = [above.get(round(total * QUANTA)) for total in first["total"]]
    return _aimed(first, pl.Series("goal", goals, pl.Float64), step=-1, aim=NEXT_PLACE)


def _titles(ranked: pl.DataFrame, definition: CategoryDefinition) -> Iterator[pl.DataFrame]:
    for step, use in enumerate(definition.ladders):
        rest = ranked
        edges = _edges(use.parameters) if use.code == "bands" else _held(ranked, step)
        for aim, edge in sorted(edges.items(), key=lambda each: each[1]):
            near = rest.filter(_short_of(edge) & (pl.col("total") >= edge - GAP)).head(ROWS)
            goal = pl.Series("goal", [edge] * near.height, pl.Float64)
            yield _aimed(near, goal, step=step, aim=aim)
            rest = rest.filter(~_short_of(edge))


def _short_of(edge: float) -> pl.Expr:
    return (pl.col("total") * QUANTA).round() < round(edge * QUANTA)


def _edges(parameters: Mapping[str, object]) -> dict[str, float]:
    """The least total of each band."""
    decimals = parameters.get("decimals")
    half = Decimal("0.5").scaleb(-decimals) if isinstance(decimals, int) else Decimal(0)
    bands = parameters["bands"]
    assert isinstance(bands, list | tuple)
    return {code: float(Decimal(repr(float(edge))) - half) for code, _, edge in bands}


def _held(ranked: pl.DataFrame, step: int) -> dict[str, float]:
    """The total of the last holder of a title, under the lowest title."""
    held = ranked.filter(pl.col(columns.title(step)).is_not_null())
    if held.is_empty():
        return {}
    last = held.row(-1, named=True)
    return {last[columns.title(step)]: last["total"]}


def _aimed(rows: pl.DataFrame, goal: pl.Series, *, step: int, aim: str) -> pl.DataFrame:
    return rows.with_columns(
        goal.alias("goal"), step=pl.lit(step, pl.Int32), aim=pl.lit(aim)
    ).drop_nulls("goal")
