"""The difference between two runs: who moved, through which criterion or value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import polars as pl

from awards.domain.definition import CategoryDefinition
from awards.domain.differences import (
    Cause,
    Changed,
    Counts,
    CriterionMovement,
    RunDifference,
    Stranger,
)
from awards.domain.errors import Refused
from awards.evaluation.differences import CAUSES, Sides, compare_results, greatest, movements
from awards.sdk.rulebook import RuleBook
from awards.services.moves import Moves, names_of
from awards.services.sealed import SealedRun

MOST = 20
"""So many candidates of each list are told of, unless asked for otherwise."""


@dataclass(frozen=True)
class Choice:
    """How many of each list are told of, or which candidates alone."""

    most: int = MOST
    candidates: tuple[str, ...] = ()


def compare_runs(
    before: SealedRun, after: SealedRun, *, rulebook: RuleBook, choice: Choice | None = None
) -> RunDifference:
    """Compare two runs of one kind of candidate, of one edition or of two; candidates are
    joined by id.

    For everyone in both, the differences of the contributions sum to the difference of
    the totals. Raises `Refused` for runs over different kinds of candidates.
    """
    sides = Sides(before.definition, after.definition)
    _refuse_strangers(sides)
    chosen = choice or Choice()
    # Every list reads it again; kept, it is computed once.
    whole = compare_results(
        before.tables.results, after.tables.results, sides, rulebook=rulebook
    ).collect()
    counts = dict(whole.group_by("fate").len().iter_rows())
    table = whole.lazy()
    if chosen.candidates:
        table = table.filter(pl.col("id").is_in(list(chosen.candidates)))
    moves = Moves(before, after, rulebook=rulebook)
    first = {
        fates: greatest(table, fates, most=chosen.most)
        for fates in (("up", "down", "same"), ("entered",), ("left",), ("new",), ("gone",))
    }
    changed_places = _worth_telling(first["up", "down", "same"], whole=not chosen.candidates)
    return RunDifference(
        before=before.seal,
        after=after.seal,
        editions=(before.manifest["edition"], after.manifest["edition"]),
        changed=tuple(_changed(before, after)),
        counts=Counts(**{name: counts.get(name, 0) for name in Counts.__dataclass_fields__}),
        criteria=_criteria(whole.lazy(), sides, rulebook),
        moved=moves.told(changed_places),
        entered=moves.told(first["entered",]),
        left=moves.told(first["left",]),
        new=_strangers(first["new",], after, "after"),
        gone=_strangers(first["gone",], before, "before"),
    )


def _refuse_strangers(sides: Sides) -> None:
    if sides.before.kind != sides.after.kind:
        raise Refused(
            f"The runs judge different kinds of candidates, {sides.before.kind!r} and "
            f"{sides.after.kind!r}: there is nothing to compare. Give two runs of one category."
        )


def _worth_telling(found: pl.DataFrame, *, whole: bool) -> pl.DataFrame:
    """Those whose place or total differs; all of *found* where candidates were named."""
    if not whole:
        return found
    place = pl.col("before place") != pl.col("after place")
    total = (pl.col("before total") - pl.col("after total")).abs() > 0.5e-9
    return found.filter(place | total)


def _criteria(
    whole: pl.LazyFrame, sides: Sides, rulebook: RuleBook
) -> tuple[CriterionMovement, ...]:
    found = movements(whole, sides.codes)
    return tuple(
        CriterionMovement(
            criterion=row["criterion"],
            words=rulebook.criterion(row["criterion"]).title,
            causes=tuple((cast(Cause, each), row[each]) for each in CAUSES if row[each]),
            mean_size=row["size"] or 0.0,
            mean=row["mean"] or 0.0,
        )
        for row in found.iter_rows(named=True)
    )


def _strangers(found: pl.DataFrame, run: SealedRun, side: str) -> tuple[Stranger, ...]:
    names = names_of(run, found["id"].to_list())
    return tuple(
        Stranger(
            id=row["id"],
            name=names.get(row["id"]) or row["id"],
            place=row[f"{side} place"],
            total=row[f"{side} total"],
        )
        for row in found.iter_rows(named=True)
    )


def _changed(before: SealedRun, after: SealedRun) -> Iterator[Changed]:
    """What the runs were made of that differs: data, rules word for word, and software."""
    pairs = [
        ("snapshot", before.manifest["inputs"]["snapshot"], after.manifest["inputs"]["snapshot"])
    ]
    for what, told in (
        ("rule", _rules),
        ("plugin", lambda run: {each["plugin"]: _version(each) for each in run.manifest["rules"]}),
        ("version", lambda run: run.manifest["versions"]),
    ):
        old, new = told(before), told(after)
        names = dict.fromkeys((*old, *new))
        pairs += [(f"{what} {name}", old.get(name), new.get(name)) for name in names]
    for name, one, other in pairs:
        if one != other:
            yield Changed(what=name, before=one, after=other)


def _version(plugin: Mapping[str, str]) -> str:
    return f"{plugin['version']} ({plugin['digest'][:12]})"


def _rules(run: SealedRun) -> Mapping[str, Any]:
    return dict(_flat(_named(run.definition), ""))


def _named(definition: CategoryDefinition) -> dict[str, Any]:
    return definition.model_dump(mode="json", exclude={"title", "weights_source"})


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every setting by its path; what has a code stands under it, not under a number."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _flat(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value and all(map(_coded, value)):
        for each in value:
            yield from _flat(each, f"{path}[{_coded(each)}]")
    else:
        yield path, value


def _coded(value: object) -> Any:
    return (value.get("criterion") or value.get("code")) if isinstance(value, dict) else None
