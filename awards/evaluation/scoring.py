"""Steps 4 and 5: raw values to points, and points up the criteria tree."""

from collections.abc import Callable, Mapping

import narwhals as nw

from awards.domain.definition import CategoryDefinition, Group, Leaf
from awards.evaluation import columns
from awards.evaluation.columns import Standing
from awards.evaluation.errors import RunRefused
from awards.evaluation.rows import Frame
from awards.sdk.compiled import Outcome, Reason, check_parameters
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Branch, Kind, ScaleInput, Statistic

Cohort = Mapping[Statistic, float | None]
Cohorts = Mapping[str, Cohort]
"""Statistics by criterion."""

_SHARE_TOLERANCE = 1e-9


def cohort_statistics(
    measured: Frame, definition: CategoryDefinition, *, rulebook: RuleBook
) -> Cohorts:
    """What scales have to know of everybody: statistics of each criterion's raw value
    over the candidates that are still eligible; None where none of them has a value.

    None of the three is a sum, so neither order nor threads can change them.
    """
    needed = {leaf.code: _statistics(leaf, rulebook) for leaf in definition.tree.leaves()}
    found: dict[str, nw.Expr] = {}
    for code, statistics in needed.items():
        raw = nw.when(_ranked()).then(nw.col(columns.raw(code)))
        said = {"minimum": raw.min(), "maximum": raw.max(), "median": raw.median()}
        found |= {f"{each}:{code}": said[each] for each in statistics}
    if not found:
        return {code: {} for code in needed}
    query = measured.with_columns(standing=_standing(definition)).select(**found)
    row = query.to_native().collect(engine="streaming").row(0, named=True)
    return {
        code: {each: row[f"{each}:{code}"] for each in statistics}
        for code, statistics in needed.items()
    }


def score(
    measured: Frame, definition: CategoryDefinition, *, rulebook: RuleBook, cohorts: Cohorts
) -> Frame:
    """*measured* with points, weights in force, group values and ``standing``.

    Points, weights and values are missing for candidates that are not ranked.
    *cohorts* are the statistics that scales need.
    """
    standing = measured.with_columns(standing=_standing(definition))
    scored = _with_points(standing, definition, rulebook=rulebook, cohorts=cohorts)
    scored = combine_groups(scored, definition.tree, rulebook=rulebook)
    scored = scored.with_columns(**_weights_in_force(definition.tree, nw.lit(100.0)))
    return _without_unranked(scored, definition)


def weigh_again(scored: Frame, definition: CategoryDefinition, *, rulebook: RuleBook) -> Frame:
    """*scored*, which has points, reasons and standing, with the values of groups under
    the weights of *definition*; missing for candidates that are not ranked."""
    found = combine_groups(scored, definition.tree, rulebook=rulebook)
    root = nw.col(columns.value(definition.tree.code))
    found = found.with_columns(standing=_lowered(root.is_null()))
    names = [columns.value(group.code) for group in definition.tree.groups()]
    return found.with_columns(**{name: nw.when(_ranked()).then(nw.col(name)) for name in names})


def combine_groups(frame: Frame, tree: Group, *, rulebook: RuleBook) -> Frame:
    """*frame*, which has points, reasons and standing, with the value of each group."""
    for group in reversed(list(tree.groups())):
        frame = _with_group(frame, group, rulebook=rulebook)
    return frame


def _standing(definition: CategoryDefinition) -> nw.Expr:
    gates = [nw.col(columns.gate(use.code)) for use in definition.gates]
    failed = _any([each == int(Outcome.FAIL) for each in gates])
    unknown = [each == int(Outcome.NOT_ASSESSABLE) for each in gates]
    unknown += [_excluded_by_policy(leaf) for leaf in definition.tree.leaves()]
    return (
        nw.when(failed)
        .then(_code(Standing.INELIGIBLE))
        .otherwise(
            nw.when(_any(unknown))
            .then(_code(Standing.NOT_ASSESSABLE))
            .otherwise(_code(Standing.RANKED))
        )
    )


def _excluded_by_policy(leaf: Leaf) -> nw.Expr:
    reason = nw.col(columns.reason(leaf.code))
    refused = []
    if leaf.missing == "ineligible":
        refused += [reason == int(Reason.MISSING), reason == int(Reason.ZERO_DENOMINATOR)]
    if leaf.not_applicable == "ineligible":
        refused.append(reason == int(Reason.NOT_APPLICABLE))
    return _any(refused)


def _with_points(
    frame: Frame, definition: CategoryDefinition, *, rulebook: RuleBook, cohorts: Cohorts
) -> Frame:
    kind = rulebook.kind(definition.kind)
    found = {
        columns.points(leaf.code): _points(leaf, cohorts[leaf.code], kind=kind, rulebook=rulebook)
        for leaf in definition.tree.leaves()
    }
    return _with_off_scale(frame.with_columns(**found), definition)


def _statistics(leaf: Leaf, rulebook: RuleBook) -> set[Statistic]:
    imputed: set[Statistic] = {"median"} if leaf.missing == "median" else set()
    return imputed | set(rulebook.scale(leaf.scale.code).statistics)


def _points(leaf: Leaf, cohort: Cohort, *, kind: Kind, rulebook: RuleBook) -> nw.Expr:
    scale, criterion = rulebook.scale(leaf.scale.code), rulebook.criterion(leaf.code)
    parameters = check_parameters(
        scale.parameters, leaf.scale.parameters, f"scale {scale.code!r} of {leaf.code!r}"
    )
    raw, reason = nw.col(columns.raw(leaf.code)), nw.col(columns.reason(leaf.code))
    unknown = raw.is_null() & (reason != int(Reason.NOT_APPLICABLE))
    if leaf.missing == "median" and cohort["median"] is not None:
        raw = nw.when(unknown).then(nw.lit(cohort["median"])).otherwise(raw)
    given = ScaleInput(
        value=raw,
        cohort={name: cohort[name] or 0.0 for name in scale.statistics},
        attribute=_attributes(kind, scale.code),
        less_is_better=criterion.less_is_better,
    )
    points = scale.points(given, parameters).cast(nw.Float64)
    if leaf.missing == "zero":
        return nw.when(unknown).then(nw.lit(0.0)).otherwise(points)
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
    return frame.with_columns(**reasons, **points, standing=_lowered(_any(lost)))


def _lowered(condition: nw.Expr) -> nw.Expr:
    return (
        nw.when(condition & _ranked())
        .then(_code(Standing.NOT_ASSESSABLE))
        .otherwise(nw.col("standing"))
    )


def _with_group(frame: Frame, group: Group, *, rulebook: RuleBook) -> Frame:
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
        )
        for each in group.children
    )
    combined = rulebook.aggregation(group.aggregation.code).combine(branches)
    enough = remaining / whole >= group.least_share - _SHARE_TOLERANCE
    kept = (remaining > 0) & enough
    return frame.with_columns(
        **{columns.value(group.code): nw.when(kept).then(combined)},
        standing=_lowered(~kept & ~_nothing_applies(group)),
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
    frame = frame.with_columns(standing=_lowered(root.is_null()))
    names = [columns.value(group.code) for group in definition.tree.groups()]
    for leaf in definition.tree.leaves():
        names += [columns.points(leaf.code), columns.weight(leaf.code)]
    return frame.with_columns(**{name: nw.when(_ranked()).then(nw.col(name)) for name in names})


def _column(child: Group | Leaf) -> str:
    return columns.points(child.code) if isinstance(child, Leaf) else columns.value(child.code)


def _gated(present: nw.Expr, weight: float) -> nw.Expr:
    return nw.when(present).then(nw.lit(float(weight))).otherwise(nw.lit(0.0))


def _any(conditions: list[nw.Expr]) -> nw.Expr:
    if not conditions:
        return nw.lit(value=False)
    return nw.any_horizontal(*conditions, ignore_nulls=True)


def _ranked() -> nw.Expr:
    return nw.col("standing") == int(Standing.RANKED)


def _code(standing: Standing) -> nw.Expr:
    return nw.lit(int(standing), dtype=nw.Int8)
