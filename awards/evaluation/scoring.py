"""Steps 4 and 5: raw values to points, and points up the criteria tree."""

from collections.abc import Callable

import narwhals as nw

from awards.domain.definition import CategoryDefinition, Group, Leaf
from awards.evaluation import columns
from awards.evaluation.caps import capped
from awards.evaluation.cohorts import (
    Cohort,
    Cohorts,
    scale_value,
    treated,
    unknown,
    with_inputs,
)
from awards.evaluation.engines.engine import Engine, Frame
from awards.evaluation.engines.polars import POLARS
from awards.evaluation.errors import RunRefused
from awards.evaluation.faults import REFUSED
from awards.evaluation.standings import TOLERANCE, any_of, lowered, ranked, standing
from awards.evaluation.ties import counts_of_full_points
from awards.sdk.aggregations import Branch
from awards.sdk.compiled import Reason, check_parameters
from awards.sdk.rulebook import RuleBook
from awards.sdk.scales import ScaleInput
from awards.sdk.types import Kind


def score(
    measured: Frame,
    definition: CategoryDefinition,
    *,
    rulebook: RuleBook,
    cohorts: Cohorts,
    engine: Engine = POLARS,
) -> Frame:
    """*measured* with points, weights in force, group values and ``standing``.

    Points, weights and values are missing for candidates that are not ranked.
    *cohorts* are the statistics that scales need.
    """
    judged = with_inputs(measured, definition, cohorts, engine=engine)
    judged = judged.with_columns(standing=standing(definition))
    scored = _with_points(judged, definition, rulebook=rulebook, cohorts=cohorts)
    scored = combine_groups(scored, definition.tree, rulebook=rulebook)
    scored = scored.with_columns(**_weights_in_force(definition.tree, nw.lit(100.0)))
    return _without_unranked(scored, definition)


def weigh_again(scored: Frame, definition: CategoryDefinition, *, rulebook: RuleBook) -> Frame:
    """*scored*, which has points, reasons and standing, with the values of groups under
    the weights of *definition*; missing for candidates that are not ranked."""
    found = combine_groups(scored, definition.tree, rulebook=rulebook)
    root = nw.col(columns.value(definition.tree.code))
    found = found.with_columns(standing=lowered(root.is_null()))
    names = [columns.value(group.code) for group in definition.tree.groups()]
    return found.with_columns(**{name: nw.when(ranked()).then(nw.col(name)) for name in names})


def combine_groups(frame: Frame, tree: Group, *, rulebook: RuleBook) -> Frame:
    """*frame*, which has points, reasons and standing, with the value of each group."""
    for group in tree.settled():
        frame = _with_group(frame, group, tree=tree, rulebook=rulebook)
    return frame


def _with_points(
    frame: Frame, definition: CategoryDefinition, *, rulebook: RuleBook, cohorts: Cohorts
) -> Frame:
    kind = rulebook.kind(definition.kind)
    found = {
        columns.points(leaf.code): _points(leaf, cohorts[leaf.code], kind=kind, rulebook=rulebook)
        for leaf in definition.tree.leaves()
    }
    found |= {
        columns.treated(leaf.code): treated(leaf, cohorts[leaf.code])
        for leaf in definition.tree.leaves()
        if leaf.winsorize is not None
    }
    return _with_off_scale(frame.with_columns(**found), definition)


def _points(leaf: Leaf, cohort: Cohort, *, kind: Kind, rulebook: RuleBook) -> nw.Expr:
    scale, criterion = rulebook.scale(leaf.scale.code), rulebook.criterion(leaf.code)
    parameters = check_parameters(
        scale.parameters, leaf.scale.parameters, f"scale {scale.code!r} of {leaf.code!r}"
    )
    given = ScaleInput(
        value=scale_value(leaf),
        cohort={name: cohort.statistic(name, leaf.code) for name in scale.statistics},
        attribute=_attributes(kind, scale.code),
        less_is_better=criterion.less_is_better,
    )
    points = scale.points(given, parameters).cast(nw.Float64)
    if leaf.cohort is not None and scale.statistics:
        points = nw.when(~nw.col(leaf.cohort).is_null()).then(points)
    if scale.allows is not None:
        refused = ~scale.allows(nw.col(columns.raw(leaf.code)), parameters)
        points = nw.when(refused).then(nw.lit(REFUSED)).otherwise(points)
    if leaf.missing == "zero":
        return nw.when(unknown(leaf)).then(nw.lit(0.0)).otherwise(points)
    return points


def _attributes(kind: Kind, scale: str) -> Callable[[str], nw.Expr]:
    known = sorted(each.code for each in kind.attributes)

    def attribute(code: str) -> nw.Expr:
        if code not in known:
            raise RunRefused(
                f"Scale {scale!r} asks for {code!r}, but a candidate of kind {kind.code!r} has "
                f"only {', '.join(known) or 'no attributes'}. Correct the scale's parameters."
            )
        return nw.col(code)

    return attribute


def _with_off_scale(frame: Frame, definition: CategoryDefinition) -> Frame:
    """Measured values that the scale gives no points count as missing; what neither
    zero nor re-weighting stands in for leaves the candidate out."""
    reasons: dict[str, nw.Expr] = {}
    points: dict[str, nw.Expr] = {}
    lost: list[nw.Expr] = []
    for leaf in definition.tree.leaves():
        score_, reason = nw.col(columns.points(leaf.code)), nw.col(columns.reason(leaf.code))
        off = score_.is_null() & ~nw.col(columns.raw(leaf.code)).is_null()
        reasons[columns.reason(leaf.code)] = (
            nw.when(off).then(nw.lit(columns.OFF_SCALE, dtype=nw.Int8)).otherwise(reason)
        )
        if leaf.missing == "zero":
            points[columns.points(leaf.code)] = nw.when(off).then(nw.lit(0.0)).otherwise(score_)
        elif leaf.missing != "reweight":
            lost.append(score_.is_null() & (reason != int(Reason.NOT_APPLICABLE)))
    return frame.with_columns(**reasons, **points, standing=lowered(any_of(lost)))


def _with_group(frame: Frame, group: Group, *, tree: Group, rulebook: RuleBook) -> Frame:
    """The value of *group*: missing when nothing in it applies; when less than
    its least share of weight remains, the candidate is not assessable."""
    present = {each.code: ~nw.col(_column(each)).is_null() for each in group.children}
    whole = sum(each.weight for each in group.children)
    remaining = nw.sum_horizontal(
        *(_gated(present[each.code], each.weight) for each in group.children)
    )
    branches = tuple(
        Branch(
            points=nw.coalesce(nw.col(_column(each)), nw.lit(100.0)),
            weight=_gated(present[each.code], each.weight) / remaining,
            full=each.weight,
        )
        for each in group.children
    )
    combined = rulebook.bound_aggregation(group.aggregation).combine(branches)
    enough = remaining / whole >= group.least_share - TOLERANCE
    kept = (remaining > 0) & enough
    return frame.with_columns(
        **{columns.value(group.code): nw.when(kept).then(capped(combined, group, tree))},
        standing=lowered(~kept & ~_nothing_applies(group)),
    )


def _nothing_applies(group: Group) -> nw.Expr:
    reasons = [nw.col(columns.reason(leaf.code)) for leaf in group.leaves()]
    return nw.all_horizontal(
        *(each == int(Reason.NOT_APPLICABLE) for each in reasons), ignore_nulls=False
    )


def _weights_in_force(group: Group, share: nw.Expr) -> dict[str, nw.Expr]:
    remaining = nw.sum_horizontal(
        *(_gated(~nw.col(_column(each)).is_null(), each.weight) for each in group.children)
    )
    found: dict[str, nw.Expr] = {}
    for each in group.children:
        part = _gated(~nw.col(_column(each)).is_null(), each.weight) * share
        own = nw.when(remaining > 0).then(part / remaining).otherwise(nw.lit(0.0))
        if isinstance(each, Leaf):
            found[columns.weight(each.code)] = own
        else:
            found |= _weights_in_force(each, own)
    return found


def _without_unranked(frame: Frame, definition: CategoryDefinition) -> Frame:
    root = nw.col(columns.value(definition.tree.code))
    frame = frame.with_columns(standing=lowered(root.is_null()))
    names = [columns.value(group.code) for group in definition.tree.groups()]
    for leaf in definition.tree.leaves():
        names += [columns.points(leaf.code), columns.weight(leaf.code)]
        names += [columns.treated(leaf.code)] * (leaf.winsorize is not None)
    frame = frame.with_columns(**{name: nw.when(ranked()).then(nw.col(name)) for name in names})
    counted = counts_of_full_points(definition)
    return frame.with_columns(**counted) if counted else frame


def _column(child: Group | Leaf) -> str:
    return columns.points(child.code) if isinstance(child, Leaf) else columns.value(child.code)


def _gated(present: nw.Expr, weight: float) -> nw.Expr:
    return nw.when(present).then(nw.lit(float(weight))).otherwise(nw.lit(0.0))
