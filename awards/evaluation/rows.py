"""Steps 1 to 3: who is in the category, what gates say, and the raw values."""

from collections.abc import Collection, Mapping, Sequence

import narwhals as nw
import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.errors import PluginFault, RunRefused
from awards.sdk.compiled import compile_criterion, compile_gate
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Statistic

Frame = nw.DataFrame[pl.DataFrame]


def select_candidates(
    snapshot: pl.LazyFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.DataFrame:
    """The category's candidates: id, attributes and indicators, sorted by id.

    An attribute or indicator that the snapshot lacks is missing for everybody.
    Raises `RunRefused` for a filter on an attribute that the snapshot lacks, and
    for an id that stands in it twice.
    """
    present = set(snapshot.collect_schema().names())
    attributes = [each.code for each in rulebook.kind(definition.kind).attributes]
    _refuse_unknown_filters(definition, present & set(attributes))
    types = dict.fromkeys(attributes, pl.String()) | {
        each.code: pl.Int64() if each.type is int else pl.Float64()
        for each in rulebook.indicators_of(definition)
    }
    facts = [
        (pl.col(name) if name in present else pl.lit(None).alias(name)).cast(dtype)
        for name, dtype in types.items()
    ]
    kept = [pl.col(name).is_in(values) for name, values in definition.where.items()]
    chosen = snapshot.filter(*kept) if kept else snapshot
    candidates = chosen.select("id", *facts).collect()
    if not candidates["id"].is_sorted():  # a snapshot is; sorting again is what takes long
        candidates = candidates.sort("id")
    _refuse_double_ids(candidates)
    return candidates


def _refuse_unknown_filters(definition: CategoryDefinition, known: set[str]) -> None:
    for attribute in definition.where:
        if attribute not in known:
            raise RunRefused(
                f"Category {definition.code!r} keeps candidates by {attribute!r}, "
                "but the data has no such column. Add it to the files, or drop the filter."
            )


def _refuse_double_ids(candidates: pl.DataFrame) -> None:
    twice = candidates.filter(pl.col("id") == pl.col("id").shift(1))
    if twice.height:
        raise RunRefused(
            f"Candidate {twice['id'][0]} stands twice in the snapshot. "
            "Correct the file that names it twice, and take the snapshot again."
        )


def measure(candidates: Frame, definition: CategoryDefinition, *, rulebook: RuleBook) -> Frame:
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
    measured: Frame, needed: Mapping[str, Collection[Statistic]], *, eligible: nw.Expr
) -> Mapping[str, Mapping[Statistic, float | None]]:
    """The *needed* statistics of each criterion's raw value over the eligible
    candidates; None where none of them has a value.

    None of the three is a sum, so neither order nor threads can change them.
    """
    found: dict[str, nw.Expr] = {}
    for code, statistics in needed.items():
        raw = nw.when(eligible).then(nw.col(columns.raw(code)))
        said = {"minimum": raw.min(), "maximum": raw.max(), "median": raw.median()}
        found |= {f"{each}:{code}": said[each] for each in statistics}
    row = measured.select(**found).row(0) if found else ()
    values = dict(zip(found, row, strict=True))
    return {
        code: {each: values[f"{each}:{code}"] for each in statistics}
        for code, statistics in needed.items()
    }


def first_not_finite(
    frame: Frame, names: Sequence[str], *, among: nw.Expr
) -> tuple[str, str, float] | None:
    """Column, candidate and value of the first of *names* that is, *among* those
    candidates, neither finite nor missing."""
    broken = {name: ~nw.col(name).is_finite() & among for name in names}
    found = frame.select(**{name: each.any() for name, each in broken.items()}).row(0)
    for name, any_broken in zip(names, found, strict=True):
        if any_broken:
            candidate, value = frame.filter(broken[name]).select("id", name).row(0)
            return name, candidate, value
    return None


def _refuse_not_finite(measured: Frame, codes: Sequence[str]) -> None:
    names = {columns.raw(code): code for code in codes}
    broken = first_not_finite(measured, list(names), among=nw.lit(value=True))
    if broken:
        name, candidate, value = broken
        raise PluginFault(
            f"Criterion {names[name]!r} yields {value} for candidate {candidate}. "
            "Use ratio(..., when_zero=...) where it divides, and correct the plugin."
        )
