"""Where the points of a total come from, for any tree of aggregations.

Every aggregation says how the points that a group lacks (``100 − value``) fall
to its children. Followed from the root down, each criterion gets the points it
*lost*; with the weight in force, ``contribution = weight − lost``. For a
weighted sum that is weight times points, and for every aggregation the
contributions sum to the total.
"""

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from awards.domain.definition import CategoryDefinition, Group, Leaf
from awards.evaluation import columns
from awards.sdk.aggregations import Branch
from awards.sdk.rulebook import RuleBook


def contribution(code: str) -> str:
    """Column of a criterion's or group's contribution, in points of the total."""
    return f"contribution:{code}"


def add_contributions(
    results: pl.LazyFrame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> pl.LazyFrame:
    """*results* with the contribution of every criterion and group; missing for
    candidates that are not ranked. A criterion that was re-weighted away
    contributes 0."""
    frame = nw.from_native(results)
    frame = frame.with_columns(nw.col("total").alias(contribution(definition.tree.code)))
    for group in definition.tree.groups():
        frame = frame.with_columns(**_of_children(group, rulebook))
    return frame.to_native()


def _of_children(group: Group, rulebook: RuleBook) -> Mapping[str, nw.Expr]:
    lost = _weight(group) - nw.col(contribution(group.code))
    value = nw.col(columns.value(group.code))
    branches = tuple(_branch(each, _weight(group)) for each in group.children)
    losses = _losses(group, branches, value, rulebook)
    missing = 100.0 - value
    found: dict[str, nw.Expr] = {}
    for each, own in zip(group.children, losses, strict=True):
        part = nw.when(missing != 0).then(lost * own / missing).otherwise(nw.lit(0.0))
        part = nw.when(~value.is_null()).then(part).otherwise(nw.lit(0.0))
        found[contribution(each.code)] = _weight(each) - part
    return found


def _losses(
    group: Group, branches: tuple[Branch, ...], value: nw.Expr, rulebook: RuleBook
) -> tuple[nw.Expr, ...]:
    """How the points that *value* lacks fall to the children. A cap takes the same part
    of what each of them brings."""
    aggregation = rulebook.bound_aggregation(group.aggregation)
    if group.cap is None:
        return aggregation.losses(branches, value)
    before = aggregation.combine(branches)
    kept = nw.when(before > 0.0).then(value / before).otherwise(0.0 * value)
    pairs = zip(branches, aggregation.losses(branches, before), strict=True)
    return tuple(100.0 * b.weight - kept * (100.0 * b.weight - loss) for b, loss in pairs)


def _branch(child: Group | Leaf, whole: nw.Expr) -> Branch:
    name = columns.points(child.code) if isinstance(child, Leaf) else columns.value(child.code)
    share = nw.when(whole > 0).then(_weight(child) / whole).otherwise(nw.lit(0.0))
    return Branch(points=nw.coalesce(nw.col(name), nw.lit(100.0)), weight=share, full=child.weight)


def _weight(child: Group | Leaf) -> nw.Expr:
    leaves = [child] if isinstance(child, Leaf) else list(child.leaves())
    weights = [nw.col(columns.weight(leaf.code)) for leaf in leaves]
    total = weights[0]
    for each in weights[1:]:
        total = total + each
    return total
