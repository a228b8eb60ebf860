"""Two results tables side by side: what each criterion did to each total, and why."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Literal

import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.definition import CategoryDefinition, Leaf
from awards.evaluation import columns
from awards.evaluation.contributions import add_contributions, contribution
from awards.sdk.rulebook import RuleBook

CAUSES = ("rules", "absence", "value", "cohort", "weight", "rest")
"""The first that holds is the cause."""

Side = Literal["before", "after"]
_SMALL = 0.5 / QUANTA
_POLICIES = {"missing", "not_applicable", "missing_by"}
_BESIDE = {"weight", *_POLICIES}


@dataclass(frozen=True)
class Sides:
    """The definitions of both runs."""

    before: CategoryDefinition
    after: CategoryDefinition

    @property
    def ruled(self) -> Set[str]:
        """Criteria that one run lacks, or whose scale or parameters differ."""
        return self._differing(lambda leaf: leaf.model_dump(exclude=_BESIDE))

    @property
    def policied(self) -> Set[str]:
        """Criteria whose policies for absent values differ."""
        return self._differing(lambda leaf: leaf.model_dump(include=_POLICIES))

    def _differing(self, told: Callable[[Leaf], object]) -> Set[str]:
        old = {leaf.code: told(leaf) for leaf in self.before.tree.leaves()}
        new = {leaf.code: told(leaf) for leaf in self.after.tree.leaves()}
        return {code for code in self.codes if old.get(code) != new.get(code)}

    @property
    def codes(self) -> tuple[str, ...]:
        """Criteria of both, those of the second run first."""
        both = [leaf.code for each in (self.after, self.before) for leaf in each.tree.leaves()]
        return tuple(dict.fromkeys(both))

    def has(self, side: Side, code: str) -> bool:
        definition = self.before if side == "before" else self.after
        return any(leaf.code == code for leaf in definition.tree.leaves())


def side(name: Side, column: str) -> str:
    """The name of a run's column in the compared table."""
    return f"{name} {column}"


def compare_results(
    before: pl.LazyFrame, after: pl.LazyFrame, sides: Sides, *, rulebook: RuleBook
) -> pl.LazyFrame:
    """One row for each candidate of either run, by id.

    The columns of both, each named by `side`; for every criterion ``difference:x`` (of the
    contributions, missing unless ranked in both), ``by_points:x``, ``by_weight:x`` and
    ``cause:x`` (missing where nothing changed); and ``fate``: ``up``, ``down``, ``same``,
    ``entered``, ``left``, ``unranked``, ``new`` or ``gone``.
    """
    frames = [
        _named("before", before, sides.before, rulebook),
        _named("after", after, sides.after, rulebook),
    ]
    joined = frames[0].join(frames[1], on="id", how="full", coalesce=True).sort("id")
    lacking = {
        side(name, what(code)): pl.lit(None, pl.Int8 if what is columns.reason else pl.Float64)
        for name in ("before", "after")
        for code in sides.codes
        if not sides.has(name, code)
        for what in (columns.raw, columns.points, columns.weight, columns.reason, contribution)
    }
    whole = joined.with_columns(**lacking).with_columns(fate=_fate())
    shares = {name: each for code in sides.codes for name, each in _share(code).items()}
    causes = {f"cause:{code}": _cause(code, sides) for code in sides.codes}
    return whole.with_columns(**shares).with_columns(**causes)


def _named(
    name: Side, results: pl.LazyFrame, definition: CategoryDefinition, rulebook: RuleBook
) -> pl.LazyFrame:
    told = add_contributions(results, definition, rulebook=rulebook)
    return told.select("id", pl.exclude("id").name.prefix(side(name, "")))


def _both(column: str) -> tuple[pl.Expr, pl.Expr]:
    return pl.col(side("before", column)), pl.col(side("after", column))


def _fate() -> pl.Expr:
    (known, known_now), (place, place_now) = _both("standing"), _both("place")
    cases: Sequence[tuple[str, pl.Expr]] = (
        ("new", known.is_null()),
        ("gone", known_now.is_null()),
        ("unranked", place.is_null() & place_now.is_null()),
        ("entered", place.is_null()),
        ("left", place_now.is_null()),
        ("up", place_now < place),
        ("down", place_now > place),
    )
    return pl.coalesce(*(pl.when(each).then(pl.lit(word)) for word, each in cases), pl.lit("same"))


def _share(code: str) -> dict[str, pl.Expr]:
    """The difference of contributions, and what of it is due to points and to weight."""
    ranked = pl.all_horizontal(each.is_not_null() for each in _both("place"))
    given, given_now = (each.fill_null(0.0) for each in _both(contribution(code)))
    points, points_now = _both(columns.points(code))
    weight, weight_now = (each.fill_null(0.0) for each in _both(columns.weight(code)))
    old, new = pl.coalesce(points, points_now, 0.0), pl.coalesce(points_now, points, 0.0)
    return {
        f"difference:{code}": pl.when(ranked).then(given_now - given),
        f"by_points:{code}": pl.when(ranked).then((weight + weight_now) / 2 * (new - old) / 100),
        f"by_weight:{code}": pl.when(ranked).then((old + new) / 2 * (weight_now - weight) / 100),
    }


def _cause(code: str, sides: Sides) -> pl.Expr:
    reason, reason_now = _both(columns.reason(code))
    absent = (reason != 0) & (reason_now != 0)
    cases = (
        pl.lit(code in sides.ruled) | (pl.lit(code in sides.policied) & absent),
        reason != reason_now,
        _differ(columns.raw(code)),
        _differ(columns.points(code)),
        _differ(columns.weight(code)),
    )
    told = [pl.when(each).then(pl.lit(word)) for word, each in zip(CAUSES, cases, strict=False)]
    moved = pl.col(f"difference:{code}").abs() > _SMALL
    return pl.when(moved).then(pl.coalesce(*told, pl.lit(CAUSES[-1])))


def _differ(column: str) -> pl.Expr:
    old, new = ((each * QUANTA).round() for each in _both(column))
    return old.ne_missing(new)


def movements(compared: pl.LazyFrame, codes: Sequence[str]) -> pl.DataFrame:
    """For each criterion, over all candidates that are ranked in both runs: ``criterion``,
    ``size`` and ``mean`` of the differences, and how many have each of `CAUSES`."""
    ranked = compared.filter(pl.col("fate").is_in(["up", "down", "same"]))
    found = [
        ranked.select(
            pl.lit(code).alias("criterion"),
            pl.col(f"difference:{code}").abs().mean().alias("size"),
            pl.col(f"difference:{code}").mean().alias("mean"),
            *((pl.col(f"cause:{code}") == cause).sum().alias(cause) for cause in CAUSES),
        )
        for code in codes
    ]
    return pl.concat(pl.collect_all(found))


def greatest(compared: pl.LazyFrame, fates: Sequence[str], *, most: int) -> pl.DataFrame:
    """The first *most* candidates of *fates*: the greatest change of place first, then of
    total, then by the better place and by id."""
    place, place_now = _both("place")
    total, total_now = _both("total")
    moves = (place_now - place).abs().fill_null(0)
    points = (total_now - total).abs().fill_null(0.0)
    order = [-moves, -points, pl.coalesce(place_now, place), pl.col("id")]
    chosen = compared.filter(pl.col("fate").is_in(list(fates)))
    return chosen.sort(order, nulls_last=True).head(most).collect()
