"""Steps 1 to 3: who is in the category, what gates say, and the raw values."""

import narwhals as nw
import polars as pl

from awards.domain.definition import CategoryDefinition, Leaf
from awards.evaluation import columns
from awards.evaluation.engines.engine import Engine, Frame
from awards.evaluation.engines.polars import POLARS
from awards.evaluation.errors import RunRefused
from awards.evaluation.gates import ask_gates
from awards.sdk.compiled import CompiledCriterion, compile_criterion, divided
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Indicator


def select_candidates(
    snapshot: pl.LazyFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.LazyFrame:
    """The category's candidates: id, attributes and indicators, sorted by id.

    An attribute or indicator that the snapshot lacks is missing for everybody.
    Raises `RunRefused` for a filter on an attribute that the snapshot lacks, for an
    id that stands in it twice, and when nobody is in the category.
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
    return _by_id(chosen.select("id", *facts), definition)


def _by_id(candidates: pl.LazyFrame, definition: CategoryDefinition) -> pl.LazyFrame:
    """*candidates* sorted, as those of a snapshot already are, and no id twice."""
    before = pl.col("id").shift(1)
    order = candidates.select(
        rows=pl.len(),
        unsorted=(pl.col("id") < before).any(),
        twice=(pl.col("id") == before).any(),
    )
    rows, unsorted, twice = order.collect(engine="streaming").row(0)
    if unsorted:
        return _by_id(candidates.collect().sort("id").lazy(), definition)
    if twice:
        _refuse_double_ids(candidates)
    if not rows:
        raise RunRefused(
            f"Category {definition.code!r} has no candidate in this snapshot. "
            "Import data of its kind first, or correct the category's filter."
        )
    return candidates


def _refuse_unknown_filters(definition: CategoryDefinition, known: set[str]) -> None:
    for attribute in definition.where:
        if attribute not in known:
            raise RunRefused(
                f"Category {definition.code!r} keeps candidates by {attribute!r}, "
                "but the data has no such column. Add it to the files, or drop the filter."
            )


def _refuse_double_ids(candidates: pl.LazyFrame) -> None:
    twice = candidates.filter(pl.col("id") == pl.col("id").shift(1)).select("id").first()
    raise RunRefused(
        f"Candidate {twice.collect().item()} stands twice in the snapshot. "
        "Correct the file that names it twice, and take the snapshot again."
    )


def measure(
    candidates: Frame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    engine: Engine = POLARS,
) -> Frame:
    """*candidates* with the outcome of every gate and each criterion's raw value
    and reason."""
    asked = ask_gates(candidates, definition, rulebook=rulebook, engine=engine)
    return with_raw_values(asked, definition, rulebook=rulebook)


def with_raw_values(asked: Frame, definition: CategoryDefinition, *, rulebook: RuleBook) -> Frame:
    """*asked*, which has the outcomes of gates, with raw values and reasons."""
    found: dict[str, nw.Expr] = {}
    for leaf in definition.tree.leaves():
        compiled = compile_leaf(leaf, rulebook=rulebook)
        found[columns.raw(leaf.code)] = compiled.raw
        found[columns.reason(leaf.code)] = compiled.reason
    return asked.with_columns(**found)


def compile_leaf(leaf: Leaf, *, rulebook: RuleBook) -> CompiledCriterion:
    """The columns of a criterion in the tree: its raw value, divided by its denominator.

    A denominator that is a criterion is measured with its default parameters.
    """
    compiled = compile_criterion(rulebook.criterion(leaf.code), leaf.parameters)
    if leaf.denominator is None:
        return compiled
    below = rulebook.denominator(leaf.denominator)
    if isinstance(below, Indicator):
        return divided(compiled, nw.col(below.code))
    return divided(compiled, compile_criterion(below, {}).raw)
