"""Compute again how firm the places of a run are, and say whether it is the same."""

from typing import Any, Literal

import polars as pl

from awards.domain.definition import Robustness
from awards.domain.errors import Altered
from awards.domain.records import RobustnessRecord
from awards.evaluation.digest import table_digest
from awards.sdk.rulebook import RuleBook
from awards.services.robustness import compute, read_robustness
from awards.services.sealed import read_run
from awards.services.stores import Stores
from awards.services.verification import Verification, find_differences

_MAY_CHANGE = ("rules", "versions", "methods")


def verify_robustness(
    stores: Stores, record: RobustnessRecord, *, rulebook: RuleBook
) -> Verification:
    """Check the files against their digests, then compute them again from the run.

    The answers are those for runs. Raises `Altered` for a file that is not what was
    sealed, the run's included.
    """
    kept = read_robustness(stores, record)
    if table_digest(kept.table) != record.digest or _digest(kept.manifest) != record.digest:
        raise Altered(
            f"robustness.parquet of {record.seal[:12]} is not what was sealed. "
            "Put the original back from a backup."
        )
    with stores.database.reading() as records:
        run = records.runs.get(record.run)
    said, table = compute(
        read_run(stores, run),
        rules=_rules(kept.manifest),
        rulebook=rulebook,
        draws=kept.manifest["asked"],
    )
    return _compared(record, kept.manifest, said, kept.table, table.lazy())


def _compared(
    record: RobustnessRecord,
    then: dict[str, Any],
    now: dict[str, Any],
    kept: pl.LazyFrame,
    table: pl.LazyFrame,
) -> Verification:
    same = _results(then) == _results(now)
    changed = _changed(then, now)
    differences, count = find_differences(kept, table, same=same)
    answer: Literal["same", "altered", "not_comparable"] = "same"
    if not same:
        answer = "not_comparable" if changed else "altered"
    return Verification(
        answer=answer,
        seal=record.seal,
        sealed_digest=record.digest,
        digest=_digest(now),
        versions=changed,
        differences=differences,
        differing=count,
    )


def _digest(manifest: dict[str, Any]) -> str:
    return str(manifest["result"]["digest"])


def _results(manifest: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in manifest.items() if key not in _MAY_CHANGE}


def _rules(manifest: dict[str, Any]) -> Robustness:
    """What was varied; `public` is no matter here."""
    schemes = manifest["schemes"][1:]
    return Robustness(
        concentration=manifest["concentration"],
        scales=tuple(each["scale"] for each in schemes if each["aggregation"] == "declared"),
        aggregations=tuple(each["aggregation"] for each in schemes if each["scale"] == "declared"),
    )


def _changed(then: dict[str, Any], now: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    old, new = _named(then), _named(now)
    return tuple(
        (name, old.get(name, "absent"), new.get(name, "absent"))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    )


def _named(manifest: dict[str, Any]) -> dict[str, str]:
    plugins = {
        f"plugin {each['plugin']}": f"{each['version']} {each['digest']}"
        for each in manifest["rules"]
    }
    methods = {f"method {name}": value for name, value in manifest["methods"].items()}
    return {**manifest["versions"], **methods, **plugins}
