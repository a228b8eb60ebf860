"""Compute a run again and say whether it is the same, altered or not comparable."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.errors import NotComparable, NotFound
from awards.evaluation.errors import RunRefused
from awards.evaluation.manifest import Written, rules_of, versions
from awards.sdk.errors import PluginError
from awards.sdk.rulebook import RuleBook
from awards.services.computing import Compute, Task, compute_here
from awards.services.sealed import SealedRun, check_tables

_LISTED = 20

Changes = tuple[tuple[str, str, str], ...]
"""What differs: name, then, now."""


@dataclass(frozen=True, kw_only=True)
class CellDifference:
    """One value that comes out otherwise now."""

    candidate: str
    column: str
    sealed: str
    now: str


@dataclass(frozen=True, kw_only=True)
class Verification:
    """``same``: computed again to the same digest, and what was changed in the
    software meanwhile changed nothing. ``altered``: the same rules and versions
    give something else. ``not_comparable``: rules or versions differ, and so do
    the results."""

    answer: Literal["same", "altered", "not_comparable"]
    seal: str
    sealed_digest: str
    digest: str
    versions: Changes
    differences: tuple[CellDifference, ...]
    differing: int


def verify_run(
    sealed: SealedRun, *, rulebook: RuleBook, compute: Compute = compute_here
) -> Verification:
    """Check the tables of a run against its digests, then compute it again.

    Raises `Altered` when a file is not the one that was sealed, and `NotComparable`
    when a rule that was used is not installed here, or cannot be computed with rules
    or versions that were changed since. What was changed is named, and by itself is
    never called an alteration.
    """
    check_tables(sealed)
    try:
        return _verify(
            sealed,
            compute=lambda task, folder: compute(task, rulebook=rulebook, folder=folder),
            changed=_changed_versions(sealed, rulebook),
        )
    except NotFound as error:
        raise NotComparable(
            f"Run {sealed.seal[:12]} cannot be computed again here. {error} "
            "Install the plugins that its bundle holds, in the environment that it names."
        ) from error


def verify_by(
    sealed: SealedRun, *, compute: Callable[[Task, Path], Written], changed: Changes
) -> Verification:
    """Like `verify_run`, by what *compute* writes into a folder; *changed* is what differs
    from what was sealed."""
    check_tables(sealed)
    return _verify(sealed, compute=compute, changed=changed)


def _verify(
    sealed: SealedRun, *, compute: Callable[[Task, Path], Written], changed: Changes
) -> Verification:
    with TemporaryDirectory(prefix="awards-verify-") as folder:
        try:
            again = compute(_task(sealed), Path(folder) / "run")
        except (RunRefused, PluginError) as error:
            if not changed:
                raise
            names = ", ".join(name for name, _, _ in changed)
            raise NotComparable(
                f"Run {sealed.seal[:12]} cannot be computed again: {names} differ from what was "
                f"sealed, and now: {error} Rebuild the environment that its bundle names."
            ) from error
        return _compare(sealed, again, changed)


def _task(sealed: SealedRun) -> Task:
    return Task(sealed.table, sealed.definition, sealed.history)


def changed_libraries(sealed: SealedRun) -> Changes:
    """The libraries that have another version than the run was sealed with."""
    return _changes(sealed.manifest["versions"], versions())


def _compare(sealed: SealedRun, again: Written, changed: Changes) -> Verification:
    digest, expected = again.results_digest, sealed.manifest["result"]["digest"]
    differences, count = find_differences(
        sealed.tables.results, again.results, same=digest == expected
    )
    answer: Literal["same", "altered", "not_comparable"] = "same"
    sources_differ = again.sources_digest != sealed.manifest["sources"]["digest"]
    if digest != expected or sources_differ:
        answer = "not_comparable" if changed else "altered"
    return Verification(
        answer=answer,
        seal=sealed.seal,
        sealed_digest=expected,
        digest=digest,
        versions=changed,
        differences=differences,
        differing=count,
    )


def _changed_versions(sealed: SealedRun, rulebook: RuleBook) -> Changes:
    """What was sealed with another version or source: name, then, now."""
    then = _named(sealed.manifest["versions"], sealed.manifest["rules"])
    now = _named(versions(), rules_of(sealed.definition, rulebook))
    return _changes(then, now)


def _changes(then: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    return tuple(
        (name, then.get(name, "absent"), now.get(name, "absent"))
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    )


def _named(versions: Mapping[str, str], rules: Sequence[Mapping[str, str]]) -> dict[str, str]:
    plugins = {f"plugin {each['plugin']}": f"{each['version']} {each['digest']}" for each in rules}
    return dict(versions) | plugins


def find_differences(
    sealed: pl.LazyFrame, now: pl.LazyFrame, *, same: bool
) -> tuple[tuple[CellDifference, ...], int]:
    """The first cells that differ beyond 10⁻⁹, and how many there are."""
    if same:
        return (), 0
    types, columns = sealed.collect_schema(), now.collect_schema().names()
    if types.names() != columns or not _ids(sealed).equals(_ids(now)):
        missing = CellDifference(
            candidate="", column="(candidates or columns)", sealed=_size(sealed), now=_size(now)
        )
        return (missing,), 1
    found: list[CellDifference] = []
    count = 0
    for name in columns[1:]:
        both = [sealed.select("id", sealed=name), now.select(now=name)]
        pair = pl.concat(both, how="horizontal").filter(_differs(types[name])).collect()
        count += pair.height
        found += [
            CellDifference(candidate=one, column=name, sealed=str(then), now=str(new))
            for one, then, new in pair.head(_LISTED - len(found)).iter_rows()
        ]
    return tuple(found), count


def _ids(results: pl.LazyFrame) -> pl.Series:
    return results.select("id").collect().to_series()


def _differs(dtype: pl.DataType) -> pl.Expr:
    if dtype.is_float():
        apart = (pl.col("sealed") - pl.col("now")).abs() > 1 / QUANTA
        return apart.fill_null(pl.col("sealed").is_null() != pl.col("now").is_null())
    return pl.col("sealed").ne_missing(pl.col("now"))


def _size(table: pl.LazyFrame) -> str:
    rows: int = table.select(pl.len()).collect().item()
    return f"{rows} rows of {len(table.collect_schema())} columns"
