"""Who is invited to an interview: those that the figures speak for, as near as can be
told before anything is evaluated."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from .chance import Bools, Floats, Ints

_GROWTH, _CONTRIBUTION_GROWTH, _HELPED = 0.05, 0.1, 0.1


def best(merit: Floats, count: int) -> Ints:
    """The positions of the *count* highest, in order of position."""
    return np.asarray(np.sort(np.argsort(-merit, kind="stable")[:count]), dtype=np.int64)


def best_of_each(merit: Floats, groups: Sequence[Bools], *, count: int) -> Ints:
    """The *count* best of each of *groups*, which are masks."""
    found = [best(np.where(group, merit, -np.inf), count) for group in groups]
    return np.sort(np.concatenate(found))


def company_merit(companies: pl.DataFrame, partners: pl.DataFrame) -> Floats:
    """About how well each company does, 0 to 1; -1 where a cell is empty, somebody is
    not covered, wages are missing from the reports or contributions were late."""
    told = companies.join(
        _partners(companies, partners), on="id", how="left", maintain_order="left"
    )
    sound = (
        (pl.col("active_participants") == pl.col("workers"))
        & (pl.col("reported_wages") == pl.col("paid_wages"))
        & (pl.col("months_paid_on_time") == 12)
        & (pl.col("arrears") == 0)
        & ~pl.any_horizontal(pl.col(companies.columns).is_null())
    )
    merit = 0.6 * _compliance() + 0.15 * _digital() + 0.25 * _care()
    found = told.select(pl.when(sound).then(merit).otherwise(-1.0).fill_null(-1.0))
    return found.to_series().to_numpy()


def _partners(companies: pl.DataFrame, partners: pl.DataFrame) -> pl.DataFrame:
    """The share of each company's partners that are in the register."""
    known = pl.col("partner_id").is_in(set(companies["id"])).fill_null(value=False)
    return partners.group_by("id", maintain_order=True).agg(partners=known.mean())


def _compliance() -> pl.Expr:
    people = pl.col("active_participants") / pl.col("participants_before") - 1
    money = pl.col("contributions") / pl.col("contributions_before") - 1
    reached = _capped(people / _GROWTH) * 3 + _capped(money / _CONTRIBUTION_GROWTH) * 3
    return (44 + reached) / 50


def _digital() -> pl.Expr:
    app = pl.col("app_users") / pl.col("active_participants")
    return (pl.col("sipp_months") / 12 * 8 + app * 7) / 15


def _care() -> pl.Expr:
    """The mean of what is asked of the company: not every one has partners or suppliers."""
    supplied = pl.col("suppliers_registered") / pl.col("suppliers")
    helped = _capped(pl.col("vulnerable_workers_paid_for") / pl.col("workers") / _HELPED)
    asked = [(pl.col("partners"), 8), (supplied.fill_nan(None), 6), (helped, 6)]
    points = sum(((each * weight).fill_null(0.0) for each, weight in asked), pl.lit(0.0))
    weights = sum((each.is_not_null() * weight for each, weight in asked), pl.lit(0))
    return points / weights


def _capped(share: pl.Expr) -> pl.Expr:
    """0 to 1; 1 where there was nothing before to grow from."""
    return pl.when(share.is_finite()).then(share.clip(0.0, 1.0)).otherwise(1.0)
