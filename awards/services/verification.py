"""Compute a run again and say whether it is the same, altered or not comparable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from awards.domain.canonical import QUANTA
from awards.domain.errors import NotComparable, NotFound
from awards.evaluation.digest import table_digest
from awards.evaluation.manifest import rules_of, versions
from awards.evaluation.pipeline import Evaluation, evaluate
from awards.sdk.rulebook import RuleBook
from awards.services.sealed import SealedRun, check_tables

_LISTED = 20


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
    versions: tuple[tuple[str, str, str], ...]
    differences: tuple[CellDifference, ...]
    differing: int


def verify_run(sealed: SealedRun, *, rulebook: RuleBook) -> Verification:
    """Check the tables of a run against its digests, then compute it again.

    Raises `Altered` when a file is not the one that was sealed, and
    `NotComparable` when a rule that was used is not installed here.
    """
    check_tables(sealed)
    again = _compute_again(sealed, rulebook)
    digest, expected = table_digest(again.results), sealed.manifest["result"]["digest"]
    changed = _changed_versions(sealed, rulebook)
    differences, count = find_differences(
        sealed.tables.results, again.results, same=digest == expected
    )
    answer: Literal["same", "altered", "not_comparable"] = "same"
    sources_differ = table_digest(again.sources) != sealed.manifest["sources"]["digest"]
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


def _compute_again(sealed: SealedRun, rulebook: RuleBook) -> Evaluation:
    try:
        return evaluate(
            sealed.tables.table,
            sealed.definition,
            rulebook=rulebook,
            history=sealed.tables.history,
        )
    except NotFound as error:
        raise NotComparable(
            f"Run {sealed.seal[:12]} cannot be computed again here. {error} "
            "Install the plugins that its bundle holds, in the environment that it names."
        ) from error


def _changed_versions(sealed: SealedRun, rulebook: RuleBook) -> tuple[tuple[str, str, str], ...]:
    """What was sealed with another version or source: name, then, now."""
    then = _named(sealed.manifest["versions"], sealed.manifest["rules"])
    now = _named(versions(), rules_of(sealed.definition, rulebook))
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
