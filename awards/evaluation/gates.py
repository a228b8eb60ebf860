"""Step 2: what gates say, in the order in which they are declared.

A gate that looks at the cohort is asked of everybody, but compared with those alone
that passed the gates before it. Sums over a cohort are exact, so that neither the
order of rows nor the number of threads changes an outcome.
"""

from collections.abc import Iterator

import narwhals as nw
import polars as pl

from awards.domain.definition import CategoryDefinition, GateUse, Use
from awards.evaluation import columns
from awards.evaluation.engines.engine import Engine, Frame
from awards.evaluation.engines.polars import POLARS
from awards.evaluation.errors import RunRefused
from awards.evaluation.exact import exact_sum
from awards.sdk.compiled import Outcome, compile_gate, looks_back
from awards.sdk.gates import CohortFigure, cohort_column
from awards.sdk.rulebook import RuleBook

SETTLED = (int(Outcome.PASS), int(Outcome.NOT_ASKED))
"""Outcomes that let a candidate go on."""


def ask_gates(
    candidates: Frame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    engine: Engine = POLARS,
) -> Frame:
    """*candidates* with the outcome of every gate."""
    asked = candidates
    waiting: dict[str, nw.Expr] = {}
    before: list[str] = []
    for use in definition.gates:
        _refuse_short_history(use, definition, rulebook)
        figures = tuple(_figures(use, rulebook))
        if figures:
            asked, waiting = (asked.with_columns(**waiting) if waiting else asked), {}
            asked = asked.with_columns(**_cohort(asked, figures, before, engine=engine))
        waiting[columns.gate(use.key)] = compile_requirement(use, rulebook=rulebook)
        before.append(columns.gate(use.key))
    return asked.with_columns(**waiting) if waiting else asked


def _refuse_short_history(use: GateUse, definition: CategoryDefinition, rulebook: RuleBook) -> None:
    for each in (*use.uses, *use.when):
        needed = looks_back(rulebook.gate(each.code), each.parameters)
        if needed > len(definition.earlier):
            raise RunRefused(
                f"Gate {each.code!r} looks back {needed} editions, but category "
                f"{definition.code!r} names {len(definition.earlier)} earlier ones. Name them, "
                "or change the gate's parameters."
            )


def compile_requirement(use: GateUse, *, rulebook: RuleBook) -> nw.Expr:
    """The Int8 `Outcome` of a gate with its conditions and alternatives.

    Passing one alternative is passing; else not assessable where one of them cannot be
    told; else a fail. Where a condition does not hold, the gate is not asked; where that
    cannot be told and the gate itself is not passed, the outcome is not assessable.
    """
    ways = [_outcome(each, rulebook) for each in use.uses]
    own = _first(ways, (Outcome.PASS, Outcome.NOT_ASSESSABLE), Outcome.FAIL)
    if not use.when:
        return own
    conditions = [_outcome(each, rulebook) for each in use.when]
    holds = _first(conditions, (Outcome.FAIL, Outcome.NOT_ASSESSABLE), Outcome.PASS)
    unknown = (holds == int(Outcome.NOT_ASSESSABLE)) & (own != int(Outcome.PASS))
    said = nw.when(unknown).then(_code(Outcome.NOT_ASSESSABLE)).otherwise(own)
    return nw.when(holds == int(Outcome.FAIL)).then(_code(Outcome.NOT_ASKED)).otherwise(said)


def stands_alone(use: GateUse, *, rulebook: RuleBook) -> bool:
    """Whether the outcome depends on nothing but the candidate's own data."""
    gates = rulebook.gates_in(use)
    return not any(each.cohort or each.looks_back for each in gates)


def is_passed(name: str) -> nw.Expr:
    """Whether the outcome in the column *name* lets the candidate go on."""
    return nw.col(name).is_in(SETTLED)


def _outcome(use: Use, rulebook: RuleBook) -> nw.Expr:
    return compile_gate(rulebook.gate(use.code), use.parameters)


def _first(outcomes: list[nw.Expr], order: tuple[Outcome, Outcome], otherwise: Outcome) -> nw.Expr:
    """The first of *order* that any of *outcomes* is."""
    found = _code(otherwise)
    for each in reversed(order):
        any_ = nw.any_horizontal(*(one == int(each) for one in outcomes), ignore_nulls=False)
        found = nw.when(any_).then(_code(each)).otherwise(found)
    return found


def _figures(use: GateUse, rulebook: RuleBook) -> Iterator[CohortFigure]:
    for gate in rulebook.gates_in(use):
        yield from gate.cohort


def _cohort(
    asked: Frame, figures: tuple[CohortFigure, ...], before: list[str], *, engine: Engine
) -> dict[str, nw.Expr]:
    """The *figures* over the candidates that passed the gates *before*, as columns;
    missing where none of them has a value."""
    passed = asked
    if before:
        settled = (is_passed(each) for each in before)
        passed = asked.filter(nw.all_horizontal(*settled, ignore_nulls=False))
    codes = sorted({each.indicator.code for each in figures})
    table = engine.table(passed, **{code: nw.col(code) for code in codes})
    schema = table.collect_schema()
    wanted = {cohort_column(each): _statistic(each, schema) for each in figures}
    row = table.select(**wanted).collect(engine="streaming").row(0, named=True)
    return {name: nw.lit(value, dtype=nw.Float64) for name, value in row.items()}


def _statistic(figure: CohortFigure, schema: pl.Schema) -> pl.Expr:
    code = figure.indicator.code
    value = pl.col(code)
    if figure.statistic == "mean":
        count = value.count()
        total = exact_sum(code, schema[code]).cast(pl.Float64)
        return pl.when(count > 0).then(total / count)
    said = {"minimum": value.min(), "maximum": value.max(), "median": value.median()}
    return said[figure.statistic].cast(pl.Float64)


def _code(outcome: Outcome) -> nw.Expr:
    return nw.lit(int(outcome), dtype=nw.Int8)
