"""Steps 1 to 3: who is in the category, what gates say, and the raw values."""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.errors import PluginFault, RunRefused
from awards.sdk.compiled import compile_criterion, compile_gate
from awards.sdk.rulebook import RuleBook


def select_candidates(
    snapshot: pl.LazyFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.DataFrame:
    """The category's candidates: id, attributes and indicators, sorted by id.

    What the snapshot lacks is missing for everybody. Raises
    `RunRefused` for a filter on an attribute that the snapshot lacks.
    """
    present = set(snapshot.collect_schema().names())
    kind = rulebook.kind(definition.kind)
    known = [each.code for each in kind.attributes]
    attributes = [
        pl.col(code) if code in present else pl.lit(None, pl.String).alias(code) for code in known
    ]
    for attribute in definition.where:
        if attribute not in present.intersection(known):
            raise RunRefused(
                f"Category {definition.code!r} keeps candidates by {attribute!r}, "
                "but the data has no such column. Add it to the files, or drop the filter."
            )
    indicators = [
        (pl.col(each.code) if each.code in present else pl.lit(None).alias(each.code)).cast(
            pl.Int64 if each.type is int else pl.Float64
        )
        for each in rulebook.indicators_of(definition)
    ]
    kept = [pl.col(name).is_in(values) for name, values in definition.where.items()]
    chosen = snapshot.filter(*kept) if kept else snapshot
    return chosen.select("id", *attributes, *indicators).sort("id").collect()


def measure(
    candidates: nw.DataFrame[pl.DataFrame], definition: CategoryDefinition, *, rulebook: RuleBook
) -> nw.DataFrame[pl.DataFrame]:
    """*candidates* with the outcome of every gate and each criterion's raw value
    and reason.

    Raises `PluginFault`, naming criterion and candidate, when a raw value is
    neither finite nor missing.
    """
    found: dict[str, nw.Expr] = {}
    for use in definition.gates:
        found[columns.gate(use.code)] = compile_gate(rulebook.gate(use.code), use.parameters)
    for leaf in definition.tree.leaves():
        compiled = compile_criterion(rulebook.criterion(leaf.code), leaf.parameters)
        found[columns.raw(leaf.code)] = compiled.raw
        found[columns.reason(leaf.code)] = compiled.reason
    measured = candidates.with_columns(**found)
    _refuse_not_finite(measured, [leaf.code for leaf in definition.tree.leaves()])
    return measured


def cohort_statistics(
    measured: nw.DataFrame[pl.DataFrame], code: str, *, eligible: nw.Expr
) -> Mapping[str, float]:
    """Minimum, maximum and median of a raw value over the eligible candidates.

    None of the three is a sum, so neither order nor threads can change them.
    An empty cohort gives zeros, which nobody is measured by.
    """
    raw = nw.col(columns.raw(code))
    row = measured.filter(eligible).select(
        minimum=raw.min(), maximum=raw.max(), median=raw.median()
    )
    return {name: _number(row[name][0]) for name in row.columns}


def _number(value: float | None) -> float:
    return 0.0 if value is None else float(value)


def _refuse_not_finite(measured: nw.DataFrame[pl.DataFrame], codes: list[str]) -> None:
    for code in codes:
        raw = nw.col(columns.raw(code))
        broken = measured.filter(~raw.is_finite()).select("id", columns.raw(code)).head(1)
        if len(broken):
            candidate, value = broken.row(0)
            raise PluginFault(
                f"Criterion {code!r} yields {value} for candidate {candidate}. "
                "Use ratio(..., when_zero=...) where it divides, and correct the plugin."
            )
