"""Who stays in: gates passed, nothing needed unknown, enough measured."""

import narwhals as nw

from awards.domain.definition import CategoryDefinition, Leaf
from awards.evaluation import columns
from awards.evaluation.columns import Standing
from awards.sdk.compiled import Outcome, Reason

TOLERANCE = 1e-9
"""Shares are compared with this much to spare: 0.1 + 0.2 is not less than 0.3."""


def standing(definition: CategoryDefinition) -> nw.Expr:
    """The `Standing` of a candidate by gates, policies and availability, before points."""
    deciding = [each for each in definition.gates if each.decides == "standing"]
    gates = [nw.col(columns.gate(each.key)) for each in deciding]
    failed = any_of([each == int(Outcome.FAIL) for each in gates])
    unknown = [each == int(Outcome.NOT_ASSESSABLE) for each in gates]
    unknown += [_excluded_by_policy(leaf) for leaf in definition.tree.leaves()]
    if definition.least_availability is not None:
        unknown.append(_too_little_is_known(definition, definition.least_availability))
    return (
        nw.when(failed)
        .then(_code(Standing.INELIGIBLE))
        .otherwise(
            nw.when(any_of(unknown))
            .then(_code(Standing.NOT_ASSESSABLE))
            .otherwise(_code(Standing.RANKED))
        )
    )


def lowered(condition: nw.Expr) -> nw.Expr:
    """The column ``standing``, not assessable where a ranked candidate meets *condition*."""
    return (
        nw.when(condition & ranked())
        .then(_code(Standing.NOT_ASSESSABLE))
        .otherwise(nw.col("standing"))
    )


def ranked() -> nw.Expr:
    return nw.col("standing") == int(Standing.RANKED)


def any_of(conditions: list[nw.Expr]) -> nw.Expr:
    """Whether one of *conditions* is true; missing ones are not."""
    if not conditions:
        return nw.lit(value=False)
    return nw.any_horizontal(*conditions, ignore_nulls=True)


def availability(definition: CategoryDefinition) -> nw.Expr:
    """Measured criteria as a share of those that arise for the candidate, 0 to 1; missing
    where none arises. A value that is off its scale is measured."""
    measured, arising = _counts(definition)
    return nw.when(arising > 0).then(measured / arising)


def _too_little_is_known(definition: CategoryDefinition, least: float) -> nw.Expr:
    measured, arising = _counts(definition)
    return measured < least * arising - TOLERANCE


def _counts(definition: CategoryDefinition) -> tuple[nw.Expr, nw.Expr]:
    reasons = [nw.col(columns.reason(leaf.code)) for leaf in definition.tree.leaves()]
    known = (int(Reason.MEASURED), columns.OFF_SCALE)
    measured = nw.sum_horizontal(*(_one(each.is_in(known)) for each in reasons))
    arising = nw.sum_horizontal(*(_one(each != int(Reason.NOT_APPLICABLE)) for each in reasons))
    return measured, arising


def _one(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


def _excluded_by_policy(leaf: Leaf) -> nw.Expr:
    reason = nw.col(columns.reason(leaf.code))
    refused = []
    if leaf.missing == "ineligible":
        refused += [reason == int(Reason.MISSING), reason == int(Reason.ZERO_DENOMINATOR)]
    if leaf.not_applicable == "ineligible":
        refused.append(reason == int(Reason.NOT_APPLICABLE))
    return any_of(refused)


def _code(value: Standing) -> nw.Expr:
    return nw.lit(int(value), dtype=nw.Int8)
