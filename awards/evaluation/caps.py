"""What a group reaches at most, by another node of the tree."""

import narwhals as nw

from awards.domain.canonical import QUANTA
from awards.domain.definition import Cap, Group
from awards.evaluation import columns
from awards.evaluation.exact import quanta
from awards.sdk.expressions import share


def capped(value: nw.Expr, group: Group, tree: Group) -> nw.Expr:
    """*value* of *group*, or its cap where that is lower; no cap where the node that
    caps has no points."""
    if group.cap is None:
        return value
    most = _most(nw.col(columns.node(tree, group.cap.by)), group.cap)
    return nw.when(value > most).then(most).otherwise(value)


def _most(by: nw.Expr, cap: Cap) -> nw.Expr:
    """Steps are compared as integers of 10⁻⁹, like everything that decides."""
    if not cap.steps:
        return by + cap.plus
    points = share(quanta(by), of=QUANTA)
    reached = [nw.when(points >= edge).then(nw.lit(float(most))) for edge, most in cap.steps]
    lowest = nw.when(points < cap.steps[0][0]).then(nw.lit(float(cap.steps[0][1])))
    return nw.coalesce(*reversed(reached), lowest)
