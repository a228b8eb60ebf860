"""Values of groups from the rules' own expressions, for aggregations that plugins add."""

import narwhals as nw
import numpy as np
import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.evaluation import columns
from awards.evaluation.changes import change_tree, reweight
from awards.evaluation.robustness.placing import Expressed
from awards.evaluation.robustness.tree import Floats, Tree
from awards.evaluation.scoring import combine_groups
from awards.sdk.rulebook import RuleBook


def express(
    frame: pl.DataFrame, definition: CategoryDefinition, *, tree: Tree, rulebook: RuleBook
) -> Expressed:
    """A function that gives the values of groups (groups × candidates) by points and
    weights. *frame* holds the results of the ranked candidates in their order.

    No least share of weight is asked for: who is ranked was settled by the run. A node
    of weight 0 counts as out of force.
    """
    free = change_tree(
        definition.tree, lambda node: {"least_share": 0.0} if hasattr(node, "least_share") else {}
    )

    def values(points: Floats, weights: Floats) -> Floats:
        given = np.where(weights[: tree.leaves, None] > 0.0, points, np.nan)
        rows = zip(tree.codes, given, strict=False)
        changed = frame.with_columns(
            pl.Series(columns.points(code), row).fill_nan(None) for code, row in rows
        )
        asked = {code: weight for code, weight in zip(tree.codes, weights, strict=True) if weight}
        drawn = reweight(free, {code: float(weight) for code, weight in asked.items()})
        found = combine_groups(nw.from_native(changed.lazy()), drawn, rulebook=rulebook)
        names = [columns.value(code) for code in tree.codes[tree.leaves :]]
        table = found.to_native().select(pl.col(names).fill_null(np.nan)).collect()
        return np.ascontiguousarray(table.to_numpy().T)

    return values
